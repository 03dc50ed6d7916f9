"""What changed between two texts: paragraph by paragraph, and inside a paragraph word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

Kind = Literal["same", "ins", "del"]
_TOKEN = re.compile(r"\{[^{}]*\}|[0-9A-Za-z]+|\s+|.", re.DOTALL)
"""A number or a Latin word changes as a whole: 9月1日 → 9月11日 reads as 1 → 11."""
MOST_COMPARISONS = 4_000_000
"""Paragraphs so long that comparing them would hold up a page are shown as taken out and put in whole."""
ALIKE = 0.35


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed, came in or went out."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Line:
    """One paragraph with its marks."""

    pieces: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True)
class PartChange:
    """A part of the text in which something changed."""

    code: str
    lines: tuple[Line, ...]


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[PartChange]:
    """The parts that differ, in the order of the later text. Both are texts as `rounds.text_of` gives them."""
    changes = []
    for code, old, new in _pairs(before, after):
        if old != new:
            changes.append(PartChange(code, tuple(lines_between(old, new))))
    return changes


def _pairs(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, list[str], list[str]]]:
    for name in ("title", "addressee"):
        yield name, [line for line in [before.get(name, "")] if line], [line for line in [after.get(name, "")] if line]
    old = {section["code"]: section for section in before.get("sections", ())}
    new = {section["code"]: section for section in after.get("sections", ())}
    for code in _in_order(list(old), list(new)):
        yield code, _lines(old.get(code)), _lines(new.get(code))


def _in_order(old: list[str], new: list[str]) -> list[str]:
    """Codes of both texts; one that went out stands behind what it stood behind."""
    result = list(new)
    for position, code in enumerate(old):
        if code not in result:
            before = [known for known in old[:position] if known in result]
            result.insert(result.index(before[-1]) + 1 if before else 0, code)
    return result


def _lines(section: dict[str, Any] | None) -> list[str]:
    if section is None:
        return []
    return [*([section["heading"]] if section["heading"] else []), *section["paragraphs"]]


def lines_between(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """The paragraphs of both, with marks; paragraphs that resemble each other are marked inside."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Line((Piece("same", line),)) for line in old[i1:i2])
        elif tag == "replace":
            yield from _replaced(old[i1:i2], new[j1:j2])
        else:
            yield from (Line((Piece("del", line),)) for line in old[i1:i2])
            yield from (Line((Piece("ins", line),)) for line in new[j1:j2])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Each old paragraph beside the first new one that resembles it."""
    at = 0
    for line in old:
        partner = next((n for n in range(at, len(new)) if _resemble(line, new[n])), None)
        if partner is None:
            yield Line((Piece("del", line),))
            continue
        yield from (Line((Piece("ins", other),)) for other in new[at:partner])
        yield Line(tuple(pieces_between(line, new[partner])))
        at = partner + 1
    yield from (Line((Piece("ins", other),)) for other in new[at:])


def _resemble(old: str, new: str) -> bool:
    if len(old) * len(new) > MOST_COMPARISONS:
        return old[:40] == new[:40]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def pieces_between(old: str, new: str) -> list[Piece]:
    """One paragraph against the other, in pieces."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    pieces = [Piece("same", "".join(before[:start]))]
    if len(middle[0]) * len(middle[1]) > MOST_COMPARISONS:
        pieces += [Piece("del", "".join(middle[0])), Piece("ins", "".join(middle[1]))]
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
            if tag == "equal":
                pieces.append(Piece("same", "".join(middle[0][i1:i2])))
            else:
                pieces.append(Piece("del", "".join(middle[0][i1:i2])))
                pieces.append(Piece("ins", "".join(middle[1][j1:j2])))
    pieces.append(Piece("same", "".join(before[len(before) - end :])))
    return _readable([piece for piece in pieces if piece.text])


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _readable(pieces: list[Piece]) -> list[Piece]:
    """A single character that happened to stay between two changes belongs to both."""
    result: list[Piece] = []
    gone, come = "", ""
    for position, piece in enumerate(pieces):
        is_speck = piece.kind == "same" and len(piece.text) < 2 and 0 < position < len(pieces) - 1
        if is_speck and (gone or come):
            gone, come = gone + piece.text, come + piece.text
        elif piece.kind == "del":
            gone += piece.text
        elif piece.kind == "ins":
            come += piece.text
        else:
            result += _flushed(gone, come)
            gone = come = ""
            result.append(piece)
    return [*result, *_flushed(gone, come)]


def _flushed(gone: str, come: str) -> list[Piece]:
    """What went out before what came in; what both end with did not change."""
    if not gone and not come:
        return []
    kept = ""
    while gone and come and gone[-1] == come[-1] and not gone[-1].isalnum():
        kept, gone, come = gone[-1] + kept, gone[:-1], come[:-1]
    pieces = [Piece("del", gone), Piece("ins", come), Piece("same", kept)]
    return [piece for piece in pieces if piece.text]
