"""What is said in the sample film: lines, voices, pauses. Knows no sound and no picture.

The words are plain ones of PocketSphinx' English dictionary; who speaks and what happens on screen hang on the lines,
so that a changed story moves its picture along.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "The Last Boat"
BOATMAN = "rms"
PASSENGER = "slt"
LEAD_OUT_MS = 1_300


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence.

    Attributes:
        voice: a voice of flite.
        text: the sentence as written.
        pause_ms: silence before it, 0 and up.
        event: what the picture starts with this line; "" for nothing.
    """

    voice: str
    text: str
    pause_ms: int
    event: str = ""


LINES = (
    Line(BOATMAN, "The last boat leaves at nine.", 900),
    Line(BOATMAN, "Each night I walk down to the river and wait.", 350),
    Line(BOATMAN, "I look at the sky, and then I look at the clock.", 450),
    Line(BOATMAN, "Is anyone else coming tonight?", 1_600),
    Line(PASSENGER, "Yes, please wait for me.", 2_200, event="arrives"),
    Line(PASSENGER, "I have a letter for my sister on the other side.", 300),
    Line(BOATMAN, "Then come with me, and stay close to the lamp.", 600, event="boards"),
    Line(BOATMAN, "The wind is strong, but the moon is bright.", 1_900, event="sails"),
    Line(BOATMAN, "We cross the river in ten minutes, and nobody says a word.", 450),
    Line(BOATMAN, "Soon we can see a light on the other side.", 1_500, event="light"),
    Line(PASSENGER, "Good night, and thank you so much.", 1_200, event="lands"),
    Line(BOATMAN, "She gives me an apple, and I keep it until the morning.", 500),
)
