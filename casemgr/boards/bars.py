"""Pictures of a number of cases divided by one thing: bars that open the cases they count, the most first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count as Rows
from django.utils.functional import Promise

from casemgr.boards.measures import Count
from casemgr.cases.queries import CaseQuerySet
from casemgr.pages.charts import Chart, Kind, Series, Value

Text = str | Promise
Part = tuple[Any, Text, int]
"""Key in the address (None: nobody), name, number of cases."""


def divided(cases: CaseQuerySet, key: str, name: str, nobody: Text) -> list[Part]:
    """The cases by a column, the most first; `nobody` names those in which it is empty."""
    found = cases.order_by().values_list(key, name).annotate(rows=Rows("pk")).order_by("-rows", key)
    return [(pk, words or nobody, rows) for pk, words, rows in found]


def bars(
    count: Count,
    by: str,
    parts: Sequence[Part],
    *,
    code: str,
    title: Text,
    head: Text,
    words: Text,
    summary: Text,
    nothing: Text,
    is_bad: bool = False,
) -> Chart:
    """One bar a part. `by`: how `count` is asked for the part's cases; `words`: what the bars show."""
    return Chart(
        code=code,
        title=title,
        kind=Kind.BARS,
        head=head,
        labels=tuple(name for _key, name, _rows in parts),
        series=(
            Series(words, tuple(Value(rows, count.address(**{by: key})) for key, _name, rows in parts), is_bad=is_bad),
        ),
        summary=summary,
        nothing=nothing,
    )


__all__ = ["bars", "divided"]
