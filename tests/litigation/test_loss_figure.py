"""The loss rate (T8) against a count by hand: one paper a suit, what was replaced or upheld above, and both lines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casemgr.actions.system import system_actor
from casemgr.indicators.definition import indicators
from casemgr.indicators.figures import table
from casemgr.indicators.period import year_of
from casemgr.indicators.rollup import refresh
from litigation.models import Instance, Ruling
from litigation.terms import Outcome
from tests.support.litigation import BUREAU, Suit, department
from tests.support.register import unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)
LOSING = ("annulled", "annulled_redo", "partly_annulled", "duty", "payment", "confirmed_illegal", "confirmed_void",
          "changed", "agreement")  # fmt: skip


def told(code: str, year: int = 2026, as_of: date = TODAY, user: Any = system_actor) -> tuple[int, int]:
    found = table(indicators()[code], year_of(year, as_of), user, TODAY).total
    return found.numerator, found.denominator


def both(**asked: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    return told("loss-rate", **asked), told("loss-rate-with-changes", **asked)


def paper(instance: Instance, outcome: str, on: date) -> Ruling:
    return Ruling.objects.create(in_instance=instance, order=1, kind="judgment", outcome=outcome, made_on=on)


@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_outcome_of_a_first_instance_counts_as_the_dossier_says(outcome: str) -> None:
    suit = Suit(date(2026, 6, 2))
    Ruling.objects.create(
        in_instance=suit.instance, order=1, kind="judgment", outcome=outcome, made_on=date(2026, 9, 1)
    )
    refresh([suit.pk])
    counted = outcome not in ("remanded", "transferred", "upheld", "not_filed")
    lost, changed = outcome in LOSING, outcome == "withdrawn_changed"
    assert both() == ((int(lost and counted), int(counted)), (int((lost or changed) and counted), int(counted)))


def test_a_suit_counts_once_by_the_paper_that_stands() -> None:
    suit = Suit(date(2026, 6, 2))
    first = paper(suit.instance, "annulled", date(2025, 12, 31))
    refresh([suit.pk])
    assert told("loss-rate", 2025) == (1, 1)
    assert told("loss-rate", 2025, date(2025, 12, 30)) == (0, 0)
    second = Instance.objects.create(
        case_id=suit.pk, order=2, level="second", court="鄂尔多斯市中级人民法院", court_key="x", earlier=suit.instance
    )
    upheld = paper(second, "upheld", date(2026, 3, 1))
    refresh([suit.pk])
    assert (told("loss-rate", 2025), told("loss-rate", 2026)) == ((1, 1), (0, 0))
    Ruling.objects.filter(pk=first.pk).update(is_replaced=True)
    Instance.objects.filter(pk=first.in_instance_id).update(outcome="annulled")
    Ruling.objects.filter(pk=upheld.pk).update(outcome="reversed")
    refresh([suit.pk])
    assert (told("loss-rate", 2025), told("loss-rate", 2026)) == ((0, 0), (0, 1))  # reversed: the agency has won
    Instance.objects.filter(pk=first.in_instance_id).update(outcome="claim_rejected")
    refresh([suit.pk])
    assert told("loss-rate", 2026) == (1, 1)


def test_a_suit_counts_at_the_responsible_unit_and_not_once_it_is_void() -> None:
    suit = Suit(date(2026, 6, 2))
    suit.judge(date(2026, 9, 1), outcome="annulled")
    by_unit = table(indicators()["loss-rate"], year_of(2026, TODAY), system_actor, TODAY)
    assert [line.label for line in by_unit.lines] == [suit.case.facts.responsible_unit.name]
    assert told("loss-rate", user=suit.actor) == (1, 1)
    assert told("loss-rate", user=department()) == (1, 1)
    assert told("loss-rate", user=department(at="150621-ZRJ")) == (0, 0)
    assert unit("150621-GAJ").name == BUREAU
    case = suit.case
    case.__dict__["state"] = "VOID"
    case.save()
    refresh([suit.pk])
    assert told("loss-rate") == (0, 0)
