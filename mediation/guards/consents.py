"""A party's refusal bars what would follow it, until that party agrees again (People's Mediation Law, art. 17, 23)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases import events
from casemgr.cases.models import Participation
from casemgr.pages.dates import long_date
from mediation.models import Agreement, Consent, MediationCase
from mediation.registration.people import SIDES

Data = Mapping[str, Any] | None
GIVEN, REFUSED = "consent_given", "consent_refused"
Answer = tuple[date, str]


def _answers(case: MediationCase) -> dict[int, list[Answer]]:
    """Each party's answers by day; one that came with the party's entry stands in the register of consents only."""
    found: dict[int, list[Answer]] = defaultdict(list)
    for fact in events.facts_of(case):
        if fact.kind in (GIVEN, REFUSED) and fact.party_id and fact.occurred_on:
            found[fact.party_id].append((fact.occurred_on, fact.kind))
    rows = Consent.objects.filter(participation__case_id=case.pk, answer=Consent.Answer.REFUSED)
    for party, day in rows.values_list("participation__party_id", "answered_on"):
        if day:
            found[party].append((day, REFUSED))
    return {party: sorted(answers, key=lambda answer: answer[0]) for party, answers in found.items()}


def standing_refusals(case: MediationCase, on: date, *, counts_that_day: bool) -> list[tuple[Participation, date]]:
    """Parties whose refusal stands on the day, with the day on which they refused.

    A new consent counts on its own day; a question that is not answered yet takes nothing back.

    :param counts_that_day: whether a refusal of that very day bars already.
    """
    answers = _answers(case)
    if not any(kind == REFUSED for given in answers.values() for _day, kind in given):
        return []
    found = []
    for part in case.participations.filter(left_on__isnull=True, role__in=SIDES):
        heard = [
            (day, kind)
            for day, kind in answers.get(part.party_id, ())
            if day < on or (day == on and (counts_that_day or kind == GIVEN))
        ]
        if heard and heard[-1][1] == REFUSED:
            found.append((part, heard[-1][0]))
    return found


def _barring_session(case: MediationCase, data: Data) -> list[tuple[Participation, date]]:
    held = data.get("session")
    if held is not None and localtime(held.starts_at).date() == data["on"]:
        return []  # the words of a session on the file can be put right, whenever it was
    # the session in which the refusal was said is recorded too
    return standing_refusals(case, data["on"], counts_that_day=False)


def _barring_agreement(case: MediationCase, data: Data) -> list[tuple[Participation, date]]:
    return standing_refusals(case, data["on"], counts_that_day=True)


def _who(found: list[tuple[Participation, date]]) -> str:
    return "、".join(_("%(name)s (%(day)s)") % {"name": part.name, "day": long_date(day)} for part, day in found)


# People's Mediation Law, art. 17 (not against a clear refusal), art. 23(2) (a party may refuse or end it)
no_session_after_refusal = Guard(
    "mediation-refused",
    "17、23",
    gettext_lazy(
        "A party has clearly refused mediation: no session is held after that day. Record the termination or that no "
        "agreement came about; if the party agrees again, record its new answer first. Refused by:"
    ),
    lambda case, data, today: not _barring_session(case, data),
    field="on",
    needs_data=True,
    detail=lambda case, data, today: _who(_barring_session(case, data)),
)


def _barring_act(case: MediationCase, data: Data) -> list[tuple[Participation, date]]:
    if not case.agreements.filter(round=case.facts.round, status=Agreement.Status.DRAFT).exists():
        return []  # what is in effect already only completes its file
    return standing_refusals(case, data["on"], counts_that_day=True)


# People's Mediation Law, art. 29(2): without effect until the last of the acts, and a party may still refuse (art. 23)
no_act_after_refusal = Guard(
    "mediation-refused",
    "17、23",
    gettext_lazy(
        "A party has clearly refused mediation since the text was written: nobody signs or seals it from that day on. "
        "If the party agrees again, record its new answer first. Refused by:"
    ),
    lambda case, data, today: not _barring_act(case, data),
    field="on",
    needs_data=True,
    detail=lambda case, data, today: _who(_barring_act(case, data)),
)
no_agreement_after_refusal = Guard(
    "mediation-refused",
    "17、23",
    gettext_lazy(
        "A party has clearly refused mediation: no agreement can be made from that day on. Record the termination or "
        "that no agreement came about; if the party agrees again, record its new answer first. Refused by:"
    ),
    lambda case, data, today: not _barring_agreement(case, data),
    field="on",
    needs_data=True,
    detail=lambda case, data, today: _who(_barring_agreement(case, data)),
)
