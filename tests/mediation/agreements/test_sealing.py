"""Whose hand may put the committee's seal under an agreement (art. 29; trap 7)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from casemgr.actions.errors import Forbidden, NotVisible
from casemgr.organisation.models import Unit
from mediation.models import Committee, Engagement
from mediation.organisations.sealing import may_seal
from tests.support.agreements import Table
from tests.support.mediation import COMMITTEE, committee
from tests.support.organisations import mediator_row
from tests.support.register import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def written(**facts) -> Table:
    table = Table(DAY, **facts)
    table.write(table.pay("1000"))
    table.sign_all()
    return table


def named_keeper(table: Table) -> None:
    """The mediator of the table is the seal keeper its committee has named."""
    row = Committee.objects.create(
        unit=committee(), kind="town", founded_by="镇政府", founded_on=DAY, term_from=DAY, term_until=date(2029, 11, 2)
    )
    row.seal_keeper = mediator_row(row, user=table.mediator)
    row.save()


def test_a_mediator_does_not_seal_unless_the_committee_named_him_keeper() -> None:
    table = written()
    with pytest.raises(Forbidden):
        table.act("seal_agreement", by=table.mediator)
    named_keeper(table)
    keeper = Engagement.objects.get(mediator__user=table.mediator)
    keeper.ended_on = DAY
    keeper.save()
    assert not may_seal(table.mediator, committee(), DAY)  # whoever has left keeps no seal
    keeper.ended_on = None
    keeper.save()
    assert table.act("seal_agreement", by=table.mediator).state == "TRACKING"


@pytest.mark.parametrize("role", ["committee", "mediator", "town"])
def test_nobody_of_another_committee_seals(role) -> None:
    table = written()
    other = Unit(code="150621100-TX", name="新民村人民调解委员会", short_name="新", kind="committee",
                 parent=Unit.objects.get(code=COMMITTEE).parent)  # fmt: skip
    other.save()
    stranger = person("stranger", role, at=other.code)
    with pytest.raises(NotVisible):
        table.act("seal_agreement", by=stranger)
    assert not may_seal(stranger, committee(), DAY)


def test_the_town_office_does_not_seal_for_the_committee() -> None:
    table = written()
    with pytest.raises(Forbidden):
        table.act("seal_agreement", by=table.town)
