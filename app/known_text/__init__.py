"""“I have the text, time it”, in the window. Knows no engine but by the registries.

outlook   what a run with these choices would be like, said before it
source    the text: pasted, typed, or read from a file
choices   what is asked beside the text
dialog    both, and the plan that comes of them
review    what a run came to, line by line, against the document as it is now
pane      the list of it, with what can be done about a line
verbs     what a person does
"""
