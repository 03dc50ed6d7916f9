"""A small office for tests: people with roles, parties, and reconsideration cases as a clerk would leave them.

Rows are written directly, without `perform`, so that pages can be tested with hundreds of them.
"""

from __future__ import annotations

import time
from datetime import date
from itertools import count
from typing import Any
from unittest import mock

from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Act, Case, Participation
from casemgr.cases.search import index_title
from casemgr.organisation.models import RoleAssignment, Unit
from casemgr.parties.models import Party
from reconsideration.models import ACCEPTANCE_TESTS, ReconsiderationCase, ReconsiderationFacts
from reconsideration.terms import Track

OFFICE, OTHER = "150621-SFJ-FY", "150621-GAJ"
_sequence = count(1)


def unit(code: str = OFFICE) -> Unit:
    return Unit.objects.get(code=code)


def person(username: str, *roles: str, at: str = OFFICE, full_name: str = "李志强") -> Any:
    """A user who holds the roles at one unit."""
    user = get_user_model().objects.create(username=username, full_name=full_name)
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role, unit=unit(at))
    return user


def applicant(name: str = "王宝音") -> Party:
    return Party.objects.create(kind=Party.Kind.PERSON, name=name)


def agency(name: str = "达拉特旗公安局") -> Party:
    found = Party.objects.filter(name=name).first()
    return found or Party.objects.create(kind=Party.Kind.AGENCY, name=name)


def received_case(
    received_on: date,
    today: date,
    *,
    handler: Any = None,
    at: str = OFFICE,
    title: str = "不服行政处罚决定",
    by: Party | None = None,
    against: Party | None = None,
) -> ReconsiderationCase:
    """An application that came in on `received_on`, with its review period running."""
    number = next(_sequence)
    against = against or agency()
    case = ReconsiderationCase(
        number=f"达政复字〔{received_on.year}〕{number}号",
        number_year=received_on.year,
        number_sequence=number,
        procedure="reconsideration",
        title=title,
        act=Act.objects.create(agency=against, number=f"达公罚字〔2026〕{number}号", kind="penalty"),
        unit=unit(at),
        lead_handler=handler,
        state="RECEIVED",
        stage="intake",
        opened_on=received_on,
        law_version="2023",
    )
    case.save()
    index_title(case)
    ReconsiderationFacts.objects.create(case_id=case.pk, application_method="in_person", track=Track.ORDINARY)
    for party, role in ((by or applicant(), "applicant"), (against, "respondent")):
        Participation.objects.create(case_id=case.pk, party=party, role=role, name=party.name)
    record(case, today, ("received", received_on))
    return case


def record(case: Case, today: date, *happened: tuple[str, date], state: str = "") -> None:
    """Add events as they happened and derive what is due; `state` is where the case then stands."""
    for kind, on in happened:
        party = None
        if kind in ("copy_served", "reply_received"):
            party = case.participations.get(role="respondent").party
        events.record(case, kind, on, party=party)
    if state:
        # As a row loaded from the database would stand: tests take no transition.
        case.__dict__["state"] = state
    settle(case, today)


def pass_all_tests(case: ReconsiderationCase) -> None:
    facts = case.facts
    facts.acceptance_tests = {str(test.item): {"met": True, "note": ""} for test in ACCEPTANCE_TESTS}
    facts.save()


def queries(client: Any, address: str) -> tuple[int, Any]:
    """How many queries a page costs on a second look (the first may stamp the session), and the answer.

    For processes the time stands still meanwhile: what they keep and look at again every few seconds (the calendar,
    the office's name) does not come due between the two looks on a slow machine.
    """
    moment = time.monotonic()
    with mock.patch("time.monotonic", lambda: moment):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
    return len(captured), answer
