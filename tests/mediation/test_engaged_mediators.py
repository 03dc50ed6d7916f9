"""Only mediators whom the register holds as engaged on the day may be chosen (Mediation Law, art. 13, 14)."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import GuardRefused
from casemgr.actions.perform import perform
from mediation.models import Committee, Engagement
from mediation.organisations.days import term_end
from tests.support.mediation import COMMITTEE, accepted, committee, mediator, start
from tests.support.organisations import mediator_row
from tests.support.register import person

pytestmark = pytest.mark.django_db
FOUNDED, DAY = date(2025, 3, 3), date(2026, 9, 1)


@pytest.fixture
def register(db) -> Committee:
    """The committee's entry in the register, still without mediators."""
    return Committee.objects.create(
        unit=committee(), kind="town", founded_by="树林召镇", founded_on=FOUNDED, term_from=FOUNDED,
        term_until=term_end(FOUNDED),
    )  # fmt: skip


def begin(by, **data):
    return start(accepted(DAY, DAY, handler=by), by, DAY, **data)


def replace(case, by, **data):
    leaves = case.mediators.get(role="lead").pk
    told = {"on": DAY, "leaves": leaves, "reason": "当事人申请", "asked_by": "party", "chosen": "parties"}
    return perform("mediation.replace_mediator", case, told | {"has_relation": "no"} | data, by, DAY)


def test_without_a_register_or_mediators_in_it_everybody_is_chosen_as_before(register) -> None:
    assert begin(mediator()).state == "MEDIATING"


def test_who_is_dismissed_or_was_never_engaged_is_not_chosen(register) -> None:
    lead, stranger = mediator(), person("stranger", "mediator", at=COMMITTEE, full_name="陌生人")
    mediator_row(register, lead.full_name, user=lead)
    with pytest.raises(GuardRefused) as refused:
        begin(stranger)
    assert [one.code for one in refused.value.refusals] == ["not-engaged"] and "陌生人" in refused.value.message
    with pytest.raises(GuardRefused):
        begin(lead, other_names="无名氏")
    case = begin(lead)
    with pytest.raises(GuardRefused):
        replace(case, lead, person=stranger.pk)
    Engagement.objects.update(ended_on=DAY)
    with pytest.raises(GuardRefused):
        begin(lead)


def test_the_name_decides_without_account_and_a_recorder_is_no_mediator(register) -> None:
    lead, stranger = mediator(), person("stranger", "mediator", at=COMMITTEE, full_name="陌生人")
    mediator_row(register, lead.full_name)
    mediator_row(register, "乌日娜")
    case = begin(lead, other_names="乌日娜", recorder=stranger.pk)
    assert case.mediators.count() == 3
