"""Mediation cases for tests, written directly: a committee, its people, a dispute between two neighbours."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import Part
from casemgr.organisation.models import Unit
from mediation.course.people import parties_of, present_of
from mediation.models import MediationCase, MediationFacts
from mediation.registration.recording import create_case
from mediation.terms import DisputeType, Source
from tests.support.register import applicant, person, record

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


def accepted(accepted_on: date, today: date, **kwargs: Any) -> MediationCase:
    """The same dispute, taken on that day."""
    case = dispute(accepted_on, today, **kwargs)
    record(case, today, ("accepted", accepted_on), state="ACCEPTED")
    return case


def start(case: MediationCase, by: Any, on: date, today: date | None = None, **data: Any) -> MediationCase:
    """`by` leads the mediation, everybody is told rights and duties, and it begins."""
    parts = [part.pk for part in parties_of(case)]
    values = {"on": on, "lead": by.pk, "chosen": "parties", "has_relation": "no", "told": parts, "how": "paper"}
    return perform("mediation.begin", case, {**values, **data}, by, today or on)


def mediating(on: date, today: date | None = None, *, by: Any = None, **kwargs: Any) -> MediationCase:
    """A dispute taken on and begun on that day, led by `by`."""
    by = by or mediator()
    return start(accepted(on, today or on, handler=by, **kwargs), by, on, today)


def session(case: MediationCase, by: Any, on: date, today: date | None = None, **data: Any) -> MediationCase:
    """One session in which everybody came and signed; adjourned unless `result` says otherwise."""
    came = [part.pk for part in present_of(case)]
    values = {"on": on, "starts": "09:00", "ends": "11:30", "attended": came, "statements": "双方陈述了经过。",
              "result": "adjourned", "signed_how": "signature", "recorder": "其木格"}  # fmt: skip
    return perform("mediation.record_session", case, {**values, **data}, by, today or on)
