"""What every error is made of: a sentence and a next step over parameters, and its form as data between processes.

Knows the root of the tree and the two classes that stand in for what nobody expected; the rooms' own are beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

Param = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as data, to cross a process border.

    Attributes:
        code: the class's code; `raise_` finds the class again by it.
        params: what the sentence is filled with.
        details: a traceback or log tail for the crash report; never shown in the sentence.
    """

    code: str
    params: dict[str, Param] = field(default_factory=dict)
    details: str = ""

    def error(self) -> CuesmithError:
        """The error this stands for; an unknown code becomes an `InternalError` that names it."""
        cls = error_class(self.code)
        if cls is None:
            return InternalError(what=f"unknown error code {self.code}", details=self.details)
        return _rebuild(cls, self.params, self.details)


class CuesmithError(Exception):
    """Base of every expected mistake.

    Subclasses set `code`, `sentence` and `next_step`; the last two are `str.format` templates over `params`.
    """

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = "Something went wrong."
    next_step: ClassVar[str] = ""
    english_params: ClassVar[tuple[str, ...]] = ()
    """Params that are sentences of the code themselves, translated before they are filled in."""
    exit_code: ClassVar[int] = 3

    def __init__(self, *, details: str = "", **params: Any) -> None:
        self.params: dict[str, Param] = dict(params)
        self.details = details
        super().__init__(str(self))

    def __str__(self) -> str:
        return " ".join(part for part in (self.what_happened(), self.what_to_do()) if part)

    def what_happened(self, translated: Callable[[str], str] = str) -> str:
        """The sentence, translated as it stands in the code and then filled with its parameters."""
        return filled(translated(self.sentence), self._in_words(translated))

    def what_to_do(self, translated: Callable[[str], str] = str) -> str:
        """The next step, likewise; empty where there is none."""
        return filled(translated(self.next_step), self._in_words(translated))

    def _in_words(self, translated: Callable[[str], str]) -> dict[str, Param]:
        english = {name: translated(str(self.params[name])) for name in self.english_params if name in self.params}
        return self.params | english

    def failure(self) -> Failure:
        """This error as data."""
        return Failure(self.code, dict(self.params), self.details)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.params, self.details))


class _Forgiving(dict[str, Param]):
    """A mapping that shows a missing parameter as its name, because a sentence must never fail itself."""

    def __init__(self, values: Mapping[str, Param]) -> None:
        super().__init__(values)

    def __missing__(self, key: str) -> str:
        return f"<{key}>"


def filled(sentence: str, params: Mapping[str, Param]) -> str:
    """`sentence`, a `str.format` template, with `params` in it."""
    return sentence.format_map(_Forgiving(params))


def _rebuild(cls: type[CuesmithError], params: dict[str, Param], details: str) -> CuesmithError:
    values: dict[str, Any] = dict(params)
    return cls(details=details, **values)


class InternalError(CuesmithError):
    """A fault of ours. Params: what."""

    code = "internal"
    sentence = "Something in the program went wrong ({what}). Your work is kept."
    next_step = "Try again; --debug shows where it happened."


def all_error_classes() -> Iterator[type[CuesmithError]]:
    """Every error class, the base first."""
    queue: list[type[CuesmithError]] = [CuesmithError]
    while queue:
        cls = queue.pop(0)
        yield cls
        queue.extend(cls.__subclasses__())


def error_class(code: str) -> type[CuesmithError] | None:
    """The class with this code, or None."""
    return next((cls for cls in all_error_classes() if cls.code == code), None)


def wrap_unexpected(error: BaseException, details: str = "") -> CuesmithError:
    """`error` itself where it is one of ours, else an `InternalError` that names it."""
    if isinstance(error, CuesmithError):
        return error
    return InternalError(what=f"{type(error).__name__}: {error}"[:300], details=details)
