"""From the filled form to the case: parties, the look for the same dispute, case, consents, and what starts clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.actions.errors import InvalidInput
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import Part
from casemgr.cases.links import link
from casemgr.cases.models import CaseLink, Participation
from mediation.models import Consent, MediationCase, MediationFacts
from mediation.registration.form import RegisterForm
from mediation.registration.people import SIDES, Role
from mediation.registration.recording import body_of, create_case
from mediation.registration.same_dispute import similar_disputes
from mediation.terms import Source

SHANGHAI = ZoneInfo("Asia/Shanghai")
COPIED = (
    *("source", "sub_source", "dispute_type", "sub_type", "place", "town", "summary", "claims", "found_how"),
    *("amount_yuan", "amount_is_approximate", "other_side_unknown", "risk_flags", "tags"),
    *("court_track", "on_platform"),
)


def register_dispute(form: RegisterForm, data: Mapping[str, Any], actor: Any, today: date) -> MediationCase:
    """Write one dispute. :raises InvalidInput: a contradiction with the registry, or the same dispute unjudged."""
    parts = form.parts(actor, today)
    _look_for_the_same(form, data, parts, actor, today)
    case = create_case(
        parts=parts,
        facts=_facts(data),
        unit=body_of(data["unit"]) if data["unit"] else form.default_unit,
        lead_handler=actor,
        opened_on=data["registered_on"],
        today=today,
    )
    _record_consents(case, data, parts, form.consents())
    _record_events(case, data)
    if (earlier := data["previous_case"]) is not None:
        link(CaseLink.Kind.CONTINUES, case, earlier)
    settle(case, today)
    return case


def _facts(data: Mapping[str, Any]) -> MediationFacts:
    is_referred = data["source"] == Source.REFERRED
    told = [data["organ"], data["organ_number"], data["papers"]] if is_referred else []
    return MediationFacts(
        **{name: data[name] for name in COPIED},
        people=data["number_of_people"],
        requested_at=_requested_at(data),
        court=data["organ"] if is_referred and data["court_track"] else "",
        source_note="；".join(filter(None, told)),
    )


def _requested_at(data: Mapping[str, Any]) -> datetime | None:
    """The moment that interrupts the limitation period; without an hour now, or that day's beginning."""
    if data["source"] != Source.APPLICATION:
        return None
    on, at = data["requested_on"], data.get("requested_time")
    if at is None:
        now = timezone.localtime(timezone.now(), SHANGHAI)
        at = now.time().replace(second=0, microsecond=0) if on == now.date() else time(0)
    return datetime.combine(on, at, SHANGHAI)


def _look_for_the_same(form: RegisterForm, data: Mapping[str, Any], parts: list[Part], actor: Any, today: date) -> None:
    if data["same_checked"] or data["previous_case"] is not None:
        return
    sides = [[part.party for part in parts if part.role == role] for role in (Role.APPLICANT, Role.RESPONDENT)]
    form.similar = similar_disputes(*sides, actor, today)
    if form.similar:
        numbers = "、".join(one.number for one in form.similar)
        form.add_error(
            "same_checked",
            _(
                "These parties have a dispute in the register already: %(numbers)s. Look at it first; then say that "
                "this one goes on from it, or is another."
            )
            % {"numbers": numbers},
        )
        raise InvalidInput(form)


def _record_consents(
    case: MediationCase, data: Mapping[str, Any], parts: list[Part], told: list[tuple[str, date] | None]
) -> None:
    """Who applies agrees (art. 17); who is present when it is taken on at once has agreed; others as asked."""
    on = data["registered_on"]
    answers = {(part.party.pk, part.role): answer for part, answer in zip(parts, told, strict=True)}
    rows = Participation.objects.filter(case_id=case.pk, role__in=SIDES).select_related("party").order_by("pk")
    for part in rows:
        answer, how = answers.get((part.party_id, part.role)), ""
        if answer is None and data["accept_now"]:
            answer, how = (Consent.Answer.AGREED, on), _("Present, agreed on the spot")
        elif answer is None and data["source"] == Source.APPLICATION and part.role == Role.APPLICANT:
            answer, how = (Consent.Answer.AGREED, data["requested_on"]), _("Applied for mediation")
        if answer is not None:
            note_consent(part, *answer, how=how)


def note_consent(part: Participation, answer: str, on: date, *, how: str, asked_on: date | None = None) -> Consent:
    """Keep the party's answer; the last one is in force. A question not answered yet takes no refusal back."""
    is_answered = answer != Consent.Answer.PENDING
    values = {"answer": answer, "answered_on": on if is_answered else None, "how": how}
    known = Consent.objects.filter(participation=part).first()
    if known is None:
        return Consent.objects.create(participation=part, asked_on=asked_on or on, **values)
    if not is_answered and known.answer == Consent.Answer.REFUSED:
        values = {}
    for name, value in (values | {"asked_on": asked_on or known.asked_on}).items():
        setattr(known, name, value)
    known.save()
    return known


def _record_events(case: MediationCase, data: Mapping[str, Any]) -> None:
    kept = {"organ": data["organ"], "number": data["organ_number"]} if data["source"] == Source.REFERRED else {}
    events.record(case, "registered", data["registered_on"], **{name: told for name, told in kept.items() if told})
    if data["source"] == Source.APPLICATION:
        events.record(case, "application_received", data["requested_on"])
    if data["court_track"]:
        events.record(case, "court_papers_received", data["papers_received_on"])
        if data["on_platform"]:
            events.record(case, "delegation_received", data["papers_received_on"])
