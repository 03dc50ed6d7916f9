"""Mediation cases for tests, written directly: a committee, its people, a dispute between two neighbours."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import Part
from casemgr.organisation.models import Unit
from mediation.models import MediationCase, MediationFacts
from mediation.registration.recording import create_case
from mediation.terms import DisputeType, Source
from tests.support.register import applicant, person

TOWN = "150621100"
COMMITTEE = "150621100-TW"


def committee(code: str = COMMITTEE, name: str = "树林召镇人民调解委员会", short_name: str = "树") -> Unit:
    """A committee below the town of 树林召, made once."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        found = Unit(
            code=code,
            name=name,
            short_name=short_name,
            kind=Unit.Kind.COMMITTEE,
            parent=Unit.objects.get(code=TOWN),
        )
        found.save()
    return found


def mediator(username: str = "mediator-1", *roles: str, at: Unit | None = None) -> Any:
    """Somebody of the committee; a mediator unless other roles are given."""
    return person(username, *(roles or ("mediator",)), at=(at or committee()).code, full_name="刘根喜")


def dispute(registered_on: date, today: date, *, handler: Any = None, at: Unit | None = None, **facts: Any):
    """A registered dispute between 王宝音 and 李四, with its events and clocks."""
    values = {
        "source": Source.APPLICATION,
        "sub_source": "oral",
        "dispute_type": DisputeType.NEIGHBOURS,
        "place": "新民村",
        "summary": "因宅基地边界发生争执。",
        **facts,
    }
    with transaction.atomic():
        case: MediationCase = create_case(
            parts=[Part(applicant("王宝音"), "applicant"), Part(applicant("李四"), "respondent")],
            facts=MediationFacts(**values),
            unit=at or committee(),
            lead_handler=handler,
            opened_on=registered_on,
            today=today,
        )
        events.record(case, "registered", registered_on)
        if values["source"] == Source.APPLICATION:
            events.record(case, "application_received", registered_on)
        settle(case, today)
    return case
