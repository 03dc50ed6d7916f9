"""The demo office's disputes: lawful, in all states, made by the actions that users take; and what goes with them.

Who mediates, where, and for which committee comes from the demo's organisations, which are made first.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from casemgr.actions.models import PerformedKey
from casemgr.operation.sweep import sweep
from mediation.demo import departments, returns, screening
from mediation.demo.crowd import Crowd
from mediation.demo.stories import STORIES
from mediation.demo.walk import Walker
from mediation.organisations import demo as organisations

BY_ACTIONS = 300
"""Up to so many demo cases only the stories are made; above it all others come by the bulk lane, without papers."""


def load(office: Mapping[str, Any], today: date, cases: int, seed: int) -> int:
    """Make the organisations, then the stories, and of many `cases` the rest as a crowd; each once, by its key."""
    organisations.load(office, today, cases, seed)
    stories = list(enumerate(STORIES[:cases]))
    keys = {number: f"demo-dispute-{seed}-{number}" for number, _story in stories}
    known = set(PerformedKey.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    walkers = [
        Walker(story, number, office, today, keys[number], random.Random(keys[number]))
        for number, story in stories
        if keys[number] not in known
    ]
    is_small_office = len(walkers) == len(STORIES) and cases <= BY_ACTIONS
    if is_small_office:
        screening.set_up(office, today)
        screening.go_round(office, today)
    crowd = Crowd(office, today, cases - len(stories) if cases > BY_ACTIONS else 0, seed)
    made = crowd.write() + len(walkers)
    _walk_together(walkers, today)
    if is_small_office:
        _beside(office, today, walkers)
    if made:
        sweep(today)
    return made


def _beside(office: Mapping[str, Any], today: date, walkers: Sequence[Walker]) -> None:
    """What committees, towns, the bureau and departments do beside the disputes themselves."""
    screening.hand_in(office, today)
    departments.enter(office, today, next(one.case for one in walkers if one.story.kind == "0702"))
    returns.submit(office, today)
    returns.correct(office, today)
    returns.pay(office, today)


def _walk_together(walkers: list[Walker], today: date) -> None:
    """Every day in its order, whatever dispute it belongs to; what lies after `today` has not happened."""
    waiting: list[tuple[date, int, Any]] = []
    for number, walker in enumerate(walkers):
        walk = walker.walk()
        heapq.heappush(waiting, (next(walk), number, walk))
    while waiting:
        _day, number, walk = heapq.heappop(waiting)
        following = next(walk, None)
        if following is not None and following <= today:
            heapq.heappush(waiting, (following, number, walk))
