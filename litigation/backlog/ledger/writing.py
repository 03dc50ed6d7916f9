"""Writing items out in the columns of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from casemgr.ledgers.readers import BATCH, Reader
from litigation.backlog.ledger.columns import DAYS, DUTY, KIND, KINDS, NUMBER, UNIT
from litigation.backlog.states import GONE
from litigation.models import BacklogItem

JOINED = "；"
"""Between the measures of one item in its cell."""


def rows(year: int, reader: Reader) -> Iterator[Mapping[str, Any]]:
    """The stock of a year: items whose term had ended by its end and that were not cleared before it began."""
    found = BacklogItem.objects.exclude(state__in=GONE).filter(
        Q(cleared_on__isnull=True) | Q(cleared_on__year__gte=year), perform_due_on__year__lte=year
    )
    if reader.user is not None:
        found = found.visible_to(reader.user, reader.today)
    ordered = with_content(found).order_by("perform_due_on", "court_key", "duty", "pk")
    return (row_of(item) for item in ordered.iterator(chunk_size=BATCH))


def with_content(found: Any) -> Any:
    """With all that `row_of` reads."""
    return found.select_related("unit").prefetch_related("joint_units__unit", "measures")


def row_of(item: BacklogItem) -> dict[str, str]:
    """An item in the ledger's columns; what is not known stays empty."""
    joint = sorted(item.joint_units.all(), key=lambda one: one.pk)
    measures = sorted(item.measures.all(), key=lambda one: (one.on, one.pk))
    return {
        UNIT: "、".join([item.unit.name, *(one.unit.name for one in joint)]),
        NUMBER: item.court_number,
        KIND: next(word for word, code in KINDS.items() if code == item.ruling_kind),
        "裁判结果": item.outcome,
        DUTY: item.duty,
        "金额": "" if item.amount_yuan is None else f"{item.amount_yuan:.2f}",
        "已履行金额": f"{item.performed_yuan:.2f}" if item.performed_yuan or item.amount_yuan is not None else "",
        "包案领导": item.leader,
        "化解措施": JOINED.join(one.text for one in measures)[:500],
        "销号依据": item.proof if item.cleared_on else "",
        "备注": item.note,
        **{column: _written(item, name) for column, name in DAYS.items()},
    }


def _written(item: BacklogItem, name: str) -> str:
    """The day as exactly as it is known, in the words of the source."""
    day = getattr(item, name)
    if day is None:
        return ""
    for known in item.known_to_month:
        column, _mark, words = known.partition("=")
        if column == name:
            return words or f"{day:%Y-%m}"
    return day.isoformat()


__all__ = ["row_of", "rows", "with_content"]
