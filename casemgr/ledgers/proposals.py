"""Which column of a ledger a heading of an office's own sheet most likely is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from casemgr.ledgers.definition import Ledger
from casemgr.ledgers.layout import HEADING_LOOKED_FOR, Layout, column_cells, headings, sample
from casemgr.ledgers.synonyms import SYNONYMS
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.reading import Book, Cell

SAME, SAVED, SYNONYM, SOUND, NEAR, CONTENT = "same", "saved", "synonym", "sound", "near", "content"
"""Why a column is proposed, the surest first."""
SURE = {SAME: 1.0, SAVED: 0.99, SYNONYM: 0.95, SOUND: 0.9, NEAR: 0.7, CONTENT: 0.4}
NEAR_ENOUGH, NEAR_WORD = 0.72, 0.6
MOSTLY = 0.7
"""Share of the filled cells that must look alike for their content to tell."""
_PLAIN = re.compile(r"[\W_]+|#\d+$")
_PERSON = re.compile(r"\d{17}[\dXx]|\d{15}|\d{4}\*{6,12}[\dXx]{3,4}")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|1\d{2}\*{4}\d{4}")
_COURT = re.compile(r"[（(]\d{4}[)）].{1,12}\d+号")
_MONEY = re.compile(r"[\d,，]+(?:\.\d{1,2})?元?")


@dataclass(frozen=True)
class Proposal:
    """Of one column of the sheet. Without `column` nothing is proposed."""

    position: int
    heading: str
    column: str = ""
    why: str = ""


def propose(
    found: Mapping[int, str], lines: Sequence[Sequence[Cell]], ledger: Ledger, saved: Mapping[str, str] | None = None
) -> list[Proposal]:
    """For every column of the sheet at most one of the ledger, each of which is proposed once."""
    width = max((len(line) for line in lines), default=0)
    positions = sorted({*found, *range(min(width, 200))})
    candidates: list[tuple[float, int, str, str]] = []
    for position in positions:
        heading = found.get(position, "")
        filled = column_cells(lines, position)
        looks = _looks_like(filled, ledger)
        for column in ledger.columns:
            why = _why(heading, column, ledger.code, saved or {})
            if why is None and column in looks:
                why = (CONTENT, 1.0)
            if why is not None:
                kind, share = why
                contradicts = looks and column not in looks and kind in (NEAR, CONTENT)
                if not contradicts:
                    candidates.append((SURE[kind] * share + 0.01 * (column in looks), position, column, kind))
    chosen: dict[int, tuple[str, str]] = {}
    for _score, position, column, why_code in sorted(candidates, key=lambda one: (-one[0], one[1])):
        if position not in chosen and column not in {taken for taken, _why_code in chosen.values()}:
            chosen[position] = (column, why_code)
    return [
        Proposal(position, found.get(position, ""), *chosen.get(position, ("", "")))
        for position in positions
        if position in found or position in chosen or column_cells(lines, position)
    ]


def likely_heading(book: Book, sheet: int, ledger: Ledger, saved: Iterable[Mapping[str, str]] = ()) -> int:
    """The line among the first ones in which the most headings are known; the first one when none is."""
    best, most = 0, -1
    known = {heading for mapping in saved for heading in mapping}
    for tried, (number, line) in enumerate(book.sheets[sheet].lines()):
        if tried >= HEADING_LOOKED_FOR:
            break
        names = [str(cell) for cell in line if cell != "" and not isinstance(cell, date)]
        count = sum(
            1
            for name in names
            if "".join(name.split()) in known or any(_why(name, column, ledger.code, {}) for column in ledger.columns)
        )
        if count > most:
            best, most = number, count
    return best


def likely_layout(book: Book, ledger: Ledger, saved: Sequence[Mapping[str, str]] = ()) -> Layout:
    """The sheet and the heading line in which the most columns are known, with the columns that are proposed."""
    best = Layout()
    for sheet in range(len(book.sheets)):
        heading = likely_heading(book, sheet, ledger, saved)
        names, lines = headings(book, sheet, heading), sample(book, sheet, heading)
        proposals = propose(names, lines, ledger, best_saved(names.values(), saved))
        columns = {one.position: one.column for one in proposals if one.column}
        if len(columns) > len(best.columns) or sheet == 0:
            best = Layout(sheet, heading, columns)
    return best


def best_saved(found: Iterable[str], saved: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """Of an office's saved assignments the one that knows the most of these headings."""
    names = set(found)
    return max(saved, key=lambda mapping: len(names & set(mapping)), default={})


def near_words(words: Iterable[str], known: Sequence[str]) -> dict[str, str]:
    """Which of the coded words an office's own word most likely is; empty where none is near, or several as much."""
    return {word: _near(_plain(word), known) for word in words}


def _near(plain: str, known: Sequence[str]) -> str:
    if within := [one for one in known if one in plain]:
        return max(within, key=len)
    around = [one for one in known if len(plain) > 1 and plain in one]
    alike = around or [one for one in known if _sound(one) == _sound(plain)]
    if alike:
        return alike[0] if len(alike) == 1 else ""
    best = max(known, key=lambda one: SequenceMatcher(None, plain, one).ratio(), default="")
    return best if SequenceMatcher(None, plain, best).ratio() >= NEAR_WORD else ""


def _why(heading: str, column: str, kind: str, saved: Mapping[str, str]) -> tuple[str, float] | None:
    if saved.get(heading) == column:
        return SAVED, 1.0
    plain = _plain(heading)
    if not plain:
        return None
    if plain == column:
        return SAME, 1.0
    others = [_plain(other) for other in SYNONYMS.get(kind, {}).get(column, ())]
    if plain in others:
        return SYNONYM, 1.0
    if len(plain) > 1 and _sound(plain) in {_sound(column), *map(_sound, others)}:
        return SOUND, 1.0
    share = max(SequenceMatcher(None, plain, name).ratio() for name in (column, *others))
    return (NEAR, share) if share >= NEAR_ENOUGH else None


def _plain(text: str) -> str:
    return _PLAIN.sub("", text)


@lru_cache(maxsize=2048)
def _sound(text: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


def _looks_like(filled: Sequence[Cell], ledger: Ledger) -> frozenset[str]:
    """Columns of the ledger whose content looks like this; empty when it tells nothing."""
    if not filled:
        return frozenset()
    texts = [str(cell) for cell in filled if not isinstance(cell, date)]

    def mostly(count: int) -> bool:
        return count >= MOSTLY * len(filled)

    if mostly(sum(1 for cell in filled if isinstance(cell, date) or cells.is_day(cell))):
        return frozenset(column for column in ledger.columns if column.endswith(("日期", "满日", "时限")))
    tests = (
        (_PERSON, "证件号码"), (_PHONE, "电话"), (_COURT, "法院案号"), (_MONEY, "金额"),
    )  # fmt: skip
    for pattern, ending in tests:
        if mostly(sum(1 for text in texts if pattern.fullmatch(text.split("、")[0]))):
            return frozenset(column for column in ledger.columns if column.endswith(ending))
    return frozenset(
        column for column, words in ledger.words.items() if mostly(sum(1 for text in texts if text in words))
    )


__all__ = ["Proposal", "best_saved", "likely_heading", "likely_layout", "near_words", "propose"]
