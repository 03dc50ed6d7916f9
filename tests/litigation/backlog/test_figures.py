"""The clearance as an indicator, on the board and by hand: one figure, for whoever looks, on any day."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import Table, table
from casemgr.indicators.period import year_of
from casemgr.indicators.rows import listing
from litigation.backlog.figures import board_of, items_of
from litigation.models import BacklogItem, BacklogYear, SnapshotEntry
from tests.litigation.backlog.test_items import SNAPSHOT, TODAY, act, cleared, keeper, unit, verified, year
from tests.support.litigation import department

__all__ = ["keeper", "year"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def read(code: str, as_of: date = TODAY, user: Any = system_actor, of: int = 2026) -> Table:
    return table(indicators()[code], year_of(of, as_of), user, TODAY)


def sums(found: Table) -> tuple[int, int]:
    return found.total.numerator, found.total.denominator


@pytest.fixture
def items(keeper: Any, year: BacklogYear) -> list[BacklogItem]:
    """Thirty items of two units, some of both, through every state; twenty-four of them were taken into the base."""
    chance = random.Random(5)
    made = []
    for number in range(24):
        units = [unit("150621-GAJ"), unit("150621-ZRJ")]
        chance.shuffle(units)
        joint = {"joint_units": [units[1].pk]} if number % 5 == 0 else {}
        made.append(verified(keeper, number + 1, unit=units[0].pk, **joint))
    perform("backlog.take_snapshot", BacklogYear.objects.get(), {"on": SNAPSHOT}, keeper, TODAY)
    for number in range(24, 30):
        due = SNAPSHOT + (number - 23) * 9 * DAY
        made.append(verified(keeper, number + 1, on=due + DAY, perform_due_on=due))
    for number, item in enumerate(made):
        if number % 4 == 0:
            cleared(item, keeper, SNAPSHOT + number * DAY)
        elif number % 7 == 1:
            act("pause", item, keeper, on=TODAY, court_paper="再审裁定", reason="再审")
        elif number % 11 == 2:
            act("write_off", item, keeper, on=SNAPSHOT + 20 * DAY, court_paper="撤销裁定", reason="裁判被撤销")
        elif number % 6 == 3:
            cleared(item, keeper, SNAPSHOT + 3 * DAY)
            act("reopen", item, keeper, on=TODAY, reason="凭证虚假", performed_yuan="100.00")
    return made


def by_hand(as_of: date, *, dynamic: bool) -> tuple[int, int]:
    """Item by item, as a person would."""
    taken = set(SnapshotEntry.objects.values_list("item_id", flat=True))
    hits = counted = 0
    for item in BacklogItem.objects.all():
        is_since = dynamic and item.pk not in taken and SNAPSHOT < item.perform_due_on <= as_of
        if as_of < SNAPSHOT or not (item.pk in taken or is_since) or item.state in ("candidate", "dropped"):
            continue
        if item.state == "written_off" and (item.pk not in taken or item.written_off_on <= as_of):
            continue
        counted += 1
        hits += item.state == "cleared" and item.cleared_on <= min(as_of, date(2026, 12, 31))
    return hits, counted


@pytest.mark.parametrize("as_of", [SNAPSHOT - DAY, SNAPSHOT, SNAPSHOT + 10 * DAY, SNAPSHOT + 25 * DAY, TODAY])
def test_the_clearance_equals_a_count_by_hand_on_any_day(items: Any, as_of: date) -> None:
    assert sums(read("backlog-clearance", as_of)) == by_hand(as_of, dynamic=False)
    assert sums(read("backlog-clearance-dynamic", as_of)) == by_hand(as_of, dynamic=True)


def test_board_and_indicator_show_one_figure_to_everybody(items: Any, keeper: Any, year: BacklogYear) -> None:
    plan = BacklogYear.objects.get()
    for user in (keeper, department(), department(at="150621-ZRJ")):
        board = board_of(plan, TODAY, seen=BacklogItem.objects.visible_to(user, TODAY))
        base, dynamic = read("backlog-clearance", user=user), read("backlog-clearance-dynamic", user=user)
        assert sums(base) == (board.figure.cleared, board.figure.base)
        assert sums(dynamic) == (board.dynamic.cleared, board.dynamic.base)
        assert base.total.rate == board.figure.percent
        assert base.total.reached is board.figure.is_reached
        assert base.total.needed == board.figure.missing
        assert base.target is not None and (base.target.value, base.target.by_on) == (plan.target, plan.target_on)
        theirs = {line.key: (line.figure.numerator, line.figure.denominator) for line in base.lines}
        assert theirs == {str(line.unit.pk): (line.figure.cleared, line.figure.base) for line in board.lines}
    assert 0 < board.figure.base < 24


def test_each_number_opens_exactly_its_items(items: Any, keeper: Any, year: BacklogYear, client: Client) -> None:
    plan, one = BacklogYear.objects.get(), indicators()["backlog-clearance"]
    period = year_of(2026, TODAY)
    for part, kind in (("counted", "base"), ("hit", "cleared"), ("missed", "open")):
        listed = listing(one, period, keeper, TODAY, {}, part)
        wanted = set(items_of(plan, kind, TODAY).values_list("pk", flat=True))
        assert {row.row_id for row in listed.first()} == wanted
    for line in read("backlog-clearance", user=keeper).lines:
        listed = listing(one, period, keeper, TODAY, {"unit": line.key})
        assert len(listed.first()) == line.figure.denominator
        assert all(row.link.startswith("/") for row in listed.lines(listed.first()))


def test_a_year_without_a_base_has_nothing_to_count(keeper: Any, year: BacklogYear) -> None:
    verified(keeper)
    for code in ("backlog-clearance", "backlog-clearance-dynamic"):
        for of in (2025, 2026):
            found = read(code, of=of)
            assert (sums(found), found.total.rate, found.total.reached) == ((0, 0), None, None)
    with pytest.raises(InvalidInput):  # the plan of the backlog says its target
        perform("indicators.set_target", None, {"indicator": "backlog-clearance", "year": 2026, "value": "98",
                                                "reason": "x"}, _leader(), TODAY)  # fmt: skip


def _leader() -> Any:
    from tests.support.register import person

    return person("leader", "leader", at="150621")
