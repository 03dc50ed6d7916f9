"""Locking a period: its numbers stand; what is entered later is told with the next period, with a note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casemgr.actions.errors import Refusal
from casemgr.indicators.tables.asking import days_of
from casemgr.indicators.tables.counting import Sheet, broken_between, sheets
from casemgr.indicators.tables.definition import Column, Full, Span, Values, add, from_json, less, printed, to_json
from casemgr.indicators.tables.keeping import exclude, is_built, seal
from casemgr.indicators.tables.models import LateEntry, Part, PeriodLock
from casemgr.indicators.tables.official import Book, OfficialTable
from casemgr.indicators.tables.printing import difference_words

Lines = Mapping[str, Mapping[str, Values]]
"""By table and line."""
NAMED = 3


def lines_of_sheets(found: Mapping[str, Sheet]) -> dict[str, dict[str, Values]]:
    """What the sheets say; the sum of a table stands under no line."""
    return {
        code: {"": one.values, **({line.line.code: line.values for line in one.lines} if one.table.lines else {})}
        for code, one in found.items()
    }


def _each(lines: Mapping[str, Mapping[str, Any]], change: Any) -> dict[str, dict[str, Any]]:
    return {code: {line: change(values) for line, values in several.items()} for code, several in lines.items()}


def told(lock: PeriodLock) -> dict[str, dict[str, Values]]:
    """The period as it was locked, with what was told of it since."""
    found = _each(lock.lines, from_json)
    for late in lock.told_later.all():
        for code, several in late.differences.items():
            for line, values in several.items():
                known = found.setdefault(code, {})
                known[line] = add(known.get(line, {}), from_json(values))
    return found


def differences(lock: PeriodLock, now: Lines) -> dict[str, dict[str, Values]]:
    """What the register says of the period beyond what was locked and told since; equal lines are left out."""
    before = told(lock)
    found: dict[str, dict[str, Values]] = {}
    for code, several in now.items():
        known = before.get(code, {})
        changed = {line: less(several.get(line, {}), known.get(line, {})) for line in {**known, **several}}
        if changed := {line: values for line, values in changed.items() if values}:
            found[code] = changed
    return found


def counted_now(book: Book, lock: PeriodLock, today: date) -> dict[str, Sheet]:
    return sheets(book, Span(lock.first_on, lock.last_on, today), None, Q())


def untold(book: Book, until: date, today: date) -> list[tuple[PeriodLock, dict[str, dict[str, Values]]]]:
    """Locked periods that end by the day and of which something is not told yet."""
    locks = PeriodLock.objects.filter(book=book.code, last_on__lte=until).prefetch_related("told_later")
    found = []
    for lock in locks:
        if differs := differences(lock, lines_of_sheets(counted_now(book, lock, today))):
            found.append((lock, differs))
    return found


def words_of(book: Book, differs: Mapping[str, Mapping[str, Values]]) -> list[str]:
    """表1：新收申请 +1. The sums of the tables, and the lines of those whose sums are the same."""
    tables = {one.code: one for one in book.tables}
    found = []
    for code, several in differs.items():
        if code in tables:
            values = several.get("") or add(*several.values())
            words = difference_words(tables[code].columns, values) or _("moved between lines")
            found.append(f"{tables[code].name}：{words}")
    return found


def refusals(book: Book, year: int, part: int, found: Mapping[str, Sheet], today: date) -> list[Refusal]:
    """Everything that keeps the period from being locked."""
    _first, last = days_of(year, part)
    locks = PeriodLock.objects.filter(book=book.code)
    listed = []
    if last >= today:
        text = _("The period ends on %(day)s; it can be locked from the day after.") % {"day": last.isoformat()}
        listed.append(Refusal("not-over", text, field="part"))
    if locks.filter(year=year, part=part).exists():
        listed.append(Refusal("locked", _("This period is locked already."), field="part"))
    if locks.filter(last_on__gt=last).exists():
        text = _("A later period is locked already: enter what is missing, it is told with the next one.")
        listed.append(Refusal("later-locked", text, field="part"))
    if not all(is_built(base) for base in book.bases):
        listed.append(
            Refusal("not-built", _("The tables are being built for the first time. Look again in some minutes."))
        )
    for one in found.values():
        for check in one.broken:
            if check.blocks:
                listed.append(Refusal(f"check-{check.code}", f"{one.table.name}：{check.message}"))
        for line in one.lines:
            blocking = [check for check in line.broken if check.blocks]
            for check in blocking[:NAMED]:
                listed.append(Refusal(f"check-{check.code}", f"{one.table.name}，{line.line.name}：{check.message}"))
    listed += [Refusal("between", text) for text in broken_between(book, found)]
    return listed


def prepare(book: Book, year: int, part: int, today: date) -> dict[str, Sheet]:
    """Wait for whoever is writing, and count; until the transaction ends nobody writes."""
    exclude(book.bases)
    return sheets(book, Span(*days_of(year, part), today), None, Q())


def lock(book: Book, data: Mapping[str, Any], found: Mapping[str, Sheet], actor: Any, today: date) -> PeriodLock:
    """Write the lock with its lines, tell the late entries of earlier periods with it, and seal the day."""
    first, last = days_of(data["year"], data["part"])
    late = untold(book, last, today)
    made = PeriodLock(
        book=book.code,
        year=data["year"],
        part=data["part"],
        first_on=first,
        last_on=last,
        known_on=today,
        lines=_each(lines_of_sheets(found), to_json),
        note=data["note"],
        filled_by=actor.full_name,
        filled_by_id=actor.pk,
        checked_by=data["checked_by"],
    )
    made.save()
    for earlier, differs in late:
        LateEntry(concerns=earlier, told_with=made, differences=_each(differs, to_json), note=data["note"]).save()
    for base in book.bases:
        seal(base, today)
    return made


@dataclass(frozen=True)
class Row:
    """A column of a locked table: as it was locked, with what was told since, and as the register says now."""

    column: Column
    locked: str
    told: str
    now: str

    @property
    def differs(self) -> bool:
        return len({self.locked, self.told, self.now}) > 1


@dataclass(frozen=True)
class Compared:
    """The sums of one table of a locked period beside what they are now: the restated value."""

    table: OfficialTable
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, table: OfficialTable, lock: PeriodLock, told: Lines, now: Lines) -> Compared:
        sums = [Full(one.get(table.code, {}).get("", {})) for one in (_each(lock.lines, from_json), told, now)]
        return cls(
            table, tuple(Row(one, *(printed(one, values[one.code]) for values in sums)) for one in table.columns)
        )


def of_period(book: str, year: int, part: int | None) -> PeriodLock | None:
    if part not in Part.values:
        return None
    return PeriodLock.objects.filter(book=book, year=year, part=part).first()
