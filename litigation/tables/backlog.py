"""The backlog as table T9 counts it: the items of a year's base, and those that fell due since, by what they are when.

Every item of a year is one thing after another up to the year's end: open, paused, cleared or written off. A number is
how many are what on the last day of the period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from casemgr.indicators.period import year_of
from casemgr.indicators.tables.facts import FOREVER, Mark, Named
from casemgr.indicators.tables.official import WHOLE
from casemgr.organisation.scope import ALL
from litigation.backlog.states import BacklogState
from litigation.indicators import DYNAMIC
from litigation.models import BacklogItem, BacklogYear, JointUnit, SnapshotEntry
from litigation.models.backlog import units_seen

ITEM, PAID = "item", "paid"
OPEN, PAUSED, CLEARED, WRITTEN_OFF = "open", "paused", "cleared", "written_off"
TAKEN, SINCE = "taken", "since"
DAY = timedelta(days=1)
COLUMNS = ("pk", "unit_id", "state", "amount_yuan", "performed_yuan", "c_on", "c_hit", "c_hit_on", "c_until_on")


def read(item_ids: Collection[int]) -> Iterator[Mark]:
    """The marks of these items: two queries a year, and one."""
    ids = list(item_ids)
    further: dict[int, list[int]] = defaultdict(list)
    for item, unit in JointUnit.objects.filter(item_id__in=ids).order_by("pk").values_list("item_id", "unit_id"):
        further[item].append(unit)
    for year in BacklogYear.objects.filter(snapshot_on__isnull=False).order_by("year").values_list("year", flat=True):
        taken = set(SnapshotEntry.objects.filter(year__year=year, item_id__in=ids).values_list("item_id", flat=True))
        rows = DYNAMIC.counting(year_of(year, date(year, 12, 31))).filter(pk__in=ids).order_by("pk")
        for row in rows.values(*COLUMNS):
            yield from _of_item(row, year, TAKEN if row["pk"] in taken else SINCE, further[row["pk"]])


def _of_item(row: Mapping[str, Any], year: int, since: str, further: Iterable[int]) -> Iterator[Mark]:
    values = {ITEM: row["amount_yuan"] or Decimal(0), PAID: row["performed_yuan"]}
    for phase, on, until in _phases(row, year):
        words = {"phase": phase, "since": since}
        lines = [(unit, {**words, "unit": str(unit), "whole": ""}) for unit in (row["unit_id"], *further)]
        for unit, dims in ((row["unit_id"], {**words, "unit": "", "whole": WHOLE}), *lines):
            for kind, value in values.items():
                yield Mark(kind, 0, unit, on, until, dims, value, row=row["pk"])


def _phases(row: Mapping[str, Any], year: int) -> Iterator[tuple[str, date, date]]:
    """What the item was from which day to before which; the last one ends with the year."""
    begun, last = row["c_on"], date(year, 12, 31)
    ended, what = FOREVER, ""
    if row["c_until_on"] != FOREVER:
        ended, what = row["c_until_on"], WRITTEN_OFF
    elif row["c_hit"]:
        ended, what = min(row["c_hit_on"], last), CLEARED  # by a target beyond the year's end, at that end
    ended = max(ended, begun)
    if ended > begun:
        yield (PAUSED if row["state"] == BacklogState.PAUSED else OPEN), begun, min(ended, last + DAY)
    if what and ended <= last:
        yield what, ended, last + DAY


def named(item_ids: Collection[int]) -> Mapping[int, Named]:
    rows = BacklogItem.objects.filter(pk__in=item_ids).select_related("number")
    return {one.pk: Named(one.number.text, f"{one.court_number}　{one.duty}", one.get_absolute_url()) for one in rows}


def reach(user: Any, today: date) -> Q:
    """Of the items that the person may see: each of them as a whole, and the lines of the person's own units."""
    units = units_seen(user, today)
    if units is ALL:
        return Q()
    items = BacklogItem.objects.visible_to(user, today).order_by().values("pk")
    return Q(dims__whole=WHOLE, row_id__in=items) | Q(dims__whole="", unit_id__in=units)
