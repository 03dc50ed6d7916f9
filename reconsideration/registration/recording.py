"""Writing what the registration form says: parties, act, case, participations, the receipt and what it starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.actions.errors import InvalidInput
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import Part
from casemgr.cases.matters import Matter
from casemgr.cases.models import Act, Case
from casemgr.cases.registration.opening import next_number, open_case
from casemgr.cases.registration.resolving import FindOrCreate, resolve
from casemgr.cases.same_act import ActIdentity, earlier_cases, find_or_create_act, shown_numbers
from casemgr.organisation.models import Unit, User
from casemgr.parties.registry import find_or_create
from reconsideration.models import PROCEDURE, ReconsiderationCase, ReconsiderationFacts
from reconsideration.proposals import propose_mandatory_first
from reconsideration.registration.form import RegisterForm
from reconsideration.registration.people import Role
from reconsideration.same_facts import bar_note, ended_by_withdrawal

FACTS = (
    "application_method",
    "sent_on",
    "requests",
    "reasons",
    "oral_record",
    "matter",
    "area",
    "amount_yuan",
    "act_basis",
    "known_on",
    "known_ground",
    "content_known_on",
    "duty_requested_on",
    "was_told_remedies",
    "concerns_real_estate",
    "special_period_days",
    "obstacle_reason",
)
NEW_LAW = date(2024, 1, 1)
SERIES = "reconsideration.case"


def law_version_on(received_on: date) -> str:
    """The law version of an application received on that day; acceptance decides again (dossier §1.3)."""
    return "2017" if received_on < NEW_LAW else "2023"


def default_title(respondent: str, act_title: str, matter: str = "") -> str:
    """不服达拉特旗公安局行政处罚决定; 认为达拉特旗公安局不履行查处职责"""
    if matter == Matter.OMISSION:
        duty = act_title if act_title.startswith(("不履行", "未履行", "不作为")) else f"不履行{act_title}"
        return f"认为{respondent}{duty}"[:200]
    return f"不服{respondent}{act_title}"[:200]


def register_case(form: RegisterForm, data: Mapping[str, Any], actor, today: date) -> ReconsiderationCase:
    """Everything an application brings into the register. Runs inside the action's transaction."""
    parts = resolve_people(form, lambda data: find_or_create(data, actor, today))
    respondents = [part.party for part in parts if part.role == Role.RESPONDENT]
    identity = ActIdentity(frozenset({respondents[0].pk}), data["act_number"], data["acted_on"], data["matter"])
    _warn_of_same_act(form, data, parts, respondents, identity, actor, today)
    case = create_case(
        number=None,
        act=find_or_create_act(respondents[0], identity, data["act_title"]),
        parts=parts,
        title=data["title"] or default_title(respondents[0].name, data["act_title"], data["matter"]),
        unit=data["unit"] or form.default_unit,
        lead_handler=data["lead_handler"] or actor,
        opened_on=data["received_on"],
        law_version=law_version_on(data["received_on"]),
        facts=ReconsiderationFacts(
            **{name: data[name] for name in FACTS},
            obstacle_days=data["obstacle_days"] or 0,
            is_mandatory_first=is_mandatory_first(data),
        ),
        today=today,
    )
    events.record(
        case,
        "received",
        data["received_on"],
        method=data["application_method"],
        **({"sent_on": data["sent_on"].isoformat()} if data["sent_on"] else {}),
    )
    settle(case, today)
    return case


def is_mandatory_first(data: Mapping[str, Any]) -> bool:
    """The person's answer, or what article 23 says of the entries."""
    if data["is_mandatory_first"]:
        return data["is_mandatory_first"] == "yes"
    return propose_mandatory_first(data["matter"], data["known_ground"], data["act_title"]) is not None


def resolve_people(form, find_or_create: FindOrCreate) -> list[Part]:
    """The parties of the form's rows. :raises InvalidInput: a contradiction, or a party entered twice."""
    rows = [(row, row.cleaned_data["role"]) for row in form.people.filled]
    rows += [(row, Role.RESPONDENT) for row in form.respondents.filled]
    return resolve(form, rows, find_or_create)


def _warn_of_same_act(form, data, parts, respondents, identity: ActIdentity, actor, today: date) -> None:
    """List cases of the same applicant against the same act once; a ticked box lets the registration pass."""
    if data["same_act_checked"]:
        return
    applicants = [part.party.pk for part in parts if part.role == Role.APPLICANT]
    wide = ActIdentity(frozenset(party.pk for party in respondents), identity.number, identity.acted_on, identity.kind)
    if found := earlier_cases(applicants, wide):
        visible = Case.objects.visible_to(actor, today).filter(pk__in=[case.pk for case in found])
        form.same_act_cases = list(visible.order_by("pk"))
        form.add_error(
            "same_act_checked",
            _(
                "The register already holds a case of this applicant on this act: %(numbers)s. "
                "Look at it, then tick the box to register all the same (articles 29, 30(1)(7))."
            )
            % {"numbers": "、".join(shown_numbers(found, actor, today))},
        )
        if barred := ended_by_withdrawal(found):
            form.add_error("same_act_checked", bar_note(shown_numbers(barred, actor, today)))
        raise InvalidInput(form)


def create_case(
    *,
    number: tuple[str, int, int] | None,
    act: Act | None,
    parts: Iterable[Part],
    title: str,
    unit: Unit,
    lead_handler: User | None,
    opened_on: date | None,
    law_version: str,
    facts: ReconsiderationFacts,
    today: date,
    **columns: Any,
) -> ReconsiderationCase:
    """The case row with facts and participations; the caller records what happened and settles.

    `number` is (text, year, sequence) of a paper register; None takes the next one of today's year, after all locks.
    """
    return open_case(
        ReconsiderationCase,
        number or next_number(SERIES, today),
        facts,
        parts,
        begins="RECEIVED",
        procedure=PROCEDURE,
        act=act,
        title=title,
        unit=unit,
        lead_handler=lead_handler,
        opened_on=opened_on,
        law_version=law_version,
        **columns,
    )
