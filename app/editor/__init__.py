"""The editor: picture, cue table, text box, review. Widgets show the document bridge's document and own no truth."""
