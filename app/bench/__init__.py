"""Measures of the window; named in `core.bench.registry`. The timeline's own is `app.timeline.bench`."""
