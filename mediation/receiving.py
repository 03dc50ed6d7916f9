"""A dispute that comes from elsewhere opens a case here: the receiving end of a referral (dossier §1.4, T5; §5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import Part
from casemgr.cases.models import Case, Participation, Referral, ReferralParty
from casemgr.cases.people.standing import has_case_role
from mediation.conditions import is_answer_awaited
from mediation.docks.opening import ANSWERS, DOCKS, clock_starts, facts_of, sides_of
from mediation.models import Consent, MediationCase, MediationFacts
from mediation.registration.choices import area_of
from mediation.registration.entering import note_consent
from mediation.registration.people import SIDES
from mediation.registration.recording import body_of, create_case
from mediation.terms import Source, SubSource

Role = Participation.Role
KEPT = (
    *("dispute_type", "sub_type", "town", "place", "summary", "claims", "amount_yuan", "amount_is_approximate"),
    *("people", "other_side_unknown", "risk_flags", "tags", "requested_at", "is_complex"),
    *("court_track", "on_platform", "court"),
)
"""What the receiving committee finds filled in; what was examined and said in mediation stays with the first."""
CLOCKS = (
    *("application_received", "court_papers_received", "delegation_received", "delegation_answered"),
    "invitation_accepted",
)
"""What a running clock began with goes along with its day: handing on gains nobody time."""


@dataclass(frozen=True)
class Handed:
    """What is known of a dispute that comes in."""

    parts: list[Part]
    facts: MediationFacts


def open_case(referral: Referral, actor: Any, today: date) -> Case:
    """The case for a referral that is being taken over, inside its transaction; the sender's own is handed out."""
    origin = MediationCase.objects.filter(pk=referral.case_id).first() if referral.case_id else None
    handed = _from_mediation(referral, origin) if origin is not None else _from_letter(referral)
    unit = body_of(referral.to_unit or referral.unit)
    case = create_case(
        parts=handed.parts,
        facts=handed.facts,
        unit=unit,
        lead_handler=None,
        opened_on=today,
        today=today,
    )
    if has_case_role(actor, ("mediator", "committee"), case, today):
        case.lead_handler = actor
    organ = referral.organ or referral.unit.name
    marks = {"handed_on": True} if origin is not None and not is_answer_awaited(origin, origin.facts, None) else {}
    events.record(case, "registered", today, organ=organ, number=str(referral), **marks)
    if origin is not None:
        _take_along(origin, case)
    else:
        for kind, on, data in clock_starts(referral, today):
            events.record(case, kind, on, **data)
        _take_consents(referral, case)
    if origin is not None and origin.state in ("REGISTERED", "ACCEPTED"):
        where = {"on": today, "where": unit.name, "number": case.number}
        perform("mediation.handed_out", origin, where, actor, today)
    settle(case, today)
    return case


def _from_mediation(referral: Referral, origin: MediationCase) -> Handed:
    known = origin.facts
    told = f"{origin.unit.name}，{origin.number}，{referral}"
    facts = MediationFacts(
        **{name: getattr(known, name) for name in KEPT},
        source=Source.REFERRED,
        sub_source=known.sub_source if known.court_track else SubSource.OTHER_ORGAN,
        source_note=told,
    )
    rows = list(origin.participations.filter(left_on__isnull=True).select_related("party").order_by("pk"))
    agreeing = set(referral.parties.values_list("party_id", flat=True))
    if any(row.role in SIDES and row.party_id not in agreeing for row in rows):
        # nobody's data leave a case without that person's consent (dossier §5.3); nor do those of who speaks for them
        rows = [row for row in rows if row.party_id in agreeing]
        facts.other_side_unknown = not any(row.role == Role.RESPONDENT for row in rows)
    return Handed([Part(row.party, row.role) for row in rows], facts)


def _from_letter(referral: Referral) -> Handed:
    """From the letter alone: each party on its side; where none is told, the first one applies."""
    parts = [Part(row.party, role) for row, role in sides_of(referral)]
    facts = MediationFacts(
        **facts_of(referral),
        source=Source.REFERRED,
        town=area_of(referral.to_unit or referral.unit),
        people=max(len(parts), 2),
        other_side_unknown=not any(part.role == Role.RESPONDENT for part in parts),
    )
    return Handed(parts, facts)


def _take_consents(referral: Referral, case: MediationCase) -> None:
    """What each party answered when the organ, or we, asked it."""
    said = {row.party_id: row for row in referral.parties.exclude(answer=ReferralParty.Answer.NOT_ASKED)}
    for part in Participation.objects.filter(case_id=case.pk, role__in=SIDES):
        if (row := said.get(part.party_id)) is not None and row.asked_on is not None:
            note_consent(part, ANSWERS[row.answer], row.asked_on, how=row.how)


def _take_along(origin: MediationCase, case: MediationCase) -> None:
    """What starts clocks, and who has agreed to mediation already."""
    for fact in events.facts_of(origin):
        if fact.kind in CLOCKS:
            events.record(case, fact.kind, fact.occurred_on, **fact.data)
    agreed = Consent.objects.filter(participation__case_id=origin.pk, answer=Consent.Answer.AGREED)
    known = {(c.participation.party_id, c.participation.role): c for c in agreed.select_related("participation")}
    for part in Participation.objects.filter(case_id=case.pk, role__in=SIDES):
        if (consent := known.get((part.party_id, part.role))) is not None:
            note_consent(part, consent.answer, consent.answered_on or consent.asked_on, how=consent.how)


__all__ = ["DOCKS", "open_case"]
