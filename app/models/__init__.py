"""Models in the window: what is offered and why, a download under way, what is installed. Knows no network.

models          the state, and what a person can do with it; the child does the work
chores          bring in, check, remove, move
words           sizes, speeds and downloads as sentences
offer_row       one choice, with what it is good for, its size and its speed here
download_panel  a download running, paused, failed
offer_card      both together: on the first page and in the dialog
works_now       what recognises before and after
held_list       what is installed: check it, remove it
dialog          all of it
"""
