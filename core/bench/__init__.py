"""Measures of this machine, one a file; each returns plain numbers. Knows no terminal and no window."""
