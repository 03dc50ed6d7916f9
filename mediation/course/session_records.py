"""Writing a session's record and its corrections. Nothing is ever overwritten: a correction is a further version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.cases.models import Participation, PersonalReminder
from mediation.course.people import current_mediators
from mediation.course.session_form import INVITED
from mediation.models import Attendee, MediationCase, Session

AGENTS = (Participation.Role.AGENT, Participation.Role.STATUTORY_AGENT)
COLUMNS = (
    *("starts_at", "ends_at", "place", "is_remote", "is_separate", "is_open", "is_joint"),
    *("statements", "proposals", "confidential", "result", "next_on", "recorder"),
)


def next_number(case: MediationCase) -> int:
    """Of the current round, counted from 1."""
    last = Session.objects.filter(case_id=case.pk, round=case.facts.round).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def write(case: MediationCase, data: Mapping[str, Any], **columns: Any) -> Session:
    """The record with everybody who took part."""
    values = {name: data[name] for name in COLUMNS} | {"together_reason": data.get("together_reason", "")} | columns
    session = Session.objects.create(case_id=case.pk, **values)
    refused = {part.pk for part in data["refused"]}
    for part in data["attended"]:
        has_refused = part.pk in refused
        Attendee.objects.create(
            session=session,
            participation=part,
            name=part.name,
            capacity=Attendee.Capacity.AGENT if part.role in AGENTS else Attendee.Capacity.PARTY,
            signed_how="" if has_refused else data["signed_how"],
            refused_to_sign=has_refused,
            refusal_reason=data["refusal_reason"] if has_refused else "",
        )
    for other in data["others"]:
        Attendee.objects.create(
            session=session,
            name=other["name"],
            capacity=other["capacity"],
            organ=other["organ"],
            parties_consent=other["capacity"] not in INVITED or data["invitation_agreed"],
            signed_how=data["signed_how"],
        )
    return session


def correct(session: Session, case: MediationCase, data: Mapping[str, Any], reason: str) -> Session:
    """A further version; what was said in confidence stays where the correction says nothing of it."""
    session.is_current = False
    session.save()
    kept = {"confidential": data["confidential"] or session.confidential}
    return write(
        case,
        data,
        round=session.round,
        number=session.number,
        version=session.version + 1,
        correction_reason=reason,
        **kept,
    )


def remind_of_next(case: MediationCase, session: Session) -> None:
    """The planned day stands on the work list of everybody who mediates; it is no statutory period."""
    if session.next_on is None:
        return
    people = {mediator.user_id for mediator in current_mediators(case) if mediator.user_id}
    people |= {case.lead_handler_id} if case.lead_handler_id else set()
    text = _("Session %(number)s of the mediation is planned for today") % {"number": session.number + 1}
    for user in people:
        PersonalReminder.objects.create(user_id=user, case_id=case.pk, on=session.next_on, text=text)


def forget_planned(case: MediationCase) -> None:
    """Reminders of planned sessions are done with once a session was held or the case has ended."""
    planned = Session.objects.filter(case_id=case.pk, next_on__isnull=False).values("next_on")
    open_ones = PersonalReminder.objects.filter(case_id=case.pk, on__in=planned, done_at__isnull=True)
    open_ones.update(done_at=timezone.now())
