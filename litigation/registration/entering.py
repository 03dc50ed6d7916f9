"""Writing what the registration says: parties, act, file, first instance, and what starts the clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.actions.errors import InvalidInput
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import Part
from casemgr.cases.links import link
from casemgr.cases.matters import Matter
from casemgr.cases.models import Act, CaseLink, Participation
from casemgr.cases.registration.agencies import AgencyForm
from casemgr.cases.registration.opening import next_number, open_case
from casemgr.cases.registration.resolving import resolve
from casemgr.cases.same_act import ActIdentity, find_or_create_act
from casemgr.organisation.models import Unit, User
from casemgr.organisation.scope import scope
from casemgr.parties.models import Party
from casemgr.parties.registry import find_or_create
from litigation.instances import enter_agency, open_instance
from litigation.models import PROCEDURE, LitigationCase, LitigationFacts
from litigation.registration.form import RegisterForm, following_unit
from litigation.registration.rows import THIRD_PARTY, AgencyRow, Role
from litigation.terms import Deed

SERIES = "litigation.case"
FACTS = (
    *("claims", "matter", "amount_yuan", "concerns_real_estate", "is_public_interest"),
    *("after_reconsideration", "reconsideration_number"),
)


def register_suit(form: RegisterForm, data: Mapping[str, Any], actor: Any, today: date) -> LitigationCase:
    """Everything the court's papers bring into the register. Runs inside the action's transaction.

    :raises InvalidInput: a contradiction with the registry, or nobody of the banner follows suits.
    """
    unit = following_unit(actor, today)
    if unit is None:
        form.add_error(None, _("Nobody is court liaison today: ask the administrator to give somebody that role."))
        raise InvalidInput(form)
    rows = list(form.agencies.filled)
    people = [(row, row.cleaned_data["role"]) for row in form.people.filled]
    agencies = [(row, Role.RESPONDENT if row.is_defendant else Role.THIRD_PARTY) for row in rows]
    parts = resolve(form, people + agencies, lambda entry: find_or_create(entry, actor, today))
    parties = [part.party for part in parts[len(people) :]]
    refuse_foreign(form, rows, parties, actor, today)
    answering = _who_acted(rows, parties)
    act = find_or_create_act(
        answering,
        ActIdentity(frozenset({answering.pk}), data["act_number"], data["acted_on"], data["matter"]),
        data["act_title"],
    )
    case = create_file(
        parts=parts,
        facts=LitigationFacts(
            **{name: data[name] for name in FACTS},
            cause=data["cause"] or cause_of(data["matter"]),
            responsible=answering,
            responsible_unit=answering.unit,
        ),
        act=act,
        unit=unit,
        lead_handler=actor if "liaison" in actor.role_codes(today) else None,
        opened_on=data["registered_on"],
        today=today,
    )
    _record_before(case, data)
    instance = open_instance(case, data, _heard_of_on(data, rows))
    standing = {(part.party_id, part.role): part for part in Participation.objects.filter(case_id=case.pk)}
    for row, party in zip(rows, parties, strict=True):
        part = standing[party.pk, Role.RESPONDENT if row.is_defendant else Role.THIRD_PARTY]
        enter_agency(instance, part, row.cleaned_data)
    if (earlier := data["reconsideration"]) is not None:
        link(CaseLink.Kind.SUED_OVER, case, earlier)
    settle(case, today)
    return case


def refuse_foreign(form: Any, rows: Sequence[AgencyForm], parties: list[Party], actor: Any, today: date) -> None:
    """A department's liaison enters suits in which the own organ stands; the court liaison any."""
    reach = scope(actor, today)
    if reach.has_role("liaison", procedure=PROCEDURE):
        return
    own = reach.units_let_in(PROCEDURE)
    if not any(party.unit_id in own for party in parties):
        row = rows[0]
        row.add_error("known_party", _("None of these agencies is yours. The court liaison registers other suits."))
        form._errors[f"{row.prefix}-known_party"] = row.errors["known_party"]
        raise InvalidInput(form)


def _heard_of_on(data: Mapping[str, Any], rows: list[AgencyRow]) -> date:
    """The first day that is known of the instance: later papers cannot lie before it."""
    days = [data["registered_on"], data["sued_on"], data["filed_on"]]
    return min(day for day in (*days, *(row.cleaned_data["received_on"] for row in rows)) if day)


def _who_acted(rows: list[AgencyRow], parties: list[Party]) -> Party:
    """The defendant that made the act; where only the reconsideration is sued over, that one."""
    found = [(row, party) for row, party in zip(rows, parties, strict=True) if row.is_defendant]
    acted = [party for row, party in found if row.cleaned_data["deed"] == Deed.ACTED]
    return acted[0] if acted else found[0][1]


def cause_of(matter: str) -> str:
    """行政处罚; the word of the kind of matter where the court's papers name no cause."""
    return str(Matter(matter).label) if matter else ""


def default_title(parts: Iterable[Part], cause: str) -> str:
    """王宝音诉达拉特旗公安局行政处罚; with several on a side 王宝音等3人诉…"""
    parts = list(parts)
    sides = []
    for role in (Role.APPLICANT, Role.RESPONDENT):
        names = [part.party.name for part in parts if part.role == role]
        sides.append(names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人" if names else "")
    if sides[1].endswith("人"):  # agencies are no people
        sides[1] = "、".join(part.party.name for part in parts if part.role == Role.RESPONDENT)
    return f"{sides[0]}诉{sides[1]}{cause}"[:200]


def create_file(
    *,
    parts: Iterable[Part],
    facts: LitigationFacts,
    act: Act | None,
    unit: Unit,
    lead_handler: User | None,
    opened_on: date,
    today: date,
    title: str = "",
    number: tuple[str, int, int] | None = None,
    **columns: Any,
) -> LitigationCase:
    """The case row with facts and participations; the caller records what happened and settles.

    `number` is (text, year, sequence) of a paper register; None takes the next one of today's year.
    """
    parts = list(parts)
    return open_case(
        LitigationCase,
        number or next_number(SERIES, today),
        facts,
        parts,
        begins="RECEIVED",
        procedure=PROCEDURE,
        title=title or default_title(parts, facts.cause),
        act=act,
        unit=unit,
        lead_handler=lead_handler,
        opened_on=opened_on,
        **columns,
    )


def _record_before(case: LitigationCase, data: Mapping[str, Any]) -> None:
    """What the defence of lateness is judged by (Litigation Law, art. 45, 46; Interpretation, art. 64).

    While nobody knows when the suit was filed, nothing of it is counted.
    """
    events.record(case, "registered", data["registered_on"])
    if not (sued_on := data["sued_on"] or data["filed_on"]):
        return
    for kind, name in (
        ("act_made", "acted_on"),
        ("act_known", "known_on"),
        ("content_known", "content_known_on"),
        ("reconsideration_decision_received", "decision_received_on"),
    ):
        if data.get(name):
            events.record(case, kind, data[name])
    events.record(case, "suit_filed", sued_on)


__all__ = ["SERIES", "THIRD_PARTY", "create_file", "default_title", "refuse_foreign", "register_suit"]
