"""The demo office's litigation: suits in all states and a year's backlog, made by the actions that users take."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from casemgr.actions.models import PerformedKey
from casemgr.operation.sweep import sweep
from litigation.demo import backlog, history
from litigation.demo.stories import STORIES
from litigation.demo.walk import Walker

HISTORY = 110
"""Suits of the three years before the stories, about a third of a second each."""
MOST = 400
"""As many of them at most, however many cases are asked for: all are made by the actions of users."""


def load(office: Mapping[str, Any], today: date, cases: int, seed: int) -> int:
    """Make the first `cases` stories, each once, by its key; with all of them the suits of three years and the backlog.

    Of more cases than `HISTORY` as many suits are made as are asked for, up to `MOST`.
    """
    stories = {f"demo-suit-{seed}-{number}": (number, story) for number, story in enumerate(STORIES[:cases])}
    is_whole = len(stories) == len(STORIES)
    if is_whole:
        size = min(max(HISTORY, cases - len(STORIES)), MOST)
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
