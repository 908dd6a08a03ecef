"""The contracts of pyproject.toml bite: each is broken on purpose in a copy of the code, and import-linter says so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

BREACHES = {
    "Qt in core": ("core/cue.py", "import PySide6", "core has no Qt"),
    "a stage that reaches back": ("core/media/__init__.py", "import core.cues", "sound flows one way"),
    "a stage that reaches up": ("core/subtitles/__init__.py", "import core.document.edit", "sound flows one way"),
    "core on app": ("core/cue.py", "import app", "app sits on core"),
    "torch in app": ("app/__init__.py", "import torch", "app has no torch"),
    "torch in app by way of core": ("core/cue.py", "import torch", "app has no torch"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what import-linter reads; app imports `core.cue` there whatever else the two do."""
    for package in ("core", "app"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "app" / "reaches_core.py").write_text("import core.cue\n", encoding="utf-8")
    return tmp_path


def lint(folder: Path) -> tuple[int, str]:
    """Exit code and output of import-linter in `folder`."""
    ended = subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_the_code_as_it_stands_keeps_every_contract(copy: Path) -> None:
    code, said = lint(copy)
    assert code == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(("file", "line", "contract"), BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_fails_and_the_contract_is_named(copy: Path, file: str, line: str, contract: str) -> None:
    broken = copy / file
    broken.write_text(f"{broken.read_text(encoding='utf-8')}\n{line}  # noqa\n", encoding="utf-8")
    code, said = lint(copy)
    assert code == 1, said
    assert verdict(said, contract) == "BROKEN"
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert f"{module} -> {line.removeprefix('import ')} (l." in said


def verdict(said: str, contract: str) -> str:
    """KEPT or BROKEN, as said behind the contract's name; the name may be wrapped."""
    found = re.search(rf"^{contract}.*?\b(KEPT|BROKEN)\b", said, re.DOTALL | re.MULTILINE)
    assert found, said
    return found[1]
