"""Sizes as people say them: decimal, as shops and the hub do. Knows no language but digits."""

from __future__ import annotations


def size_text(size_bytes: int) -> str:
    """
    >>> size_text(3_423_000_000), size_text(11_429_653), size_text(487)
    ('3.4 GB', '11 MB', '1 kB')
    """
    if size_bytes >= 99_950_000_000:
        return f"{size_bytes / 1e9:.0f} GB"
    if size_bytes >= 950_000_000:
        return f"{size_bytes / 1e9:.1f} GB"
    if size_bytes >= 950_000:
        return f"{size_bytes / 1e6:.0f} MB"
    return f"{max(1, round(size_bytes / 1e3)) if size_bytes else 0} kB"
