"""Cues built anew from their words: sliders, a preview of what changes, one edit."""
