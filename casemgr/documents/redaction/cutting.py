"""Cutting words out of texts, and showing what was cut beside what stands there instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from casemgr.documents.redaction.finding import Place


@dataclass(frozen=True)
class Cut:
    """`key` names who asked for it, so that a page can link the two."""

    places: Sequence[Place]
    replacement: str
    key: Any = None


@dataclass(frozen=True)
class Segment:
    """A stretch of text; one that is cut has a `cut`."""

    text: str
    cut: Cut | None = None


def segments(text: str, piece: int, cuts: Iterable[Cut]) -> list[Segment]:
    """The string from left to right. Of two cuts that overlap the one that begins first, then the longer, is made."""
    spans = [(start, -end, cut) for cut in cuts for place, start, end in cut.places if place == piece]
    found: list[Segment] = []
    at = 0
    for start, minus_end, cut in sorted(spans, key=lambda span: span[:2]):
        if start < at:
            continue
        if start > at:
            found.append(Segment(text[at:start]))
        found.append(Segment(text[start:-minus_end], cut))
        at = -minus_end
    if at < len(text):
        found.append(Segment(text[at:]))
    return found


def cut_out(text: str, piece: int, cuts: Iterable[Cut]) -> str:
    """The string with the replacements in place."""
    return "".join(one.cut.replacement if one.cut else one.text for one in segments(text, piece, cuts))


def lines(text: str, piece: int, cuts: Iterable[Cut]) -> list[list[Segment]]:
    """The segments by line, for a page that shows one paragraph under the other."""
    found: list[list[Segment]] = [[]]
    for one in segments(text, piece, cuts):
        head, *rest = one.text.split("\n") if one.cut is None else [one.text]
        if head:
            found[-1].append(Segment(head, one.cut))
        for line in rest:
            found.append([Segment(line)] if line else [])
    return [line for line in found if line]


__all__ = ["Cut", "Segment", "cut_out", "lines", "segments"]
