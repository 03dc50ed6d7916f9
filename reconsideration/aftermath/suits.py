"""That the decision was sued over: on the decision's page, on the case page, and told to the handler when a file is
linked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell
from casemgr.cases import events
from casemgr.cases.events import Fact
from casemgr.cases.models import Case, CaseLink
from casemgr.cases.procedure import Text
from casemgr.documents.models import Document
from casemgr.pages.dates import long_date
from reconsideration.models import PROCEDURE

NOTICES = (
    NoticeKind(
        "decision_sued",
        gettext_lazy("Suit over a decision"),
        lambda data: (
            _("A suit over %(case)s was registered under %(suit)s. Record on the case that a party sued.") % data
        ),
    ),
)


@dataclass(frozen=True)
class Suit:
    """A file of the suit that the person may see, with what became of it."""

    case: Case
    state: Text
    outcome: Text


def suits_of(case: Case, user: Any, today: date) -> list[Suit]:
    """Files linked as suits over the case: one query."""
    linked = CaseLink.objects.filter(to_case_id=case.pk, kind=CaseLink.Kind.SUED_OVER).values("from_case_id")
    seen = Case.objects.visible_to(user, today).filter(pk__in=linked).order_by("pk")
    return [Suit(one, one.state_info.label, _outcome(one)) for one in seen]


def _outcome(case: Case) -> Text:
    return case.definition.extra.get("outcomes", {}).get(case.outcome, case.outcome)


def sued_marks(document: Document) -> list[Text]:
    """被诉, with the day and the court's number, beside the title of the decision."""
    told = [fact for fact in events.facts_of(document.case) if fact.kind == "sued"]
    return [_mark(fact) for fact in told]


def _mark(fact: Fact) -> str:
    number = fact.data.get("court_number", "")
    day = long_date(fact.occurred_on) if fact.occurred_on else ""
    return _("Sued over: %(told)s") % {"told": "　".join(filter(None, (day, number)))}


def after_step(sender: Any, action: Any, subject: Any, data: Any, context: Any, **kwargs: Any) -> None:
    """A file of another procedure was linked as a suit over one of ours: its handler is told, once for each link."""
    if not isinstance(subject, Case) or subject.procedure == PROCEDURE:
        return
    if not (action.creates or action.name == "cases.link"):
        return
    rows = CaseLink.objects.filter(from_case_id=subject.pk, kind=CaseLink.Kind.SUED_OVER, to_case__procedure=PROCEDURE)
    for row in rows.select_related("to_case"):
        ours = row.to_case
        if ours.lead_handler_id:
            words = {"case": ours.number, "suit": subject.number}
            tell("decision_sued", [ours.lead_handler_id], subject=ours, once=f"decision-sued:{row.pk}", **words)


__all__ = ["NOTICES", "Suit", "after_step", "sued_marks", "suits_of"]
