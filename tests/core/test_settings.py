"""Settings: kept, checked, and never the reason that a program does not start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.errors import BadArgument, CannotWrite
from core.settings import Settings, fields_of, load_settings, save_changes, save_settings, settings_path


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings() == (Settings(), ())
    assert (Settings().peaks_cache_bytes, Settings().max_chunk_ms, Settings().grace_ms) == (5 * 1000**3, 30_000, 5_000)


def test_what_was_saved_is_there_again() -> None:
    chosen = Settings().with_(theme="dark", max_chunk_ms=20_000, language="de")
    save_settings(chosen)
    assert load_settings() == (chosen, ())


def test_keys_of_a_later_version_stay() -> None:
    save_settings(Settings())
    values = json.loads(settings_path().read_text())
    settings_path().write_text(json.dumps(values | {"from_the_future": [1, {"a": None}]}))
    settings, notices = load_settings()
    save_settings(settings.with_(theme="light"))
    assert notices == ()
    assert json.loads(settings_path().read_text())["from_the_future"] == [1, {"a": None}]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null", b"\xff\xfe\x00", b"[" * 100_000, b" " * 2_000_000])
def test_a_damaged_file_gives_the_defaults_and_is_kept_beside(content: bytes) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_bytes(content)
    settings, notices = load_settings()
    assert settings == Settings()
    assert [notice.code for notice in notices] == ["settings.unusable"]
    (kept,) = settings_path().parent.iterdir()
    assert kept.read_bytes() == content
    assert kept.name in notices[0].text


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "pink"), ("max_chunk_ms", 1), ("max_chunk_ms", "30000"), ("grace_ms", True), ("language", None)],
)
def test_a_value_out_of_bounds_gives_that_default_only(name: str, value: object) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(json.dumps({"volume_percent": 33, name: value}))
    settings, notices = load_settings()
    assert settings == Settings(volume_percent=33)
    assert name in notices[0].text


@pytest.mark.parametrize(("name", "value"), [("theme", "pink"), ("grace_ms", -1), ("nonsense", 1), ("unknown", {})])
def test_a_bad_choice_is_a_sentence(name: str, value: object) -> None:
    with pytest.raises(BadArgument):
        Settings().with_(**{name: value})


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match=r"settings\.json could not be written \(Not a directory\)"):
        save_settings(Settings(), tmp_path / "file" / "home" / "settings.json")


def test_every_setting_has_a_title_and_a_help_and_an_allowed_default() -> None:
    for name, (rule, default) in fields_of().items():
        assert rule.title, name
        assert rule.help.endswith("."), name
        assert rule.allows(default, default), name


def test_what_another_window_has_changed_meanwhile_stays(tmp_path: Path) -> None:
    """Else how long recordings are kept would be again what the first window once read, and they would be deleted."""
    path = tmp_path / "settings.json"
    save_settings(Settings(), path)
    (ours, _), (theirs, _) = load_settings(path), load_settings(path)
    save_changes(theirs, theirs.with_(dictation_keep="ever"), path)
    save_changes(ours, ours.with_(theme="light"), path)
    found, _ = load_settings(path)
    assert (found.dictation_keep, found.theme) == ("ever", "light")


@pytest.mark.parametrize("content", [None, b"no json", b'{"theme": "no such"}'], ids=["gone", "damaged", "impossible"])
def test_where_the_file_says_nothing_all_is_written(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "settings.json"
    if content is not None:
        path.write_bytes(content)
    ours = Settings(dictation_keep="ever")
    save_changes(ours, ours.with_(theme="light"), path)
    found, notices = load_settings(path)
    assert (found.dictation_keep, found.theme, notices) == ("ever", "light", ())
