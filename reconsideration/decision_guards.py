"""Conditions of a decision on the matter, in the order of the articles (art. 49, 61, 63, 70)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.actions.errors import Refusal
from casemgr.cases import events
from casemgr.cases.models import Participation
from reconsideration.hearings.reading import heard_parties
from reconsideration.models import ReconsiderationCase
from reconsideration.old_law import LAW_2017
from reconsideration.representation import heard_through
from reconsideration.terms import Outcome, Track
from reconsideration.timelimits.laws import REGULATION_2026

Data = Mapping[str, Any] | None
HANDLERS = 2


def _handlers(case: ReconsiderationCase) -> int:
    prefetch_related_objects([case], "further_handlers")  # several steps of one page ask
    people = {case.lead_handler_id, *(person.pk for person in case.further_handlers.all())}
    return len(people - {None})


def _one_may_try(case: ReconsiderationCase, on: date) -> bool:
    """Since 1 July 2026 one officer may try a simplified case (Regulation 2026, art. 39). The regulation of 2007, in
    force until then and for cases of the old law to their end, knows no exception (art. 32), and the law of 2023 makes
    none: it only allows a simplified case to be reviewed in writing (art. 54(2))."""
    return case.facts.procedure == Track.SIMPLIFIED and case.law_version != LAW_2017 and REGULATION_2026.covers(on)


class _TwoTryTheCase(Guard):
    """By the regulation in force on the day the case is concluded."""

    def refusal(self, subject: ReconsiderationCase, data: Data, today: date) -> Refusal | None:
        on = (data or {}).get("on") or today
        if _one_may_try(subject, on) or _handlers(subject) >= HANDLERS:
            return None
        if subject.law_version == LAW_2017 or not REGULATION_2026.covers(on):
            return Refusal(self.code, BY_THE_OLD_REGULATION, OLD_ARTICLE)
        return Refusal(self.code, self.message, self.article)


OLD_ARTICLE = "实施条例（2007）32"
BY_THE_OLD_REGULATION = gettext_lazy(
    "By the regulation of 2007 at least two officers try every case, also in the simplified procedure: "
    "add a second handler before it is concluded."
)
two_try_the_case = _TwoTryTheCase(
    "two-handlers",
    "实施条例39",
    gettext_lazy(
        "In the ordinary procedure at least two officers try the case: add a second handler before it is concluded."
    ),
    lambda case, data, today: _one_may_try(case, (data or {}).get("on") or today) or _handlers(case) >= HANDLERS,
)


def unheard(case: ReconsiderationCase) -> list[str]:
    """Parties whose opinion is still to be heard (art. 49).

    A respondent has spoken by its written reply, or by letting its time pass; applicants and third parties are asked
    (docs/decisions/0023-whose-opinion-is-heard.md).
    """
    if case.facts.procedure == Track.SIMPLIFIED:
        return []  # Reconsideration Law 2023, art. 54(2): written review is allowed
    if case.law_version == "2017":
        return []  # Reconsideration Law 2017, art. 22: review in writing is the rule
    facts = events.facts_of(case)
    if any(fact.kind == "directly_decidable" for fact in facts):
        return []  # Implementing Regulation 2026, art. 65(1)
    asked = (Participation.Role.APPLICANT, Participation.Role.THIRD_PARTY)
    spoken = dict.fromkeys(asked, ("opinion_heard",))
    spoken[Participation.Role.THIRD_PARTY] = ("opinion_heard", "third_party_away")  # art. 16(2)
    spoken[Participation.Role.RESPONDENT] = ("opinion_heard", "reply_received", "reply_missing")
    represented = heard_through(case, facts) | heard_parties(case)
    return [
        part.name
        for part in case.participations.all()
        if part.role in spoken and part.left_on is None and part.party_id not in represented
        if not events.last_of(facts, *spoken[part.role], party_id=part.party_id)
    ]


# Reconsideration Law 2023, art. 49
opinions_are_heard = Guard(
    "opinions-heard",
    "49",
    gettext_lazy(
        "In the ordinary procedure the parties' opinions must be heard before the decision. "
        "Record each, or why it could not be heard for a reason that lies with the party."
    ),
    lambda case, data, today: not unheard(case),
    detail=lambda case, data, today: _("Not yet heard: %(names)s.") % {"names": "、".join(unheard(case))},
)


# Reconsideration Law 2023, art. 63(2)
not_worse_for_the_applicant = Guard(
    "not-worse",
    "63(2)",
    gettext_lazy(
        "A change may not put the applicant in a worse position, unless a third party asked for the contrary. "
        "Confirm this, or reject the request instead (Implementing Regulation 2026, art. 61)."
    ),
    lambda case, data, today: data.get("outcome") != Outcome.CHANGED or bool(data.get("is_not_worse")),
    field="is_not_worse",
    needs_data=True,
)

# Reconsideration Law 2023, art. 61(1)
consent_of_the_authority = Guard(
    "authority-consent",
    "61(1)",
    gettext_lazy(
        "The decision needs the consent of the head of the authority or a collective discussion: "
        "record which, and when."
    ),
    lambda case, data, today: bool(data.get("approval")) and bool(data.get("approved_on")),
    field="approval",
    needs_data=True,
)


# What art. 70 leaves without a reply is to annul, confirm illegal or void, or order performance.
STANDS_ON_EVIDENCE = (Outcome.UPHELD, Outcome.REQUEST_REJECTED, Outcome.CHANGED)


approved_before_issue = Guard(
    "approval-after-issue",
    "61(1)",
    gettext_lazy("Consent or discussion comes before the decision is made. Check both days."),
    lambda case, data, today: not data.get("approved_on") or data["approved_on"] <= (data.get("on") or today),
    field="approved_on",
    needs_data=True,
)


# Reconsideration Law 2023, art. 70
def _missing_reply_is_answered(case: ReconsiderationCase, data: Data, today: date) -> bool:
    if not case.facts.reply_is_missing or data.get("outcome") not in STANDS_ON_EVIDENCE:
        return True
    return bool(data.get("third_party_evidence"))


missing_reply_is_answered = Guard(
    "no-reply-no-evidence",
    "70",
    gettext_lazy(
        "Without reply and evidence in time the act counts as lacking evidence and basis. It can only stand when a "
        "third party whose rights are involved proved it: record that evidence, or choose another outcome."
    ),
    _missing_reply_is_answered,
    field="third_party_evidence",
    needs_data=True,
)
