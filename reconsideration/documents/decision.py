"""行政复议决定书 (art. 61–72, 75): parties, requests, reply, facts, basis, result, remedy."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing
from casemgr.documents.models import Document
from casemgr.documents.rendering import chinese_date
from casemgr.pages.forms import DateField, MoneyField, SeveralChoicesField
from reconsideration.aftermath.suits import sued_marks
from reconsideration.committee.guards import (
    ARTICLE_OF_ADOPTION,
    SAY_ADOPTION,
    adoption_is_owed,
    committee_is_heard,
    consultations_of,
    unexplained,
)
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, lines
from reconsideration.documents.committee_record import ADOPTIONS
from reconsideration.documents.decision_text import compose_parts, result_lines
from reconsideration.documents.outcomes import GROUNDS, OUTCOMES, grounds_of
from reconsideration.hearings.reading import record_is_printed, was_held
from reconsideration.normative.matching import warnings_of
from reconsideration.terms import Outcome


def _area(label: Any, rows: int = 5, limit: int = 20_000, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=limit, widget=forms.Textarea({"rows": rows}), help_text=help_text
    )


class DecisionForm(KindForm):
    """What the decision rests on. The keys that the case's own action reads carry the same names there."""

    APPROVALS = (
        ("head", _("Consent of the head of the authority (by signing)")),
        ("collective", _("Collective discussion")),
    )

    outcome = forms.ChoiceField(
        label=pgettext_lazy("of a decision", "Outcome"),
        choices=[("", _("— choose —")), *((code, Outcome(code).label) for code in OUTCOMES)],
        required=False,
    )
    grounds = SeveralChoicesField(
        label=_("Grounds"),
        choices=[(code, GROUNDS[code].label) for code in sorted(GROUNDS)],
        required=False,
        help_text=_("The items of the outcome's article; for articles 66, 67, 68 and 72 none is needed."),
    )
    reply_summary = _area(_("What the respondent replied"))
    third_party_statement = _area(_("What the third party stated"), 3)
    facts_found = _area(_("Facts found"), 8)
    evidence = _area(_("Evidence, one a line"), 5)
    reasoning = _area(_("Reasoning"), 8, help_text=_("Law applied to the facts; the article of the outcome is added."))
    result = _area(
        _("Result, one item a line"),
        4,
        4000,
        _("Leave empty to have it worded from the outcome. Partial annulment, change and liability must be written."),
    )
    redo_is_ordered = forms.BooleanField(label=_("A new act is ordered"), required=False)
    redo_term_days = forms.IntegerField(
        label=_("Term for the new act in days"), required=False, min_value=1, max_value=365
    )
    performance_duty = _area(_("What must be performed"), 2, 1000)
    performance_due_on = DateField(label=_("Performance due on"), required=False)
    compensation_yuan = MoneyField(label=_("Compensation in yuan"), required=False)
    is_not_worse = forms.BooleanField(
        label=_("The change does not put the applicant in a worse position (or a third party asked for it)"),
        required=False,
    )
    third_party_evidence = forms.CharField(
        label=_("Evidence a third party gave for the act"), required=False, max_length=500,
        help_text=_("Only when no reply came in time (article 70)."),
    )  # fmt: skip
    approval = forms.ChoiceField(label=_("Approved by"), choices=APPROVALS, required=False, initial="head")
    approved_on = DateField(
        label=_("Approved on"),
        required=False,
        help_text=_("Day of the collective discussion; else the day of signing counts."),
    )
    court = forms.CharField(label=_("Court to sue in"), required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if found := warnings_of(self.case, self.today):
            told = "；".join(str(one.line) for one in found)
            words = _("The act leans on documents that do not hold: %(documents)s") % {"documents": told}
            self.fields["reasoning"].help_text = f"{self.fields['reasoning'].help_text} {words}"

    def clean_approved_on(self) -> date | None:
        on = self.cleaned_data["approved_on"]
        if on is not None and self.today is not None and on > self.today:
            raise forms.ValidationError(_("The date lies in the future. Enter the day on which it really happened."))
        return on


def compose(case: Case, data: Data, today: date) -> Composed:
    return Composed(compose_parts(CaseFile(case), data, today))


def requires(case: Case, data: Data) -> list[Missing]:
    file = CaseFile(case)
    outcome = data.get("outcome", "")
    found = []

    def lacks(name: str, message: Any, article: str = "75") -> None:
        found.append(Missing(name.replace("_", "-"), message, article, name))

    if was_held(case) and not record_is_printed(case):
        message = _("A hearing was held: its record must be on file, since the decision rests on it.")
        found.append(Missing("hearing-record", message, "61(2)"))
    if not outcome:
        lacks("outcome", _("Choose the outcome."), "61")
    if not file.facts.requests.strip():
        message = _("The case does not say what the applicant requests.")
        found.append(Missing("requests", message, "75", mended_by="reconsideration.correct_facts"))
    if not lines(data, "facts_found"):
        lacks("facts_found", _("Write which facts were found."))
    if not lines(data, "evidence"):
        lacks("evidence", _("List the evidence for the facts found."))
    if not lines(data, "reasoning"):
        lacks("reasoning", _("Write the reasoning."))
    if file.facts_of_kind("reply_received") and not lines(data, "reply_summary"):
        lacks("reply_summary", _("Write what the respondent replied."))
    if outcome and OUTCOMES[outcome].grounds and not grounds_of(outcome, data.get("grounds", [])):
        lacks("grounds", _("Choose at least one ground of the outcome's article."), OUTCOMES[outcome].number)
    if outcome and not result_lines(file, data):
        lacks("result", _("Write the result: what exactly is annulled, changed or owed."))
    if data.get("approval") == "collective" and not data.get("approved_on"):
        lacks("approved_on", _("Enter the day of the collective discussion."), "61(1)")
    found += _of_outcome(data, outcome)
    return found + _of_committee(case, file)


def _of_committee(case: Case, file: CaseFile) -> list[Missing]:
    """The opinion, and since July 2026 what became of it, go with the draft to whoever signs (Regulation, art. 52)."""
    if not file.facts_of_kind("committee_referred"):
        return []
    found = []
    if any(not one.is_answered for one in consultations_of(case)):
        mends = "reconsideration.record_committee_opinion"
        found.append(
            Missing(
                committee_is_heard.code, committee_is_heard.message, str(committee_is_heard.article), mended_by=mends
            )
        )
    if any(adoption_is_owed(one.held_on) for one in unexplained(case)):
        mends = "reconsideration.explain_committee_opinion"
        found.append(Missing("committee-adoption", SAY_ADOPTION, ARTICLE_OF_ADOPTION, mended_by=mends))
    return found


def enclosures(case: Case) -> list[tuple[str, str]]:
    """The committee's opinions with what is said of their adoption (Regulation 2026, art. 52)."""
    found = []
    for one in consultations_of(case):
        if one.is_answered:
            said = "：".join(filter(None, (ADOPTIONS[one.adoption], one.explanation)))
            found.append(("行政复议委员会咨询意见", f"{one.opinion}（{chinese_date(one.held_on)}）"))
            found.append(("采纳情况说明", said or "尚未说明"))
    return found


def _of_outcome(data: Data, outcome: str) -> list[Missing]:
    found = []
    if outcome == Outcome.CHANGED and not data.get("is_not_worse"):
        found.append(
            Missing(
                "not-worse",
                _("Confirm that the change is not worse for the applicant, or reject the request instead."),
                "63(2)",
                "is_not_worse",
            )
        )
    if outcome == Outcome.PERFORMANCE_ORDERED:
        if not data.get("performance_duty"):
            found.append(Missing("duty", _("Write what must be performed."), "66", "performance_duty"))
        if not data.get("performance_due_on"):
            found.append(Missing("due", _("Set the day by which it must be performed."), "66", "performance_due_on"))
    if outcome == Outcome.COMPENSATION and not data.get("compensation_yuan"):
        found.append(Missing("amount", _("Enter the amount of the compensation."), "72", "compensation_yuan"))
    return found


_KEYS = (
    "outcome", "third_party_evidence", "is_not_worse", "redo_is_ordered", "redo_term_days", "performance_duty",
    "performance_due_on", "compensation_yuan",
)  # fmt: skip


def issue_data(document: Document) -> dict[str, Any]:
    """Keys of the case's own decision form. The authority's signature is its consent (art. 61(1))."""
    data = document.data
    sent = {name: data[name] for name in _KEYS if name in data}
    if data.get("approval") == "collective":
        return sent | {"approval": "集体讨论通过", "approved_on": data.get("approved_on")}
    signed_on = document.signed_on.isoformat() if document.signed_on else None
    return sent | {
        "approval": "行政复议机关负责人同意" if signed_on else "",
        "approved_on": data.get("approved_on") or signed_on,
    }


def recipients(case: Case) -> list:
    file = CaseFile(case)
    return [*file.applicants, *file.respondents, *file.third_parties]


DECISION = DocumentKind(
    code="decision",
    name=_("Reconsideration decision"),
    title="行政复议决定书",
    issuer=organs.AUTHORITY,
    compose=compose,
    states=("IN_REVIEW",),
    series=series.DECISION,
    reviewer_roles=("head",),
    signer_roles=("authority",),
    form=DecisionForm,
    passages=wording.DECISION,
    issue_action="reconsideration.decide",
    issue_data=issue_data,
    served_action="reconsideration.decision_served",
    recipients=recipients,
    requires=requires,
    enclosures=enclosures,
    marks=sued_marks,
    primary=50,
)
