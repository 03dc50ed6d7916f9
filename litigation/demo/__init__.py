"""The demo office's litigation: suits in all states and a year's backlog, made by the actions that users take."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from casemgr.actions.models import PerformedKey
from casemgr.operation.sweep import sweep
from litigation.demo import backlog
from litigation.demo.stories import STORIES
from litigation.demo.walk import Walker


def load(office: Mapping[str, Any], today: date, cases: int, seed: int) -> int:
    """Make the first `cases` stories, each once, by its key; with all of them the backlog as well."""
    stories = list(enumerate(STORIES[:cases]))
    keys = {number: f"demo-suit-{seed}-{number}" for number, _story in stories}
    known = set(PerformedKey.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    walkers = [
        Walker(story, number, office, today, keys[number], random.Random(keys[number]))
        for number, story in stories
        if keys[number] not in known
    ]
    walks = [walker.walk() for walker in walkers]
    if len(stories) == len(STORIES):
        walks += backlog.walks(office, today, seed)
    _walk_together(walks, today)
    if walks:
        sweep(today)
    return len(walkers)


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
