"""Recognising the open film: before (`start_panel`), while (`run`, `strip`, `panel`) and after. Knows no engine.

estimate      how long it will take, honestly
run           one job: what the engine child says, brought into the document
jobs          starts, stops and goes on; what the rest of the window hears
start_panel   what is asked before a run
strip, panel  what is shown while it runs
"""
