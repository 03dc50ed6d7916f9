"""Cases put straight into the register, for tests of what follows from events. Flows register through the action."""

from __future__ import annotations

from datetime import date
from itertools import count

from casemgr.cases.models import Case
from casemgr.organisation.models import RoleAssignment, Unit, User
from casemgr.parties.models import Party
from reconsideration.models import ReconsiderationCase
from tests.support.register import agency, applicant, received_case

_serial = count(1)


def a_person(name: str) -> Party:
    return Party.objects.create(kind=Party.Kind.PERSON, name=name)


def a_user(role: str, unit_code: str = "150621-SFJ-FY", name: str = "李志强") -> User:
    """A user with one role; the log-in's name says which."""
    user = User.objects.create_user(f"{role}-{next(_serial)}", password="x", full_name=name)
    RoleAssignment.objects.create(user=user, role=role, unit=Unit.objects.get(code=unit_code))
    return user


def a_received_case(received_on: date, *, law: str = "2023", **facts) -> ReconsiderationCase:
    """One applicant against one agency, received on the day, deadlines derived as of that day."""
    serial = next(_serial)
    case = received_case(
        received_on, received_on, by=applicant(f"王宝音{serial}"), against=agency(f"达拉特旗第{serial}局")
    )
    if law != case.law_version or facts:
        from casemgr.cases.actions import settle

        case.law_version = law
        row = case.facts
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()
        settle(case, received_on)
    return fresh(case)


def fresh(case: Case) -> ReconsiderationCase:
    """The row as the database has it."""
    return ReconsiderationCase.objects.get(pk=case.pk)


def due(case: Case, rule: str, party: Party | None = None) -> date | None:
    """The due day of the case's only deadline of the rule (for the party)."""
    rows = case.deadlines.filter(rule=rule)
    return (rows.get(party=party) if party else rows.get()).due_on
