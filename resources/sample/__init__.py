"""The sample film, its true text and times, and the script that makes all three (`make_sample.py`)."""
