"""A report is drafted from the figures, edited, read anew, and issued by the leader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, CreateAction, RecordAction
from casemgr.assessment.models import Report
from casemgr.assessment.models.plan import EARLIEST
from casemgr.assessment.models.report import ReportKind, ReportState
from casemgr.assessment.reports.drafting import PLACEHOLDER, Asked, drafted
from casemgr.assessment.reports.secrets import secrets_in
from casemgr.assessment.reports.text import kept, text_of
from casemgr.assessment.roles import LEADER, OFFICE
from casemgr.documents.rendering import texts, unprintable
from casemgr.pages.forms import ContextForm

FOLDER = "assessment_reports"
LONG = forms.Textarea({"rows": 10})
QUARTERS = (("", gettext_lazy("the whole year")), ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"))


class DraftForm(ContextForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ReportKind.choices)
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=EARLIEST)
    quarter = forms.ChoiceField(label=gettext_lazy("Quarter"), choices=QUARTERS, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind, year, quarter = data.get("kind"), data.get("year"), int(data.get("quarter") or 0)
        if year and self.today is not None and year > self.today.year:
            self.add_error("year", _("This year has not begun."))
        if kind == ReportKind.QUARTERLY and not quarter:
            self.add_error("quarter", _("Choose the quarter that is analysed."))
        data["quarter"] = quarter if kind == ReportKind.QUARTERLY else 0
        if Report.objects.filter(kind=kind, year=year, quarter=data["quarter"]).exists():
            self.add_error("kind", _("This report is there already. Change that one."))
        return data


class DraftReport(ByRole, CreateAction):
    name = "report.draft"
    label = gettext_lazy("Draft a report")
    roles = OFFICE
    form = DraftForm

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Report:
        asked = Asked(data["kind"], data["year"], data["quarter"], context.today)
        return Report.objects.create(
            kind=asked.kind, year=asked.year, quarter=asked.quarter, title=asked.title, as_of=context.today,
            sections=kept(drafted(asked, context.today)), drafted_by=context.actor,
        )  # fmt: skip


class EditForm(ContextForm):
    """The title, and the words of each section; tables and pictures come from the figures."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in self.subject.sections:
            self.fields[f"text_{section['code']}"] = forms.CharField(
                label=section["heading"], max_length=20_000, required=False, widget=LONG
            )


class _ReportStep(ByRole, RecordAction):
    model: ClassVar = Report
    roles = OFFICE
    states = (ReportState.DRAFT,)


class EditReport(_ReportStep):
    name = "report.edit"
    label = gettext_lazy("Edit the report")
    form = EditForm
    primary = 30

    def form_values(self, subject: Report, at: Any) -> Mapping[str, Any]:
        return {"title": subject.title, **{f"text_{one['code']}": one["text"] for one in subject.sections}}

    def change(self, report: Report, data: Mapping[str, Any], context: ActionContext) -> None:
        report.title = data["title"]
        report.sections = [{**one, "text": data[f"text_{one['code']}"]} for one in report.sections]


class ReadAgain(_ReportStep):
    """Tables and pictures as of today; words that somebody changed stay."""

    name = "report.read_again"
    label = gettext_lazy("Read the figures again")
    form = ContextForm

    def change(self, report: Report, data: Mapping[str, Any], context: ActionContext) -> None:
        asked = Asked(report.kind, report.year, report.quarter, context.today)
        before = {one["code"]: one for one in report.sections}
        report.as_of = context.today
        report.sections = list(_kept_words(kept(drafted(asked, context.today)), before))


def _kept_words(made: list[dict[str, Any]], before: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in made:
        earlier = before.get(one["code"])
        is_edited = earlier is not None and earlier["text"] != earlier["made"]
        yield {**one, "text": earlier["text"]} if is_edited else one


def _left_open(report: Report) -> Iterator[str]:
    """Each section that still asks to be filled in."""
    for section in report.sections:
        for words in PLACEHOLDER.findall(section["text"]):
            yield _("“%(section)s” still says “%(words)s”. Edit the report: fill it in, or take these words out.") % {
                "section": section["heading"],
                "words": words,
            }


class IssueReport(_ReportStep):
    """By the leader, when nothing is left to fill in; a public edition only when it tells nothing it may not."""

    name = "report.issue"
    label = pgettext_lazy("report", "Issue")
    consequence = gettext_lazy("The report is kept as PDF and Word and never changes again.")
    binding = True
    roles = LEADER
    form = ContextForm
    primary, transition = 40, "issue"

    def guard_refusals(self, subject: Report, data: Mapping | None, today: date) -> list[Refusal]:
        found = [Refusal("not-filled-in", sentence) for sentence in _left_open(subject)]
        found += unprintable(text_of(subject))
        if subject.kind == ReportKind.PUBLIC:
            found += [Refusal("secret", sentence) for sentence in secrets_in("\n".join(texts(text_of(subject))))]
        return found

    def change(self, report: Report, data: Mapping[str, Any], context: ActionContext) -> None:
        report.issued_by, report.issued_on = context.actor, context.today
        report.keep(text_of(report), FOLDER, context.today)


ACTIONS = (DraftReport, EditReport, ReadAgain, IssueReport)
