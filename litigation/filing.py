"""A paper an agency hands in to a court or sends to a procuratorate is the step that says so: proposed when it is
issued, with its day and whose it is, and kept with the entry (nothing is typed twice)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.actions import registry
from casemgr.cases import events
from casemgr.cases.models import Case, Participation
from casemgr.cases.panels import NextStep
from casemgr.documents.models import Document
from casemgr.documents.panels import papers_of
from casemgr.documents.states import DocumentState
from casemgr.parties.models import Party
from litigation.following import parties_of
from litigation.models import PROCEDURE

HANDED_IN = 85
"""A paper that is ready goes to the court before anything else."""
ISSUED = (DocumentState.ISSUED, DocumentState.FILED)


@dataclass(frozen=True)
class Filing:
    """`action` records that a paper was handed in, as `event`; `taken`: form field ← what the paper's form asked.

    `keeps`: the entry keeps the paper. `after`: only once such an entry of the agency is there.
    """

    action: str
    event: str
    taken: Mapping[str, str] = field(default_factory=dict)
    keeps: bool = True
    after: str = ""


FILINGS: dict[str, Filing] = {
    "answer": Filing("litigation.answer", "answer_filed"),
    "evidence_list": Filing("litigation.file_evidence", "evidence_filed", after="answer_filed"),
    "evidence_extension": Filing("litigation.ask_extension", "evidence_extension_asked", {"reason": "cause"}),
    "jurisdiction_objection": Filing("litigation.object_jurisdiction", "jurisdiction_objected"),
    "appeal": Filing("litigation.record_appeal", "appealed"),
    "appeal_answer": Filing("litigation.answer_appeal", "appeal_answered"),
    "head_certificate": Filing("litigation.file_certificate", "certificate_filed", keeps=False),
    "absence_statement": Filing(
        "litigation.explain_absence", "absence_explained", {"ground": "ground", "reason": "facts"}, keeps=False
    ),
    "judicial_reply": Filing("litigation.answer_suggestion", "suggestion_answered", {"text": "measures"}),
    "procuratorial_reply": Filing("litigation.answer_suggestion", "suggestion_answered", {"text": "measures"}),
}


def add_paper(form: forms.BaseForm, action: str, case: Case | None) -> None:
    """Lets the form of such a step say which paper was handed in, where one is issued."""
    kinds = [code for code, filing in FILINGS.items() if filing.action == action and filing.keeps]
    if not kinds or case is None:
        return
    rows = Document.objects.filter(case_id=case.pk, kind__in=kinds, state__in=ISSUED).order_by("-issued_on", "-pk")
    found = list(rows[:20])
    if found:
        form.fields["document"] = forms.TypedChoiceField(
            label=_("Paper of this file that was handed in"),
            choices=[("", "—"), *((one.pk, f"{one.title} {one.issued_on:%Y-%m-%d}") for one in found)],
            coerce=int,
            empty_value=None,
            required=False,
        )


def filing_steps(case: Case, user: Any, today: date) -> Iterator[NextStep]:
    """Issued papers whose handing in nobody has recorded. Reads what the page has loaded."""
    if case.procedure != PROCEDURE:
        return
    facts = events.facts_of(case)
    for paper in papers_of(case):
        filing = FILINGS.get(paper.kind)
        if filing is None or paper.state not in ISSUED:
            continue
        part = _whose(case, paper)
        if part is None or not _is_awaited(filing, paper, part, facts):
            continue
        action = registry.get(filing.action)
        if not action.is_permitted(case, user, today) or registry.refusals(action, case, user, today):
            continue
        label = _("Record that “%(paper)s” was handed in") % {"paper": paper.title}
        yield NextStep(label=label, url=_address(case, paper, filing, part), primary=HANDED_IN)


def _whose(case: Case, paper: Document) -> Participation | None:
    agencies = [one for one in parties_of(case) if one.party.kind == Party.Kind.AGENCY]
    chosen = paper.data.get("agency")
    responsible = case.facts.responsible_id
    own = [one for one in agencies if one.pk == chosen] or [one for one in agencies if one.party_id == responsible]
    return next(iter(own or agencies), None)


def _is_awaited(filing: Filing, paper: Document, part: Participation, facts: list[events.Fact]) -> bool:
    """Not recorded with this paper, nor without one since it was issued."""
    own = [fact for fact in facts if fact.party_id == part.party_id]
    if filing.after and events.last_of(own, filing.after) is None:
        return False
    done = [fact for fact in own if fact.kind == filing.event]
    return not any(
        fact.data.get("document") == paper.pk
        or (fact.occurred_on is not None and fact.occurred_on >= paper.issued_on and not fact.data.get("document"))
        for fact in done
    )


def _address(case: Case, paper: Document, filing: Filing, part: Participation) -> str:
    known: dict[str, Any] = {"party": part.party_id, "on": paper.issued_on.isoformat()}
    known |= {"document": paper.pk} if filing.keeps else {}
    known |= {name: paper.data[source] for name, source in filing.taken.items() if paper.data.get(source)}
    return f"{reverse('case_action', args=[case.pk, filing.action])}?{urlencode(known)}"


__all__ = ["FILINGS", "add_paper", "filing_steps"]
