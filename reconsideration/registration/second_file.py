"""A second file out of a first: its own number, act and parties, and the same course, so that the clocks agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import Part
from casemgr.cases.models import Mandate, Participation
from casemgr.cases.same_act import ActIdentity, find_or_create_act
from casemgr.parties.models import Party
from reconsideration.models import ReconsiderationCase, ReconsiderationFacts
from reconsideration.registration.recording import FACTS, create_case, default_title

Role = Participation.Role
KEPT = (
    *FACTS, "obstacle_days", "is_mandatory_first", "acceptance_tests", "track", "simplified_ground",
    "correction_items", "correction_term_days", "decision_term_days", "reply_is_missing",
)  # fmt: skip
CARRIED = frozenset((
    "received", "correction_notice_issued", "correction_notice_served", "corrected", "accepted", "copy_sent",
    "copy_served", "reply_received", "reply_missing", "opinion_heard", "third_party_joined", "third_party_away",
    "converted_to_ordinary", "extended", "suspended", "resumed", "excluded_from", "excluded_until",
))  # fmt: skip
"""What is true of both files. Papers stay in the first: no entry of the second one points at them."""


def open_second_file(
    case: ReconsiderationCase, parts: Collection[Participation], data: Mapping[str, Any], today: date
) -> ReconsiderationCase:
    """The second file, from the same day of receipt and in the same state; the caller links and tells both."""
    agency = next(part.party for part in parts if part.role == Role.RESPONDENT)
    identity = ActIdentity(frozenset({agency.pk}), data["act_number"], data["acted_on"], data["matter"])
    act = find_or_create_act(agency, identity, data["act_title"])
    kept = {name: getattr(case.facts, name) for name in KEPT}
    powers = list(Mandate.objects.filter(principal__in=parts, ended_on__isnull=True).select_related("agent__party"))
    agents = {power.agent_id: power.agent for power in powers}
    second = create_case(
        number=None,
        act=act,
        parts=[
            Part(part.party, part.role, part.electronic_address, part.consents_to_electronic_service)
            for part in (*parts, *agents.values())
        ],
        title=default_title(agency.name, data["act_title"], data["matter"]),
        unit=case.unit,
        lead_handler=case.lead_handler,
        opened_on=case.opened_on,
        law_version=case.law_version,
        facts=ReconsiderationFacts(**(kept | {"matter": data["matter"], "requests": data["requests"]})),
        today=today,
        state=case.state,
        confidentiality=case.confidentiality,
    )
    _carry_people(second, [*parts, *agents.values()], powers)
    _carry_course(case, second, {part.party_id for part in parts})
    settle(second, today)
    return second


def _carry_people(second: ReconsiderationCase, parts: list[Participation], powers: list[Mandate]) -> None:
    """Snapshots of the first day, and the powers that run: whoever acts for a party acts for it in both files."""
    now = {(part.party_id, part.role): part for part in second.participations.all()}
    for part in parts:
        new = now[part.party_id, part.role]
        new.name, new.snapshot = part.name, part.snapshot
        new.save()
    principals = {part.pk: now[part.party_id, part.role] for part in parts}
    for power in powers:
        Mandate.objects.create(
            agent=principals[power.agent_id],
            principal=principals[power.principal_id],
            **{
                name: getattr(power, name)
                for name in ("basis", "profession", "power", "matters", "from_on", "until_on", "paper")
            },
        )


def _carry_course(case: ReconsiderationCase, second: ReconsiderationCase, party_ids: set[int]) -> None:
    """What stands in the first file, in legal order: of the parties of the second, or of nobody in particular."""
    parties = Party.objects.in_bulk(party_ids)
    for fact in events.facts_of(case):
        if fact.kind not in CARRIED or (fact.party_id and fact.party_id not in parties):
            continue
        told = {name: value for name, value in fact.data.items() if name != "document"}
        party = parties[fact.party_id] if fact.party_id else None
        events.record(
            second,
            fact.kind,
            fact.occurred_on,
            party=party,
            subject=fact.subject,
            precision=fact.root.precision,
            **told,
        )


__all__ = ["open_second_file"]
