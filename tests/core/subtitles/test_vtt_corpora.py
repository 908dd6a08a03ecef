"""WebVTT against the corpora of vtt.js and web-platform-tests: cue text, times and settings as they expect them.

Many files of vtt.js share one expectation; which one is taken from vtt.js's own test lists (the rule in `_expected`).
Old keywords of 2014 are compared by today's names: align "middle" is "center".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.subtitles import vtt_cue_text, vtt_parser
from core.subtitles.words import words_of_runs
from core.transcript import words_text

EXCEPTIONS = {
    "cue-settings/line/line-middle-align.vtt": "“line:42%,middle”: the keyword is “center” today",
    "cue-times/min-top-digits.vtt": "“000:00.000”: web-platform-tests (timings-too-long.vtt) call it invalid",
    "file-layout/header-no-new-line.vtt": "times below WEBVTT are a cue: web-platform-tests, header-timings",
}
TODAY = {"middle": "center"}
WITH_DATA = {"webvtt-no-bom", "webvtt-space", "webvtt-tab", "webvtt-with-bom"}
COMPARED = (
    "id", "startTime", "endTime", "text", "line", "lineAlign", "snapToLines", "position", "size", "align", "vertical",
    "region",
)  # fmt: skip


def test_cues_of_vttjs_are_as_expected_but_for_three_named_exceptions(material: Path) -> None:
    root = material / "E_subtitles" / "vttjs" / "tests"
    files = sorted(root.rglob("*.vtt"))
    different = {path.relative_to(root).as_posix() for path in files if _cues(path) != _expected(path, root)}
    assert len(files) == 177
    assert different == set(EXCEPTIONS)
    assert len(different) / len(files) <= 0.02


def test_the_text_of_cues_is_the_text_of_the_nodes_vttjs_makes(material: Path) -> None:
    root = material / "E_subtitles" / "vttjs" / "tests"
    compared = 0
    for path in sorted(root.rglob("*.vtt")):
        drawn = path.with_name(f"{path.stem}-proc.json")
        if not drawn.exists() or path.relative_to(root).as_posix() in EXCEPTIONS:
            continue
        nodes = json.loads(drawn.read_text("utf-8"))
        if nodes is None:  # no-end-gt: vtt.js left its expectation out
            continue
        expected = [" ".join(node["textContent"].split()) for node in nodes]
        cues = _parsed(path).cues
        assert [" ".join(_shown(cue.text).split()) for cue in cues] == expected, path.name
        compared += len(cues)
    assert compared > 60


def test_words_of_every_cue_of_vttjs_join_to_its_shown_text(material: Path) -> None:
    root = material / "E_subtitles" / "vttjs" / "tests"
    for path in sorted(root.rglob("*.vtt")):
        for cue in _parsed(path).cues:
            words = words_of_runs(vtt_cue_text.parse(cue.text).runs, cue.start_ms, cue.end_ms)
            assert "".join(words_text(words).split()) == "".join(_shown(cue.text).split())


@pytest.fixture(name="wpt")
def _wpt(material: Path) -> Path:
    return material / "E_subtitles" / "wpt"


def test_wpt_lines_are_read_as_browsers_read_them(wpt: Path) -> None:
    expected = _wpt_expected(wpt)["settings-line.vtt"]
    cues = _parsed(wpt / "settings-line.vtt").cues
    lines = [line if line == "auto" else float(line) for line in expected["line"]]
    assert ["auto" if cue.settings.line is None else cue.settings.line for cue in cues] == lines
    snaps = [cue.settings.snap_to_lines for cue in cues]
    first_percentage = expected["snapToLines_false_from_index"]
    assert snaps == [index < first_percentage for index in range(len(cues))]
    assert [cue.settings.line_align for cue in cues[-5:]] == expected["lineAlign_last5"]


@pytest.mark.parametrize(
    "name", ["arrows.vtt", "timings-negative.vtt", "timings-omitted-hours.vtt", "timings-too-long.vtt"]
)
def test_wpt_cues_are_found_with_their_times_and_texts(wpt: Path, name: str) -> None:
    expected = _wpt_expected(wpt)[name]
    cues = _parsed(wpt / name).cues
    assert len(cues) == expected["cue_count"]
    if "texts" in expected:
        assert [cue.text for cue in cues] == expected["texts"]
    if "times" in expected:
        assert [[cue.start_ms / 1000, cue.end_ms / 1000] for cue in cues] == expected["times"]


def _wpt_expected(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "expected.json").read_text("utf-8"))
    return found


def _parsed(path: Path) -> vtt_parser.VttFile:
    try:
        return vtt_parser.parse(path.read_bytes().decode("utf-8", "replace"))
    except ValueError:
        return vtt_parser.VttFile("")


def _shown(raw: str) -> str:
    return "".join(run.text for run in vtt_cue_text.parse(raw).runs)


def _cues(path: Path) -> list[dict[str, Any]]:
    return [_as_vttjs(cue) for cue in _parsed(path).cues]


def _as_vttjs(cue: vtt_parser.RawCue) -> dict[str, Any]:
    settings = cue.settings
    return {
        "id": cue.id,
        "startTime": cue.start_ms / 1000,
        "endTime": cue.end_ms / 1000,
        "text": cue.text,
        "line": "auto" if settings.line is None else settings.line,
        "lineAlign": settings.line_align,
        "snapToLines": settings.snap_to_lines,
        "position": "auto" if settings.position is None else settings.position,
        "size": settings.size,
        "align": settings.align,
        "vertical": settings.vertical,
        "region": bool(settings.region),  # vtt.js has the region's own fields there, without its id
    }


def _expected(path: Path, root: Path) -> list[dict[str, Any]]:
    """The file's own expectation, else the one its folder shares: most folders hold ways to get one thing wrong."""
    folder = path.parent
    candidates = [path.with_suffix(".json"), folder / f"bad-{folder.name}.json"]
    if folder.name == "file-layout":
        candidates.append(folder / ("with-data.json" if path.stem in WITH_DATA else "no-output.json"))
    elif folder.name == "cue-times":
        candidates.append(folder / "with-data.json")
    elif folder.parts[-2] == "cue-settings":
        candidates.append(root / "cue-settings" / "align" / "bad-align.json")  # one cue with all settings unset
    found = next((candidate for candidate in candidates if candidate.exists()), None)
    if found is None:
        assert "regions" in path.parts  # files of one old header line and no cue
        return []
    cues = json.loads(found.read_text("utf-8"))["cues"]
    return [_today({key: cue[key] for key in COMPARED}) for cue in cues]


def _today(cue: dict[str, Any]) -> dict[str, Any]:
    names = {key: TODAY.get(cue[key], cue[key]) for key in ("align", "lineAlign")}
    return {**cue, **names, "region": bool(cue["region"])}
