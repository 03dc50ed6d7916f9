"""行政复议意见书 (art. 76) and 行政复议建议书 (Implementing Regulation 2026, art. 69; 2007, art. 57(2))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.models import Document
from casemgr.parties.models import Party
from reconsideration.actions.letters import WHILE_HANDLED
from reconsideration.documents import organs, series
from reconsideration.documents.casefile import CaseFile, closed, lines, numbered
from reconsideration.documents.shapes import OrganForm, area, authority_letter, lacking, office_letter, organ_of
from reconsideration.documents.trial_notice import LAW, REGULATION
from reconsideration.timelimits.laws import REGULATION_2026


class OpinionLetterForm(OrganForm):
    organ = forms.ModelChoiceField(Party.objects.none(), label=_("Respondent or other lower organ"), required=False)
    act = area(_("Which act is meant"), 2, _("Left empty: the act the case is about."), 500)
    findings = area(_("What is unlawful or improper, one a line"), 5, _("With the articles that were not kept."))
    demands = area(_("What must be put right, one a line"), 4)


def _subject(case: Case, data: Data) -> str:
    file = CaseFile(case)
    return " ".join(str(data.get("act") or "").split()) or file.act(file.respondent_names)


def opinion_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    organ = organ_of(data)
    findings, demands = lines(data, "findings"), lines(data, "demands")
    return Composed(
        (
            Part(
                "introduction",
                (
                    f"本机关在办理申请人{file.applicant_names}{file.complaint(file.respondent_names)}申请行政复议一案"
                    f"（{case.number}）过程中，发现{_subject(case, data)}存在下列违法或者不当情形：",
                    *numbered(findings, lambda n: f"{n}. "),
                )
                if findings
                else (),
            ),
            Part(
                "demands",
                (f"根据{LAW}第七十六条的规定，提出如下意见：", *numbered(demands, lambda n: f"{n}. "))
                if demands
                else (),
            ),
            Part(
                "report",
                (
                    "请你单位自收到本意见书之日起六十日内，将纠正上述行政行为的情况书面报送本机关。",
                    f"根据{LAW}第七十七条的规定，你单位应当履行本意见书；不履行或者无正当理由拖延履行的，将依法责令限期履行，"
                    "并可以约谈有关负责人或者予以通报批评。",
                ),
            ),
        ),
        addressee=organ.name if organ else "",
    )


def opinion_requires(case: Case, data: Data) -> list[Missing]:
    return lacking(
        data,
        ("organ", _("Choose the organ the letter goes to."), "76"),
        ("findings", _("Write what is unlawful or improper."), "76"),
        ("demands", _("Write what must be put right."), "76"),
    )


def issue_data(document: Document) -> dict[str, Any]:
    names = ("findings", "problem")
    first = next((line for name in names for line in lines(document.data, name)), "")
    return {"organ": document.data.get("organ"), "text": first[:300]}


OPINION_LETTER = authority_letter(
    code="opinion_letter",
    name=_("Opinion letter"),
    title="行政复议意见书",
    compose=opinion_text,
    states=WHILE_HANDLED,
    series=series.OPINION,
    form=OpinionLetterForm,
    issue_action="reconsideration.issue_opinion_letter",
    issue_data=issue_data,
    requires=opinion_requires,
)


class SuggestionLetterForm(OrganForm):
    organ = forms.ModelChoiceField(
        Party.objects.none(), label=pgettext_lazy("reconsideration", "Organ the suggestion goes to"), required=False
    )
    problem = area(_("The common problem, one a line"), 5, _("In carrying out laws, regulations, rules or documents."))
    suggestions = area(_("What is suggested, one a line"), 4)


def suggestion_text(case: Case, data: Data, today: date) -> Composed:
    organ = organ_of(data)
    problem, advice = lines(data, "problem"), lines(data, "suggestions")
    article = "第六十九条" if REGULATION_2026.covers(today) else "第五十七条第二款"
    return Composed(
        (
            Part(
                "introduction",
                (
                    "我单位在行政复议工作中，发现法律、法规、规章、规范性文件实施中存在下列带有普遍性的问题：",
                    *numbered(problem, lambda n: f"{n}. "),
                )
                if problem
                else (),
            ),
            Part(
                "demands",
                (f"根据{REGULATION}{article}的规定，建议：", *numbered(advice, lambda n: f"{n}. ")) if advice else (),
            ),
            Part("report", (closed("请将研究采纳的情况函告我单位"), "特此建议。")),
        ),
        addressee=organ.name if organ else "",
    )


def suggestion_requires(case: Case, data: Data) -> list[Missing]:
    article = "实施条例69"
    return lacking(
        data,
        ("organ", _("Choose the organ the letter goes to."), article),
        ("problem", _("Describe the common problem."), article),
        ("suggestions", _("Write what is suggested."), article),
    )


SUGGESTION_LETTER = office_letter(
    code="suggestion_letter",
    name=_("Suggestion letter"),
    title="行政复议建议书",
    issuer=organs.OFFICE,
    compose=suggestion_text,
    states=WHILE_HANDLED,
    series=series.SUGGESTION,
    form=SuggestionLetterForm,
    issue_action="reconsideration.issue_suggestion_letter",
    issue_data=issue_data,
    requires=suggestion_requires,
)
