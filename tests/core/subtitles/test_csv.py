"""CSV: columns by name, times as people write them, and cells a spreadsheet must not run."""

from __future__ import annotations

import csv
import io

import pytest

from core.cue import Cue
from core.subtitles.csv_table import CsvTable
from core.subtitles.protocol import Subtitles
from core.subtitles.registry import guess
from core.transcript import Word


def times(text: str) -> list[tuple[str, int, int]]:
    return [(cue.text, cue.start_ms, cue.end_ms) for cue in CsvTable().read(text).cues]


@pytest.mark.parametrize(
    "text",
    [
        "start,end,text\n00:00:01.000,00:00:02.500,x\n",
        "Start Time;End Time;Speaker;Subtitle\r\n1,0;2,5;Ann;x\r\n",
        "text\tend\tstart\nx\t2500ms\t1s\n",
        "1.0,2.5,x\n",
        "\ufeffIn,Out,Caption,Notes\n0:01,00:00:02.5,x,first\n",
    ],
)
def test_tables_of_other_programs_are_read(text: str) -> None:
    assert times(text) == [("x", 1000, 2500)]


def test_a_cell_may_hold_lines_commas_and_quotes() -> None:
    assert times('start,end,text\n1,2,"one, ""two""\nthree"\n') == [('one, "two"\nthree', 1000, 2000)]


def test_rows_without_times_are_left_out_and_said() -> None:
    found = CsvTable().read("start,end,text\n1,2,x\nsoon,3,y\n")
    assert [cue.text for cue in found.cues] == ["x"]
    assert [notice.code for notice in found.notices] == ["subtitle.bad_times"]


@pytest.mark.parametrize("text", ["a,b,c\n1,2,3\n", "hello\n", "start,text\n1,x\n", "start,end,text\nx,y,z\nx,y,z\n"])
def test_a_table_of_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no row"):
        CsvTable().read(text)


def test_python_reads_the_table_we_write() -> None:
    cue = Cue((Word("one,", 1000, 1500, "\n"), Word('"two"', 1500, 2000)), 1000, 2000, voice="Ann", style="Sign")
    rows = list(csv.DictReader(io.StringIO(CsvTable().write(Subtitles((cue,), language="en")), newline="")))
    assert rows == [
        {"start": "00:00:01.000", "end": "00:00:02.000", "text": 'one,\n"two"', "voice": "Ann", "style": "Sign"}
    ]


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5", "@SUM(A1)", "\u2060=x"])
def test_no_cell_is_a_formula_and_its_text_comes_back(text: str) -> None:
    before = Subtitles((Cue((Word(text, 1000, 2000),), 1000, 2000, voice=text),))
    out = CsvTable().write(before)
    cells = next(iter(list(csv.reader(io.StringIO(out)))[1:]))
    assert all(cell[:1] not in tuple("=+-@") for cell in cells)
    assert (CsvTable().read(out).cues[0].text, CsvTable().read(out).cues[0].voice) == (text, text)


def test_a_table_is_known_by_its_first_row() -> None:
    assert guess("cues.bin", "start,end,text\n1,2,x\n").id == "csv"
    assert guess("cues.bin", "1\n00:00:01,000 --> 00:00:02,000\nx\n").id == "srt"
