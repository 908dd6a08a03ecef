"""The library under the program, usable from a terminal. Knows no Qt and no window."""
