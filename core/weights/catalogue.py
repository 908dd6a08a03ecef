"""The models that are offered: pinned revisions, their files with hashes, and what each is good for. Pure data.

Revisions, sizes and SHA-256 of the weights are those of the repositories in November 2026; the small files' git object
ids are of the same revisions. What the hub says for a pinned revision counts; a difference to what stands here is a
note. `original_repo` is what servers (vLLM, SGLang) load: they take the other layout.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import EngineMissing, ModelMissing, UnknownModel
from core.language import NAMES


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a model.

    Attributes:
        name: as in the repository and in the folder.
        size_bytes: exactly.
        sha256: of weights; "" where only git's object id is known.
        blob_id: git's object id of a small file; "" where it is not known.
    """

    name: str
    size_bytes: int
    sha256: str = ""
    blob_id: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be got.

    Attributes:
        id: of the recogniser or aligner that loads it, as in the registries.
        name: for people.
        aligner: times words; else it recognises.
        repo, revision: where the files are.
        original_repo, original_revision: the same weights in the layout that servers load.
        files: all that are needed.
        languages: codes.
        memory_bytes: its weights in memory, in bfloat16.
        licence: SPDX identifier.
        good_for: a sentence for people.
    """

    id: str
    name: str
    aligner: bool
    repo: str
    revision: str
    original_repo: str
    original_revision: str
    files: tuple[PublishedFile, ...]
    languages: tuple[str, ...]
    memory_bytes: int
    licence: str
    good_for: str

    @property
    def size_bytes(self) -> int:
        """All its files together."""
        return sum(file.size_bytes for file in self.files)

    @property
    def folder_name(self) -> str:
        """What its folder is called."""
        return self.repo.rpartition("/")[2]


_TEMPLATE = PublishedFile("chat_template.jinja", 1_434, blob_id="491fff331513a97316daf53591c7b9b9da53ef8c")
_GENERATION = PublishedFile("generation_config.json", 165, blob_id="3ed98c80087572bad932a83279c5602e58bbfc5c")
_PROCESSOR = PublishedFile("processor_config.json", 487, blob_id="a07dff48032bed341260501d6688036c6fd7f3ef")
_TOKENIZER_CONFIG = PublishedFile("tokenizer_config.json", 998, blob_id="aa62b6c06ab8a704dc0895420fb1d2515954a49c")
_TOKENIZER = PublishedFile("tokenizer.json", 11_429_653, blob_id="c7a2093f47ae080ad5328267cea675960d6c6e57")
_ALIGNER_LANGUAGES = ("zh", "en", "yue", "fr", "de", "it", "ja", "ko", "pt", "ru", "es")

SMALL = Model(
    id="qwen3-asr-0.6b",
    name="Qwen3-ASR 0.6B",
    aligner=False,
    repo="Qwen/Qwen3-ASR-0.6B-hf",
    revision="7f1569a48a89f3e3f4dc3a5c9d28bddd903bc76c",
    original_repo="Qwen/Qwen3-ASR-0.6B",
    original_revision="5eb144179a02acc5e5ba31e748d22b0cf3e303b0",
    files=(
        PublishedFile("config.json", 2_398, blob_id="3b4221f651b59ec21f545e5852b4d6cb23420b09"),
        _TEMPLATE,
        _GENERATION,
        _PROCESSOR,
        _TOKENIZER_CONFIG,
        _TOKENIZER,
        PublishedFile(
            "model.safetensors", 1_564_928_088, "d3f212dd20abecd315d830bc54ae3865e56ebfc3276484e57b771288ba27fd35"
        ),
    ),
    languages=tuple(NAMES),
    memory_bytes=1_564_852_224,
    licence="Apache-2.0",
    good_for="Quick and good.",
)
LARGE = Model(
    id="qwen3-asr-1.7b",
    name="Qwen3-ASR 1.7B",
    aligner=False,
    repo="Qwen/Qwen3-ASR-1.7B-hf",
    revision="bcd2b5b7f32b480ab5790554cfa8347f246a14f3",
    original_repo="Qwen/Qwen3-ASR-1.7B",
    original_revision="7278e1e70fe206f11671096ffdd38061171dd6e5",
    files=(
        PublishedFile("config.json", 2_399, blob_id="331292992b1933c69fc83d77f0de560ab122a0d5"),
        _TEMPLATE,
        _GENERATION,
        _PROCESSOR,
        _TOKENIZER_CONFIG,
        _TOKENIZER,
        PublishedFile(
            "model.safetensors", 4_076_193_080, "2db53c7d81bd9b8cbc6a074e89be2c968a0d373fb4ee68bb1b1e14f7042dfee1"
        ),
    ),
    languages=tuple(NAMES),
    memory_bytes=4_076_104_960,
    licence="Apache-2.0",
    good_for="Fewer mistakes in noise, names and accents.",
)
ALIGNER = Model(
    id="qwen3-aligner-0.6b",
    name="Qwen3-ForcedAligner 0.6B",
    aligner=True,
    repo="Qwen/Qwen3-ForcedAligner-0.6B-hf",
    revision="c07281df297b9905d24a508279258cccf987a064",
    original_repo="Qwen/Qwen3-ForcedAligner-0.6B",
    original_revision="c7cbfc2048c462b0d63a45797104fc9db3ad62b7",
    files=(
        PublishedFile("config.json", 248_029, blob_id="74b91ca23584bdebd82ffaaeb21f72444baa2dd8"),
        # Its text is taken from the script that made it, so its object id is not known for certain.
        PublishedFile("chat_template.jinja", 551),
        _PROCESSOR,
        _TOKENIZER_CONFIG,
        PublishedFile("tokenizer.json", 11_429_842, blob_id="b5918f7f7f0c6a5ee7daf39596ecca221f566762"),
        PublishedFile(
            "model.safetensors", 1_835_545_960, "00568245ceca5af1991d28562a75fe1ddc9bfeb041c27fda66947ea05c47fb86"
        ),
    ),
    languages=_ALIGNER_LANGUAGES,
    memory_bytes=1_835_457_792,
    licence="Apache-2.0",
    good_for="The time of every word, in eleven languages.",
)

CATALOGUE: tuple[Model, ...] = (SMALL, LARGE, ALIGNER)


def model(model_id: str) -> Model:
    """The model of this id.

    Raises:
        UnknownModel: there is none.
    """
    found = next((one for one in CATALOGUE if one.id == model_id), None)
    if found is None:
        raise UnknownModel(model=model_id, known=", ".join(one.id for one in CATALOGUE))
    return found


def is_offered(model_id: str) -> bool:
    """Whether there is a model of this id."""
    return any(one.id == model_id for one in CATALOGUE)


def missing(engine_id: str, cause: str = "its files were not found") -> EngineMissing:
    """The error for an engine that is not installed: one whose model is offered says how to get it."""
    return (ModelMissing if is_offered(engine_id) else EngineMissing)(engine=engine_id, cause=cause)
