"""Passages of papers that an office may word itself. The words here in the code are where everybody starts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils.functional import Promise

_PLACE = re.compile(r"\{([^{}]*)\}")
_PERIOD = re.compile(r"(?:\d+|[一二三四五六七八九十百]+)(?:个工作日|个月|日|天|年)(?:内|以内|之内)")
_spoken: ContextVar[Mapping[str, str] | None] = ContextVar("wording", default=None)


@contextmanager
def spoken(texts: Mapping[str, str]) -> Iterator[None]:
    """Within the block passages read as given, by code; the others as in the code."""
    token = _spoken.set(texts)
    try:
        yield
    finally:
        _spoken.reset(token)


def places(text: str) -> list[str]:
    """The names in braces, in their order."""
    return _PLACE.findall(text)


def periods(text: str) -> set[str]:
    """Time limits that a text sets by itself, like 十五日内."""
    return {found[0] for found in _PERIOD.finditer(text)}


@dataclass(frozen=True)
class Passage:
    """A piece of a paper's text.

    {names in braces} are filled from the case, and all of them must stay. `keeps` are the words, citations above all,
    that the law puts there: any other wording must have them, too.
    """

    code: str
    title: str | Promise
    default: str
    keeps: tuple[str, ...] = ()

    def say(self, values: Mapping[str, str] | None = None) -> str:
        """The passage as the office words it, filled in. KeyError for a place the paper does not fill."""
        text = (_spoken.get() or {}).get(self.code) or self.default
        return _PLACE.sub(lambda found: (values or {})[found[1]], text)

    @property
    def places(self) -> list[str]:
        return list(dict.fromkeys(places(self.default)))


@dataclass(frozen=True)
class Faults:
    """What speaks against a wording of a passage; empty tuples when nothing does."""

    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    braces: bool = False

    def __bool__(self) -> bool:
        return bool(self.missing or self.unknown or self.lost or self.periods or self.braces)


def faults_of(passage: Passage, text: str) -> Faults:
    """Places that are gone or that nothing fills, words of the law that are gone, time limits of the office's own."""
    named = places(text)
    return Faults(
        missing=tuple(name for name in passage.places if name not in named),
        unknown=tuple(dict.fromkeys(name for name in named if name not in passage.places)),
        lost=tuple(words for words in passage.keeps if words not in text),
        periods=tuple(sorted(periods(text) - periods(passage.default))),
        braces="{" in _PLACE.sub("", text) or "}" in _PLACE.sub("", text),
    )
