"""Conditions that come from the committee (Reconsideration Law 2023 and Implementing Regulation 2026, art. 52)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from reconsideration.models import Consultation, ReconsiderationCase
from reconsideration.timelimits.laws import REGULATION_2026

Data = Mapping[str, Any] | None
ARTICLE_OF_ADOPTION = "实施条例52"


def consultations_of(case: ReconsiderationCase) -> list[Consultation]:
    """Those that stand, the oldest first; read once for a case that a page or step looks at."""
    if "_consultations" not in case.__dict__:
        happened = any(event.kind == "committee_referred" for event in case.events.all())
        case._consultations = list(Consultation.objects.standing().filter(case_id=case.pk)) if happened else []
    return case._consultations


def unexplained(case: ReconsiderationCase) -> list[Consultation]:
    return [one for one in consultations_of(case) if one.is_answered and not one.adoption]


def adoption_is_owed(on: date) -> bool:
    """Since 1 July 2026 what became of the opinion is explained; before, it was only recorded."""
    return REGULATION_2026.covers(on)


class _CommitteeIsHeard(Guard):
    """What was asked is answered; from the regulation of 2026 on, what became of the answer is said."""

    def refusal(self, subject: ReconsiderationCase, data: Data, today: date) -> Refusal | None:
        if any(not one.is_answered for one in consultations_of(subject)):
            return Refusal(self.code, self.message, self.article)
        on = (data or {}).get("on") or today
        if adoption_is_owed(on) and unexplained(subject):
            return Refusal("committee-adoption", SAY_ADOPTION, ARTICLE_OF_ADOPTION)
        return None


SAY_ADOPTION = gettext_lazy(
    "The committee's opinion goes with the decision when it is signed: "
    "explain how far it is adopted, and give reasons where it is not."
)
committee_is_heard = _CommitteeIsHeard(
    "committee-opinion",
    "52(2)(3)",
    gettext_lazy(
        "The committee was asked for advice on this case: record its opinion before the decision, "
        "or strike the question if it was entered by mistake."
    ),
    lambda case, data, today: True,
)

no_open_question = Guard(
    "committee-asked",
    "",
    gettext_lazy("The committee has been asked and has not answered yet. Record its opinion first."),
    lambda case, data, today: all(one.is_answered for one in consultations_of(case)),
)


def _somebody_advises(case: ReconsiderationCase, data: Data, today: date) -> bool:
    present, aside = set((data or {}).get("present") or ()), set((data or {}).get("stand_aside") or ())
    return bool(present - aside)


somebody_advises = Guard(
    "nobody-advises",
    "52",
    gettext_lazy("An opinion needs members who took part and did not stand aside."),
    _somebody_advises,
    field="present",
    needs_data=True,
)


def _nobody_doubled(case: ReconsiderationCase, data: Data, today: date) -> bool:
    return not set((data or {}).get("present") or ()) & set((data or {}).get("stand_aside") or ())


nobody_doubled = Guard(
    "member-doubled",
    "",
    gettext_lazy("Who stands aside does not take part: take the member off one of the two lists."),
    _nobody_doubled,
    field="stand_aside",
    needs_data=True,
)


def _in_term(case: ReconsiderationCase, data: Data, today: date) -> bool:
    return not out_of_term(data)


def out_of_term(data: Data) -> list[str]:
    """Names of members whose term does not cover the day of the meeting."""
    sent = data or {}
    on = sent.get("on")
    members = [*(sent.get("present") or ()), *(sent.get("stand_aside") or ())]
    return [
        one.name
        for one in members
        if on is not None and (on < one.from_on or (one.until_on is not None and on > one.until_on))
    ]


members_in_term = Guard(
    "member-out-of-term",
    "",
    gettext_lazy("On the day of the meeting these were no members of the committee. Check the day or the list."),
    _in_term,
    field="present",
    needs_data=True,
    detail=lambda case, data, today: _("Names: %(names)s.") % {"names": "、".join(out_of_term(data))},
)

reasons_against = Guard(
    "reasons-against-opinion",
    ARTICLE_OF_ADOPTION,
    gettext_lazy("Where the opinion is not adopted, or only in part, the reasons must be given."),
    lambda case, data, today: data.get("adoption") == Consultation.Adoption.ADOPTED or bool(data.get("explanation")),
    field="explanation",
    needs_data=True,
)
there_is_an_opinion = Guard(
    "no-opinion",
    "",
    gettext_lazy("No opinion of the committee waits for an explanation."),
    lambda case, data, today: bool([one for one in consultations_of(case) if one.is_answered]),
)
there_is_a_question = Guard(
    "no-question",
    "",
    gettext_lazy("The committee has not been asked about this case, or has answered already."),
    lambda case, data, today: any(not one.is_answered for one in consultations_of(case)),
)
