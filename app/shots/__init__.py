"""States of the window that `cuesmith shot` draws: for the README, for tests, and to look at while one works on it.

How to add a state: write `app/shots/<name>.py` with `prepare(stage)`, which brings the window there, and name it in
`STATES` with the line that `--list` shows. Imports no Qt.
"""

from __future__ import annotations

STATES: dict[str, tuple[str, str]] = {
    "welcome": ("app.shots.welcome", "the first page"),
    "first-start": ("app.shots.first_start", "the first page with the offer of models, its speeds measured"),
    "download": ("app.shots.download", "a model is being downloaded"),
    "download-paused": ("app.shots.download_paused", "a download that is paused"),
    "download-failed": ("app.shots.download_failed", "a download that failed"),
    "installed": ("app.shots.installed", "the first page with a model installed"),
    "models": ("app.shots.models", "the dialog of models"),
    "editor": ("app.shots.editor", "a film with its cues, one of them selected"),
    "start": ("app.shots.start", "before a run with the built-in engine"),
    "job": ("app.shots.job", "recognition under way, cues coming"),
    "redo": ("app.shots.redo", "cues recognised again: old and new beside each other"),
    "redo-scripts": ("app.shots.redo_scripts", "the same with Chinese and Arabic cues"),
    "align": ("app.shots.align", "the dialog of a text to be timed"),
    "aligning": ("app.shots.aligning", "a text is being timed"),
    "retime": ("app.shots.retime", "new times of an old subtitle, to be taken over"),
    "retime-scripts": ("app.shots.retime_scripts", "the same with Chinese, Arabic and other cues"),
    "export": ("app.shots.export", "the export dialog"),
    "export-losses": ("app.shots.export_losses", "what a format cannot carry of a document that has everything"),
    "error": ("app.shots.error", "the engine ended in the middle of a job"),
    "memory": ("app.shots.memory", "too little memory in the middle of a job"),
    "refused": ("app.shots.refused", "a file that is not opened"),
    "empty": ("app.shots.empty", "a film without cues"),
    "sound": ("app.shots.sound", "a recording without a picture"),
    "long": ("app.shots.long", "long lines, a long file name, many findings"),
    "scripts": ("app.shots.scripts", "Chinese, Arabic, Japanese and English cues"),
    "dictation": ("app.shots.dictation", "dictation before the first word"),
    "dictating": ("app.shots.dictating", "dictation under way, the last words still tentative"),
    "dictation-error": ("app.shots.dictation_error", "the microphone was unplugged"),
    "dictation-small": ("app.shots.dictation_small", "dictation in its small window, the engine behind"),
    "dictating-scripts": ("app.shots.dictating_scripts", "dictation in Chinese, Arabic and English, a pause between"),
    "dictation-small-scripts": ("app.shots.dictation_small_scripts", "the small window in Arabic, no microphone"),
    "look": ("app.shots.look", "the style of the picture"),
    "rebuild": ("app.shots.rebuild", "cues built anew, with a preview"),
    "own-style": ("app.shots.own_style", "limits kept as an own style: its name is asked for"),
    "settings": ("app.shots.settings", "the settings, page Storage"),
    "pace": ("app.shots.pace", "the settings, page Dictation, a pace of one's own"),
    "replace": ("app.shots.replace", "find and replace above the cues"),
    "shift": ("app.shots.shift", "times of many cues, shifted"),
    "frame-rate": ("app.shots.frame_rate", "cues of another frame rate"),
    "healing": ("app.shots.healing", "a corrected word, its time being found in the sound"),
    "healed": ("app.shots.healed", "the same word once its time has come"),
    "commands": ("app.shots.commands", "the command palette"),
    "words": ("app.shots.words", "words on the timeline, close up"),
    "word-scripts": ("app.shots.word_scripts", "words and doubts in Arabic and Chinese"),
    "doubts": ("app.shots.doubts", "words that want a look, the most doubtful first"),
    "spelling": ("app.shots.spelling", "misspelt words, and a language without a dictionary"),
    "spectrogram": ("app.shots.spectrogram", "the sound by pitch"),
    "keys": ("app.shots.keys", "all keys on one sheet"),
    "key-page": ("app.shots.key_page", "the page of keys"),
}
"""name → (module, one line for --list)"""

TABS = ("editor",)
"""Parts of the program that have a tab."""
