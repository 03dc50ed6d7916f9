"""The demo office's reconsideration cases: lawful, in all states, made by the actions that users take."""

from __future__ import annotations

import heapq
import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from casemgr.actions.models import PerformedKey
from casemgr.operation.sweep import sweep
from reconsideration.demo import desk, hearings
from reconsideration.demo.clerk import Days
from reconsideration.demo.crowd import Crowd
from reconsideration.demo.openness import open_to_the_public
from reconsideration.demo.stories import STORIES, story
from reconsideration.demo.walk import Plan, Walker

BY_ACTIONS = 300
"""Demo cases that are made by the actions of users, about a third of a second each."""


def load(office: Mapping[str, Any], today: date, cases: int, seed: int) -> int:
    """Make `cases` cases, day by day from the past up to `today`, so that their numbers stand in the order of receipt.

    The same seed gives the same cases; those that exist already stay, and are not made again. Above `BY_ACTIONS` the
    stories are made once by actions, with their papers, and all further cases by the bulk lane, without papers.
    """
    plans = _plans(today, min(cases, BY_ACTIONS), seed)
    known = set(PerformedKey.objects.filter(key__in=[plan.key for plan in plans]).values_list("key", flat=True))
    if cases > BY_ACTIONS:
        plans = [plan for plan in plans if plan.number < len(STORIES) or plan.key in known]
    walkers = [Walker(plan, office) for plan in plans if plan.key not in known]
    crowd = Crowd(office, today, cases - len(plans), seed)
    _walk_together(walkers, today, crowd)
    if made := len(walkers) + crowd.made:
        hearings.load(office, today)
        sweep(today)
    desk.equip(office, today)
    open_to_the_public(office, today)
    return made


def _plans(today: date, cases: int, seed: int) -> list[Plan]:
    plans: list[Plan] = []
    for number in range(cases):
        key = f"demo-{seed}-{number}"
        chance = random.Random(key)
        plans.append(Plan(number, story(number), Days(today), key, chance, plans))
    return plans


def _walk_together(walkers: list[Walker], today: date, crowd: Crowd) -> None:
    """Every office day in its order, whatever case it belongs to; what lies after `today` has not happened."""
    registering = set(range(len(walkers)))
    waiting: list[tuple[date, int, Any]] = []
    for number, walker in enumerate(walkers):
        walk = walker.walk()
        heapq.heappush(waiting, (next(walk), number, walk))
    while waiting:
        day, number, walk = heapq.heappop(waiting)
        if number in registering:
            registering.remove(number)
            crowd.upto(day)
        step = next(walk, None)
        if step is not None and step <= today:
            heapq.heappush(waiting, (step, number, walk))
    crowd.upto(today)
