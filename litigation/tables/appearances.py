"""Heads in court as table T7 counts them: the rows of the indicator, with everything its board tells of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from casemgr.indicators.tables.facts import Mark
from litigation.court.figures import COLUMNS, UnitLine
from litigation.models import Appearance, Standing
from litigation.tables.suits import YES
from litigation.terms import SessionKind

HEARD = "heard"


def marks(case_ids: Collection[int]) -> Iterator[Mark]:
    """One a court number and agency of the banner that was heard, on the day of the first session.

    Without files entered by mistake.
    """
    heard = Standing.objects.filter(in_instance__case_id__in=case_ids, heard_on__isnull=False).exclude(seen="")
    ids = list(heard.order_by().values_list("pk", flat=True))
    if not ids:  # of most files: a session is held once in a course of many steps
        return
    found = Standing.objects.filter(pk__in=ids, participation__party__unit__isnull=False)
    found = found.exclude(in_instance__case__state="VOID")
    standings = list(found.select_related("participation__party", "in_instance"))
    rows: dict[int, list[Appearance]] = defaultdict(list)
    held = Appearance.objects.filter(standing__in=[one.pk for one in standings], session__held_on__isnull=False)
    for row in held.filter(session__kind=SessionKind.SESSION):
        rows[row.standing_id].append(row)
    for one in standings:
        line, unit = UnitLine(one, tuple(rows[one.pk])), one.participation.party.unit_id
        told = {code: YES if column.counts(line) else "" for code, column in COLUMNS.items()}
        dims = {"unit": str(unit), "level": one.in_instance.level, "seen": one.seen, **told}
        yield Mark(HEARD, one.in_instance.case_id, unit, one.heard_on, one.heard_on, dims, row=one.pk)
