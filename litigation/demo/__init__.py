"""The demo office's litigation: suits in all states and a year's backlog, made by the actions that users take."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from casemgr.actions.models import PerformedKey
from casemgr.actions.perform import perform
from casemgr.operation.sweep import sweep
from litigation.demo import backlog, history
from litigation.demo.stories import STORIES
from litigation.demo.walk import Walker
from litigation.indicators import PLAN
from litigation.models import AppearanceLine, AssessedLine

HISTORY = 80
"""Suits of the three years before the stories, each two thirds of a second; more where more cases are asked for."""
MOST = 400
"""As many of them at most: all are made by the actions of users."""


def load(office: Mapping[str, Any], today: date, cases: int, seed: int) -> int:
    """Make the first `cases` stories, each once, by its key; with all of them the past and the backlog as well."""
    stories = {f"demo-suit-{seed}-{number}": (number, story) for number, story in enumerate(STORIES[:cases])}
    is_whole = len(stories) == len(STORIES)
    if is_whole:
        size = size_of_past(cases)
        stories |= {
            f"demo-suit-{seed}-of-{size}-{number}": (100 + number, story)
            for number, story in enumerate(history.stories(size, today, seed))
        }
    known = set(PerformedKey.objects.filter(key__in=stories).values_list("key", flat=True))
    walkers = [
        Walker(story, number, office, today, key, random.Random(key))
        for key, (number, story) in stories.items()
        if key not in known
    ]
    walks = [walker.walk() for walker in walkers]
    if is_whole:
        walks += backlog.walks(office, today, seed)
    _walk_together(walks, today)
    if walks:
        sweep(today)
    if is_whole:
        _aim(office, today)
    return len(walkers)


def size_of_past(cases: int) -> int:
    """How many suits of the three years a demo of so many cases has."""
    return min(max(HISTORY, cases - len(STORIES)), MOST)


def _aim(office: Mapping[str, Any], today: date) -> None:
    """What the year's plan asks of heads in court: 98 per cent, absences with a good reason taken out."""
    if AssessedLine.objects.filter(year=today.year).exists():
        return
    plan = f"{today.year}年度法治政府建设考核细则"
    line = {"year": today.year, "line": AppearanceLine.JUSTIFIED, "reason": f"{plan}：有正当理由并附材料的不计入"}
    perform("litigation.set_assessed_line", None, line, office["liaison"], today)
    target = {"indicator": AppearanceLine.JUSTIFIED, "year": today.year, "value": PLAN, "reason": plan}
    perform("indicators.set_target", None, target, office["leader"], today)


def _walk_together(walks: Sequence[Iterator[date]], today: date) -> None:
    """Every day in its order, whatever it belongs to; what lies after `today` has not happened."""
    waiting: list[tuple[date, int, Iterator[date]]] = []
    for number, walk in enumerate(walks):
        if (day := next(walk, None)) is not None and day <= today:
            heapq.heappush(waiting, (day, number, walk))
    while waiting:
        _day, number, walk = heapq.heappop(waiting)
        following = next(walk, None)
        if following is not None and following <= today:
            heapq.heappush(waiting, (following, number, walk))
