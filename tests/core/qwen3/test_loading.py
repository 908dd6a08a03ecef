"""A checkpoint is loaded whole and right, or refused in one line that names the folder and the cause."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import doctor, paths
from core.errors import CheckpointUnusable
from core.qwen3.checkpoint import Kind, all_installed, examine, installed, template_note
from core.qwen3.convert import native_folder, native_key
from core.qwen3.loading import load_aligner, load_recognizer
from core.qwen3.placement import Placement
from core.qwen3.prompt import PUBLISHED_PROMPT
from core.qwen3.runtime import torch
from tests.data.make_qwen3 import make_native, make_original


def test_a_whole_checkpoint_is_loaded_with_the_weights_of_its_file(toy: Path, placement: Placement) -> None:
    from safetensors.torch import load_file

    loaded, _prompts = load_recognizer(toy, placement)
    there = load_file(toy / "model.safetensors")
    state = loaded.model.state_dict()
    assert set(there) == set(state) - {"lm_head.weight"}
    assert all(torch.equal(state[key], value.float()) for key, value in there.items())
    assert state["lm_head.weight"].data_ptr() == state["model.language_model.embed_tokens.weight"].data_ptr()
    assert not loaded.model.training


def test_an_aligner_is_loaded_by_its_own_door_only(tiny_aligner: Path, toy: Path, placement: Placement) -> None:
    assert load_aligner(tiny_aligner, placement).model.score.out_features == 500
    with pytest.raises(CheckpointUnusable, match="it holds the aligner, not the recognizer"):
        load_recognizer(tiny_aligner, placement)
    with pytest.raises(CheckpointUnusable, match="it holds the recognizer"):
        load_aligner(toy, placement)


def test_the_published_tokenizer_renders_the_prompt_the_model_was_trained_on(tiny: Path, placement: Placement) -> None:
    _loaded, prompts = load_recognizer(tiny, placement)
    before, behind = prompts.around_sound()
    assert (*before, 151676, *behind) == PUBLISHED_PROMPT
    before, behind = prompts.around_sound(language="zh")
    assert behind[-3:] == [11528, 8453, 151704]


# ── the original layout ──


@pytest.fixture(scope="module")
def converted(tiny_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What became of the original folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUESMITH_HOME", str(tmp_path_factory.mktemp("converting")))
        yield native_folder(examine(tiny_original))


def test_an_original_folder_gives_the_same_tensors_as_the_native_one(converted: Path, tiny: Path) -> None:
    from safetensors.torch import load_file

    there, wanted = (load_file(folder / "model.safetensors") for folder in (converted, tiny))
    assert there.keys() == wanted.keys()
    assert all(torch.equal(there[key], wanted[key]) for key in wanted)


def test_an_original_folder_is_converted_once(converted: Path, tiny_original: Path, placement: Placement) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUESMITH_HOME", str(converted.parent.parent.parent))
        made = (converted / "model.safetensors").stat().st_mtime_ns
        loaded, _prompts = load_recognizer(tiny_original, placement)
    assert loaded.checkpoint.folder == tiny_original
    assert (converted / "model.safetensors").stat().st_mtime_ns == made
    assert [path.name for path in converted.parent.iterdir()] == [converted.name]


def test_a_converted_tokenizer_is_the_published_one(converted: Path, tiny: Path) -> None:
    assert (converted / "tokenizer.json").read_bytes() == (tiny / "tokenizer.json").read_bytes()


def test_the_config_of_a_converted_folder_says_what_the_published_one_says(converted: Path, tiny: Path) -> None:
    made = json.loads((converted / "config.json").read_text())
    published = json.loads((tiny / "config.json").read_text())
    for part in ("audio_config", "text_config"):
        wanted = {name: value for name, value in published[part].items() if name in made[part]}
        assert {name: made[part][name] for name in wanted} == wanted
        assert not set(made[part]) - set(published[part]) - {"dtype"}
    assert made["audio_token_id"] == published["audio_token_id"]
    assert made["tie_word_embeddings"] is True


@pytest.mark.parametrize(
    ("original", "kind", "native"),
    [
        ("thinker.model.norm.weight", Kind.RECOGNIZER, "model.language_model.norm.weight"),
        ("thinker.lm_head.weight", Kind.RECOGNIZER, "lm_head.weight"),
        ("thinker.lm_head.weight", Kind.ALIGNER, "score.weight"),
        ("thinker.audio_tower.conv_out.weight", Kind.RECOGNIZER, "model.audio_tower.conv_out.weight"),
        ("thinker.audio_tower.proj1.bias", Kind.ALIGNER, "model.multi_modal_projector.linear_1.bias"),
        ("thinker.audio_tower.proj2.bias", Kind.RECOGNIZER, "model.multi_modal_projector.linear_2.bias"),
    ],
)
def test_keys_are_mapped_as_published(original: str, kind: Kind, native: str) -> None:
    assert native_key(original, kind) == native


def test_an_original_folder_with_a_tensor_missing_is_refused_and_leaves_nothing(
    tiny_original: Path, tmp_path: Path, placement: Placement
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny_original, broken)
    drop_tensor(broken, "thinker.model.norm.weight")
    with pytest.raises(CheckpointUnusable, match=r"not those of the original layout.*norm\.weight"):
        load_recognizer(broken, placement)
    assert list(paths.models_dir().iterdir()) == []


# ── bad folders ──


def drop_tensor(folder: Path, key: str) -> None:
    from safetensors.torch import load_file, save_file

    tensors = load_file(folder / "model.safetensors")
    del tensors[key]
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def change_config(folder: Path, **values: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values), encoding="utf-8")


def _no_config(folder: Path) -> None:
    (folder / "config.json").unlink()


def _another_model(folder: Path) -> None:
    change_config(folder, model_type="whisper")


def _unknown_original(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    change_config(folder, thinker_config=config | {"model_type": "qwen4_asr"})


def _unknown_class(folder: Path) -> None:
    change_config(folder, architectures=["Qwen4ASR"])


def _damaged_config(folder: Path) -> None:
    (folder / "config.json").write_text("{ not json")


def _one_missing(folder: Path) -> None:
    drop_tensor(folder, "model.language_model.layers.1.mlp.up_proj.weight")


def _other_shape(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    change_config(folder, text_config=config["text_config"] | {"intermediate_size": 128})


def _truncated(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])


def _no_header(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"\xff" * 4096)


def _no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()


class _Bomb:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("it-ran"),))


def _pickled(folder: Path) -> None:
    _no_weights(folder)
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(_Bomb()))


def _index_outside(folder: Path) -> None:
    index = {"weight_map": {"a": "../model.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))


def _no_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def _damaged_tokenizer(folder: Path) -> None:
    (folder / "tokenizer.json").write_text('{"version": "1.0"}')


def _no_text_mark(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text().replace("<asr_text>", "<other_mark>"))


def _old_template(folder: Path) -> None:
    """The template of the original repositories: it drops the assistant's turn."""
    template = (folder / "chat_template.jinja").read_text()
    first, last = (
        template.index("{%- for message in messages if message.role == 'assistant'"),
        template.rindex("{%- if"),
    )
    (folder / "chat_template.jinja").write_text(template[:first] + template[last:])


def _chatty_template(folder: Path) -> None:
    path = folder / "chat_template.jinja"
    path.write_text(path.read_text().replace("<|im_start|>system\\n", "<|im_start|>system\\nYou are helpful.", 1))


def _broken_template(folder: Path) -> None:
    (folder / "chat_template.jinja").write_text("{% for message in messages %}{{ message.nothing.at.all }}")


BAD = {
    _no_config: "it has no config.json",
    _another_model: "not one of Qwen3-ASR",
    _unknown_original: "original layout is of a kind that is not known",
    _unknown_class: "names no model that is known",
    _damaged_config: "config.json is damaged",
    _one_missing: r"1 of its tensors are missing.*layers\.1\.mlp\.up_proj",
    _other_shape: "of the wrong shape",
    _truncated: "cut short: 1000 bytes missing",
    _no_header: "no safetensors file or is damaged",
    _no_weights: "model.safetensors is missing",
    _pickled: "pickle files, which can run code",
    _index_outside: "outside the folder",
    _no_tokenizer: "tokenizer",
    _damaged_tokenizer: "tokenizer or processor cannot be loaded",
    _no_text_mark: "its tokenizer has no <asr_text>",
    _old_template: "chat template",
    _chatty_template: "chat template",
    _broken_template: "chat template",
}


@pytest.mark.parametrize(("damage", "cause"), BAD.items(), ids=[damage.__name__.strip("_") for damage in BAD])
def test_a_bad_folder_is_refused_in_one_line(
    damage: Callable[[Path], None], cause: str, toy_copy: Path, placement: Placement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(toy_copy.parent)
    damage(toy_copy)
    with pytest.raises(CheckpointUnusable, match=cause) as caught:
        load_recognizer(toy_copy, placement)
    assert str(caught.value).startswith("The model folder toy cannot be used (")
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2
    assert not Path("it-ran").exists()


def test_the_tokenizer_of_another_model_is_refused(toy_copy: Path, material: Path, placement: Placement) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(material / "qwen3" / "Qwen3-ASR-0.6B-hf" / name, toy_copy / name)
    with pytest.raises(CheckpointUnusable, match="different ids for the sound") as caught:
        load_recognizer(toy_copy, placement)
    assert "\n" not in str(caught.value)


def test_code_in_a_folder_is_never_run(toy_copy: Path, placement: Placement, tmp_path: Path) -> None:
    (toy_copy / "evil.py").write_text(f"open({str(tmp_path / 'it-ran')!r}, 'w')\nclass Evil: pass\n")
    change_config(toy_copy, auto_map={"AutoConfig": "evil.Evil", "AutoProcessor": "evil.Evil"})
    load_recognizer(toy_copy, placement)
    assert not (tmp_path / "it-ran").exists()


def test_a_folder_that_is_not_there_says_so() -> None:
    with pytest.raises(CheckpointUnusable, match=r"nowhere cannot be used \(there is no such folder"):
        examine("nowhere")


# ── what a folder is ──


def test_the_published_configs_are_told_apart(material: Path, tmp_path: Path, toy: Path) -> None:
    found = {}
    for name in ("Qwen3-ASR-0.6B-hf", "Qwen3-ASR-1.7B-hf", "Qwen3-ForcedAligner-0.6B-hf", "original/Qwen3-ASR-0.6B"):
        place = tmp_path / name
        place.mkdir(parents=True)
        shutil.copyfile(material / "qwen3" / name / "config.json", place / "config.json")
        shutil.copyfile(toy / "model.safetensors", place / "model.safetensors")
        found[name] = examine(place).engine_id
    assert found == {
        "Qwen3-ASR-0.6B-hf": "qwen3-asr-0.6b",
        "Qwen3-ASR-1.7B-hf": "qwen3-asr-1.7b",
        "Qwen3-ForcedAligner-0.6B-hf": "qwen3-aligner-0.6b",
        "original/Qwen3-ASR-0.6B": "qwen3-asr-0.6b",
    }


def test_a_fingerprint_follows_the_tensors(toy: Path, toy_copy: Path) -> None:
    before = examine(toy_copy).fingerprint
    assert before == examine(toy).fingerprint
    drop_tensor(toy_copy, "model.language_model.norm.weight")
    assert examine(toy_copy).fingerprint != before


def test_a_template_of_another_text_is_a_note_and_no_fault(toy: Path, placement: Placement) -> None:
    assert "another text" in template_note(examine(toy))
    load_recognizer(toy, placement)


def test_the_published_template_is_known(tiny: Path) -> None:
    assert template_note(examine(tiny)) == ""


def test_the_published_old_template_is_refused_by_its_own_words(
    toy_copy: Path, material: Path, placement: Placement
) -> None:
    published = material / "qwen3" / "original" / "Qwen3-ASR-0.6B" / "chat_template.json"
    template = json.loads(published.read_text(encoding="utf-8"))["chat_template"]
    (toy_copy / "chat_template.jinja").write_text(template, encoding="utf-8")
    with pytest.raises(CheckpointUnusable, match="chat template") as caught:
        load_recognizer(toy_copy, placement)
    assert "\n" not in str(caught.value)


def test_doctor_names_the_models_that_are_installed(toy: Path) -> None:
    shutil.copytree(toy, paths.models_dir() / "my-model", copy_function=shutil.copyfile)
    checks = {check.name: check.found for check in doctor._engines()}
    assert checks["Model my-model"].startswith("qwen3-asr (native layout); its chat template is another text")
    assert checks["Engine taken by “auto”"].startswith("qwen3-asr: ")


def test_the_models_folder_is_searched_and_unusable_folders_passed_over(toy: Path) -> None:
    assert installed(Kind.RECOGNIZER, "") is None
    shutil.copytree(toy, paths.models_dir() / "b-toy", copy_function=shutil.copyfile)
    (paths.models_dir() / "a-half-download").mkdir()
    shutil.copytree(toy, paths.models_dir() / "converted-0123-1", copy_function=shutil.copyfile)
    found = installed(Kind.RECOGNIZER, "")
    assert found is not None
    assert found.folder.name == "b-toy"
    assert [checkpoint.folder.name for checkpoint in all_installed()] == ["b-toy"]
    assert installed(Kind.RECOGNIZER, "0.6b") is None


@pytest.mark.slow
def test_an_original_aligner_is_converted_with_its_head_of_times(
    material: Path, tmp_path: Path, placement: Placement
) -> None:
    repositories = material / "qwen3"
    native = make_native(repositories / "Qwen3-ForcedAligner-0.6B-hf", tmp_path / "native")
    originals = repositories / "original"
    original = make_original(
        native,
        originals / "Qwen3-ForcedAligner-0.6B",
        tmp_path / "original",
        tokenizer_from=originals / "Qwen3-ASR-0.6B",
    )
    there = load_aligner(original, placement).model.state_dict()
    wanted = load_aligner(native, placement).model.state_dict()
    assert there.keys() == wanted.keys()
    assert there["score.weight"].shape[0] == 5_000
    assert all(torch.equal(there[key], wanted[key]) for key in wanted)
    made = native_folder(examine(original))
    assert (made / "tokenizer.json").read_bytes() == (native / "tokenizer.json").read_bytes()
