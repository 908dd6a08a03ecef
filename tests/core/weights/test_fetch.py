"""A model is got whole or not at all, from a real HTTP server: what goes wrong heals or ends in its sentence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import (
    CannotWrite,
    CuesmithError,
    DiskFull,
    FetchUnderWay,
    NoSpace,
    SourceBroken,
    SourceBusy,
    SourceLacks,
    SourceRefused,
    SourcesFailed,
    SourceUnreachable,
    WrongContent,
)
from core.progress import Cancelled, CancelToken, Notice
from core.weights import part as parts
from core.weights import staging as stagings
from core.weights.catalogue import Model
from core.weights.fetch import fetch
from core.weights.manifest import read_manifest
from core.weights.patience import Patience
from core.weights.places import WORK
from core.weights.progress import FetchProgress, Phase
from core.weights.sources import Source
from core.weights.staging import Staging
from tests.core.weights.conftest import Clock, Get, Told
from tests.core.weights.models import REPO, REVISION, bytes_of, published
from tests.fakes.hub import FakeHub, Fault, dead_address

WEIGHTS = "/storage/"


def folder_of(model: Model, models: Path) -> Path:
    return models / model.folder_name


def is_whole(model: Model, models: Path, hub: FakeHub) -> bool:
    """Whether each file is, byte for byte, what the hub has."""
    folder = folder_of(model, models)
    return all((folder / file.name).read_bytes() == hub.data(REPO, file.name) for file in model.files)


def installed(models: Path) -> list[str]:
    """What counts as a model."""
    return sorted(one.name for one in models.iterdir() if one.name != WORK) if models.exists() else []


def waits(told: Told) -> int:
    return sum(isinstance(one, FetchProgress) and one.phase is Phase.WAIT for one in told)


# ── it comes ──


def test_a_model_comes_whole_with_what_it_is_beside_it(hub: FakeHub, get: Get, models: Path) -> None:
    model = published(hub)
    told = get(model)
    assert is_whole(model, models, hub)
    manifest = read_manifest(folder_of(model, models))
    assert manifest is not None
    assert (manifest.model_id, manifest.revision) == (model.id, REVISION)
    assert {file.name for file in manifest.files} == {file.name for file in model.files}
    assert manifest.notes == ()
    assert list((models / WORK).iterdir()) == []
    last = told[-1]
    assert isinstance(last, FetchProgress)
    assert last.done_bytes == last.total_bytes == model.size_bytes


def test_bytes_come_from_storage_under_another_host(hub: FakeHub, get: Get) -> None:
    get(published(hub))
    assert hub.given() == 3_000_000
    assert ("HEAD", f"/{REPO}/resolve/{REVISION}/model.safetensors") in hub.asked


def test_progress_only_rises(hub: FakeHub, get: Get) -> None:
    told = [one.done_bytes for one in get(published(hub, 40_000_000)) if isinstance(one, FetchProgress)]
    assert told == sorted(told)
    assert len(told) > 3


def test_a_folder_with_spaces_and_other_letters(hub: FakeHub, get: Get, tmp_path: Path) -> None:
    place = tmp_path / "Модели и 模型 für alle" / "m o d e l s"
    model = published(hub)
    get(model, place=place)
    assert is_whole(model, place, hub)


def test_what_is_there_is_replaced_as_a_whole(hub: FakeHub, get: Get, models: Path) -> None:
    model = published(hub)
    folder_of(model, models).mkdir(parents=True)
    (folder_of(model, models) / "stale.txt").write_text("old")
    get(model)
    assert is_whole(model, models, hub)
    assert not (folder_of(model, models) / "stale.txt").exists()


def test_a_small_file_that_is_another_than_expected_is_taken_with_a_note(hub: FakeHub, get: Get, models: Path) -> None:
    model = published(hub)
    files = dict(hub.repos[REPO][1])
    files["config.json"] = b'{"b": 22}'
    hub.put(REPO, REVISION, files)
    get(model)
    manifest = read_manifest(folder_of(model, models))
    assert manifest is not None
    assert manifest.notes == ("config.json is another than was expected of this revision",)


# ── it breaks and heals ──


@pytest.mark.parametrize(
    "fault",
    [
        Fault(WEIGHTS, "reset", 3, 1_000_000),
        Fault(WEIGHTS, "short", 3, 2_200_000),
        Fault(WEIGHTS, "500", 3),
        Fault(WEIGHTS, "close", 3),
        Fault(WEIGHTS, "503", 2, headers={"Retry-After": "4"}),
        Fault("/api/models", "500", 1),
        Fault("/api/models", "close", 1),
        Fault("/resolve/", "502", 1, method="HEAD"),
        Fault("tokenizer.json", "reset", 1, 3_000, method="GET"),
    ],
    ids=lambda fault: f"{fault.kind} at {fault.where}",
)
def test_what_breaks_for_a_while_heals(hub: FakeHub, get: Get, models: Path, fault: Fault) -> None:
    model = published(hub)
    hub.faults = [fault]
    told = get(model)
    assert is_whole(model, models, hub)
    assert waits(told) >= 1


def test_after_a_reset_only_the_rest_is_asked_for(hub: FakeHub, get: Get) -> None:
    model = published(hub, 40_000_000)
    hub.faults = [Fault(WEIGHTS, "reset", 1, 30_000_000)]
    get(model)
    assert hub.ranges[-1] > 20_000_000
    assert hub.given() < 41_000_000 + 10_000_000  # what was still under way when it broke


def test_a_range_answered_with_the_whole_file_begins_again(hub: FakeHub, get: Get, models: Path) -> None:
    model = published(hub)
    hub.faults = [Fault(WEIGHTS, "short", 1, 2_000_000), Fault(WEIGHTS, "whole", 1)]
    get(model)
    assert is_whole(model, models, hub)


def test_a_range_that_begins_elsewhere_begins_again(hub: FakeHub, get: Get, models: Path) -> None:
    model = published(hub)
    hub.faults = [Fault(WEIGHTS, "short", 1, 2_000_000), Fault(WEIGHTS, "other_range", 1)]
    get(model)
    assert is_whole(model, models, hub)


def test_retry_after_is_kept_to(hub: FakeHub, get: Get, models: Path, clock: Clock) -> None:
    model = published(hub)
    hub.faults = [Fault(WEIGHTS, "429", 1, headers={"Retry-After": "37"})]
    told = get(model)
    assert is_whole(model, models, hub)
    assert 37 <= clock.waited_s < 40
    assert max(one.wait_s for one in told if isinstance(one, FetchProgress)) == 37


def test_a_date_to_retry_after_is_kept_to(hub: FakeHub, get: Get, models: Path, clock: Clock) -> None:
    from email.utils import formatdate

    model = published(hub)
    import time

    hub.faults = [Fault(WEIGHTS, "429", 1, headers={"Retry-After": formatdate(time.time() + 150, usegmt=True)})]
    get(model)
    assert is_whole(model, models, hub)
    assert 30 <= clock.waited_s <= 150  # less by as long as it took to come there


# ── it ends in its sentence ──


@pytest.mark.parametrize(
    ("fault", "expected", "said"),
    [
        (Fault(WEIGHTS, "flip", -1, 1_234_567), WrongContent, "another hash"),
        (Fault(WEIGHTS, "long"), WrongContent, "3000007 bytes"),
        (Fault(WEIGHTS, "short", -1, 10), SourceBroken, ""),
        (Fault(WEIGHTS, "403"), SourceRefused, "answer 403"),
        (Fault(WEIGHTS, "404"), SourceLacks, "answer 404"),
        (Fault(WEIGHTS, "500"), SourceBroken, "answer 500"),
        (Fault(WEIGHTS, "429", headers={"Retry-After": "7"}), SourceBusy, "wait 7 s"),
        (Fault(WEIGHTS, "429", headers={"Retry-After": "86400"}), SourceBusy, "wait 86400 s"),
        (Fault(WEIGHTS, "loop"), SourceRefused, "in a circle"),
        (Fault(WEIGHTS, "reset", -1, 0), SourceBroken, ""),
        (Fault("/api/models", "403"), SourceRefused, "answer 403"),
        (Fault("/api/models", "404"), SourceLacks, "answer 404"),
        (Fault("/api/models", "429", headers={"Retry-After": "9"}), SourceBusy, "wait 9 s"),
        (Fault("/api/models", "loop"), SourceRefused, "in a circle"),
        (Fault("/api/models", "login"), SourceBroken, "login page"),
        (Fault("/resolve/", "loop", method="HEAD"), SourceRefused, "in a circle"),
        (Fault("/resolve/", "407", method="HEAD"), SourceRefused, "answer 407"),
    ],
    ids=lambda value: f"{value.kind} at {value.where}" if isinstance(value, Fault) else "",
)
def test_what_does_not_heal_ends_in_its_sentence(
    hub: FakeHub, get: Get, models: Path, fault: Fault, expected: type[CuesmithError], said: str
) -> None:
    model = published(hub)
    hub.faults = [fault]
    with pytest.raises(expected) as told:
        get(model)
    assert said in told.value.what_happened()
    assert told.value.what_to_do()
    assert installed(models) == []


def test_a_wrong_file_is_thrown_away_and_the_next_try_gets_the_right_one(hub: FakeHub, get: Get, models: Path) -> None:
    model = published(hub)
    hub.faults = [Fault(WEIGHTS, "flip", 1, 2_999_999)]
    with pytest.raises(WrongContent):
        get(model)
    get(model)
    assert is_whole(model, models, hub)


def test_weights_listed_with_another_hash_are_not_begun(hub: FakeHub, get: Get) -> None:
    model = published(hub)
    hub.put(REPO, REVISION, dict(hub.repos[REPO][1]) | {"model.safetensors": bytes_of(3_000_000, 9)})
    with pytest.raises(WrongContent):
        get(model)
    assert hub.given() == 0


def test_a_revision_that_is_not_there(hub: FakeHub, get: Get) -> None:
    model = published(hub)
    hub.put(REPO, "f" * 40, hub.repos[REPO][1])
    with pytest.raises(SourceLacks):
        get(model)


def test_no_such_name_in_the_net(sources: Callable[..., tuple[Source, ...]], get: Get, hub: FakeHub) -> None:
    model = published(hub)
    with pytest.raises(SourceUnreachable, match=r"its name was not found|no connection"):
        get(model, sources("http://nowhere.invalid"))


def test_a_proxy_that_is_none_is_named(hub: FakeHub, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    model = published(hub)
    monkeypatch.setenv("HTTP_PROXY", "nonsense://here")
    monkeypatch.setenv("ALL_PROXY", "nonsense://here")
    with pytest.raises(SourceUnreachable, match="proxy"):
        get(model)


# ── several sources ──


def test_where_the_first_is_dead_the_second_gives_it_and_that_is_told(
    hub: FakeHub, get: Get, models: Path, sources: Callable[..., tuple[Source, ...]]
) -> None:
    model = published(hub)
    told = get(model, sources(dead_address(), hub.address))
    assert is_whole(model, models, hub)
    (notice,) = [one for one in told if isinstance(one, Notice)]
    assert "cannot be reached" in notice.text
    assert f"Going on from {hub.address.removeprefix('http://')}" in notice.text


def test_the_second_goes_on_where_the_first_stopped(
    hub: FakeHub, get: Get, models: Path, sources: Callable[..., tuple[Source, ...]]
) -> None:
    model = published(hub, 30_000_000)
    hub.faults = [Fault(WEIGHTS, "short", 1, 20_000_000), Fault(f"/{REPO}/resolve/{REVISION}", "403", method="HEAD")]
    told = get(model, sources(hub.address, hub.address))
    assert is_whole(model, models, hub)
    assert any(isinstance(one, Notice) for one in told)
    assert hub.given() < 31_000_000


def test_a_revision_only_the_second_has(
    hub: FakeHub, get: Get, models: Path, sources: Callable[..., tuple[Source, ...]]
) -> None:
    model = published(hub)
    hub.faults = [Fault("/api/models", "404")]
    get(model, sources(hub.address, hub.address))
    assert is_whole(model, models, hub)


def test_where_none_answers_all_are_named_with_their_causes(
    hub: FakeHub, get: Get, models: Path, sources: Callable[..., tuple[Source, ...]]
) -> None:
    model = published(hub)
    first, second = dead_address(), dead_address()
    with pytest.raises(SourcesFailed) as told:
        get(model, sources(first, second))
    assert all(one.removeprefix("http://") in str(told.value) for one in (first, second))
    assert "on a stick" in told.value.what_to_do()
    assert installed(models) == []


def test_sources_that_never_answer_are_given_up_in_time() -> None:
    """The most that all waiting can come to, with the patience people have; one that hangs is asked on a thread."""
    patience = Patience()
    waiting_s = sum(patience.wait_s(tried) for tried in range(1, len(patience.asks_s)))
    assert 2 * (sum(patience.asks_s) + waiting_s) <= 16


def test_a_source_that_hangs_is_given_up(
    hub: FakeHub, models: Path, sources: Callable[..., tuple[Source, ...]]
) -> None:
    model = published(hub)
    hub.faults = [Fault("/api/", "hang")]
    quick = Patience(asks_s=(0.3, 0.3), first_wait_s=0.05)
    with pytest.raises(SourcesFailed, match="no answer in"):
        list(fetch(model, sources(hub.address, hub.address), CancelToken(), patience=quick, models=models))
    hub.closed.set()


# ── disk ──


def test_too_little_room_is_said_before_anything_is_asked(
    hub: FakeHub, get: Get, monkeypatch: pytest.MonkeyPatch, models: Path
) -> None:
    import shutil

    model = published(hub)
    real = shutil.disk_usage(models.parent)
    monkeypatch.setattr(stagings.shutil, "disk_usage", lambda _path: real._replace(free=1_000_000))
    with pytest.raises(NoSpace, match=r"3 MB, and only 1 MB are free"):
        get(model)
    assert hub.asked == []


def test_a_disk_that_gets_full_keeps_what_came(
    hub: FakeHub, get: Get, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    model = published(hub)
    real = parts._put

    def put(file: object, offset: int, block: bytes) -> None:
        if offset >= 1_000_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(file, offset, block)  # type: ignore[arg-type]

    monkeypatch.setattr(parts, "_put", put)
    with pytest.raises(DiskFull, match="The disk is full"):
        get(model)
    assert installed(models) == []
    monkeypatch.undo()
    given = hub.given()
    get(model)
    assert is_whole(model, models, hub)
    assert hub.given() - given < 2_000_000


def test_a_folder_that_cannot_be_written(hub: FakeHub, get: Get, tmp_path: Path) -> None:
    """A file where the folder should be: root may write anywhere, so a folder's mode shows nothing."""
    model = published(hub)
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CannotWrite) as told:
        get(model, place=tmp_path / "file" / "models")
    assert told.value.what_to_do() == "Choose another folder."
    assert hub.asked == []


def test_two_at_once_do_not_write_into_each_other(hub: FakeHub, get: Get, models: Path) -> None:
    model = published(hub)
    with Staging(model.folder_name, models).held(), pytest.raises(FetchUnderWay):
        get(model)


# ── pause and cancel ──


def test_a_pause_keeps_what_came_and_goes_on_from_there(
    hub: FakeHub, sources: Callable[..., tuple[Source, ...]], patience: Patience, models: Path, get: Get
) -> None:
    model = published(hub, 40_000_000)
    token = CancelToken()
    hub.on_bytes = lambda given: token.cancel() if given > 25_000_000 else None
    with pytest.raises(Cancelled):
        list(fetch(model, sources(), token, patience=patience, models=models))
    assert installed(models) == []
    here = Staging(model.folder_name, models).bytes_here()
    assert here > 15_000_000
    given = hub.given()
    get(model)
    assert is_whole(model, models, hub)
    assert hub.ranges[-1] >= here - 60_000
    assert hub.given() - given <= 40_000_000 - here + 1_000_000  # pieces still under way when it was paused


def test_a_pause_while_it_waits_is_heard(
    hub: FakeHub, sources: Callable[..., tuple[Source, ...]], models: Path
) -> None:
    model = published(hub)
    hub.faults = [Fault(WEIGHTS, "429", headers={"Retry-After": "100"})]
    token = CancelToken()
    patience = Patience(sleep=lambda _seconds: token.cancel(), now_s=lambda: 0.0)
    with pytest.raises(Cancelled):
        list(fetch(model, sources(), token, patience=patience, models=models))


def test_another_mark_of_the_same_source_begins_again(hub: FakeHub, models: Path) -> None:
    with parts.Part(models, "key", 5_000_000) as part:
        part.begin("hub", "one")
        part.write(bytes(2_000_000))
        part.flush()
    with parts.Part(models, "key", 5_000_000) as part:
        assert part.length == 2_000_000
        part.begin("mirror", "other")
        assert part.length == 2_000_000
    with parts.Part(models, "key", 5_000_000) as part:
        part.begin("mirror", "changed")
        assert part.length == 0


def test_after_a_power_cut_only_what_was_forced_to_disk_counts(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with parts.Part(models, "key", 60_000_000) as part:
        part.begin("hub", "one")
        for _ in range(40):
            part.write(bytes(parts.BLOCK_BYTES))
    assert parts.Part(models, "key", 60_000_000).length == 40 * parts.BLOCK_BYTES
    started = parts.psutil.boot_time()
    monkeypatch.setattr(parts.psutil, "boot_time", lambda: started + 3600)
    assert parts.Part(models, "key", 60_000_000).length == 32 * parts.BLOCK_BYTES
