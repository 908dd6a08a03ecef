"""Rules of the house that no linter knows (CONTRIBUTING.md): files that introduce themselves, errors that help."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from core import errors
from core.errors import CuesmithError, all_error_classes

ROOT = Path(__file__).parent.parent
LONGEST_FUNCTION_LINES = 60


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Every Python file of `folders` by its name from the root."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in a file."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


# ── files ──


def test_every_file_says_what_it_does() -> None:
    silent = [name for name, tree in sources("app", "core", "resources", "installers") if not ast.get_docstring(tree)]
    assert silent == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name}:{function.lineno} {function.name}"
        for name, tree in sources("app", "core", "resources", "installers")
        for function in functions(tree)
        if (function.end_lineno or 0) - function.body[0].lineno >= LONGEST_FUNCTION_LINES
    ]
    assert long == []


def test_core_prints_nothing() -> None:
    prints = [
        f"{name}:{node.lineno}"
        for name, tree in sources("core")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert prints == []


def test_message_boxes_have_one_door() -> None:
    users = [
        name
        for name, tree in sources("app")
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "QMessageBox")
        or (isinstance(node, ast.Attribute) and node.attr == "QMessageBox")
        or (isinstance(node, ast.alias) and node.name == "QMessageBox")
    ]
    assert set(users) <= {"app/messages.py"}


# ── errors ──

CLASSES = [cls for cls in all_error_classes() if cls.__module__.startswith(f"{errors.__name__}.")]
# What is raised: the leaves of the tree, and the branches that have a sentence of their own.
RAISED = [cls for cls in CLASSES if not cls.__subclasses__() or "sentence" in vars(cls)]
RAISED.remove(CuesmithError)


def documented_params(cls: type[CuesmithError]) -> set[str]:
    """What `Params: a, b (a note), c.` in the docstrings of `cls` and its parents names."""
    names: set[str] = set()
    for owner in cls.__mro__:
        for listed in re.findall(r"Params(?: of all)?: (.*?)\.(?:\s|$)", owner.__doc__ or "", re.DOTALL):
            names |= {name.strip() for name in re.sub(r"\([^)]*\)", "", listed).split(",")}
    return names


def used_params(template: str) -> set[str]:
    """The fields of a format template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_no_two_errors_share_a_code() -> None:
    assert [code for code, count in Counter(cls.code for cls in CLASSES).items() if count > 1] == []


def test_the_tree_at_the_top_names_every_error() -> None:
    tree = errors.__doc__ or ""
    assert [cls.__name__ for cls in CLASSES if not re.search(rf"\b{cls.__name__}\b", tree)] == []


def test_every_error_of_every_room_can_be_had_from_the_package() -> None:
    assert {cls.__name__ for cls in CLASSES} <= set(errors.__all__)


@pytest.mark.parametrize("cls", RAISED, ids=lambda cls: cls.__name__)
def test_an_error_has_a_sentence_and_a_next_step(cls: type[CuesmithError]) -> None:
    assert cls.sentence != CuesmithError.sentence
    assert cls.next_step


@pytest.mark.parametrize("cls", RAISED, ids=lambda cls: cls.__name__)
def test_an_error_reads_well_with_the_params_its_docstring_names(cls: type[CuesmithError]) -> None:
    documented = documented_params(cls)
    assert used_params(cls.sentence) | used_params(cls.next_step) <= documented
    said = str(cls(**{name: f"({name})" for name in documented}))
    assert not re.search(r"[<>{}]", said)
    assert all(f"({name})" in said for name in used_params(cls.sentence))
