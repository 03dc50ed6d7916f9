"""上诉状 and 上诉答辩状 (Litigation Law, art. 85; Interpretation 2018, art. 108)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.rendering import chinese_date
from casemgr.organisation.office import office_on
from litigation.documents.shapes import (
    AgencyForm,
    court_paper,
    needs,
    needs_court,
    needs_head,
    text_field,
    to_court,
)
from litigation.documents.suitfile import (
    GAP,
    SuitFile,
    asked,
    file_of,
    head_line,
    names,
    paper_of,
    party_line,
    role_word,
    said,
)
from litigation.models import Ruling
from litigation.terms import Level, PaperKind


def appealed(file: SuitFile) -> Ruling | None:
    """The latest paper of a first instance that can be appealed."""
    return next((one for one in reversed(file.rulings) if one.is_appealable and not one.is_replaced), None)


class AppealForm(AgencyForm):
    court_above = forms.CharField(label=_("Court above"), required=False, max_length=80)
    requests = text_field(_("What is asked of the court above"), 3)
    reasons = text_field(_("Reasons of the appeal"), 8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = office_on(self.today)
        ruling = appealed(self.file)
        if ruling is not None and ruling.in_instance.court == office.basic_court:
            self.propose(court_above=office.intermediate_court)


def appeal_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part, ruling = file.agency(data), appealed(file)
    others = [one for one in file.defendants if part is None or one.pk != part.pk]
    served = file.day("judgment_served", "ruling_served", party=part.party_id) if part else None
    told = f"，于{chinese_date(served)}收到该文书" if served else ""
    lines = [party_line(part, f"上诉人（原审{role_word(file, part)}）"), head_line(part)] if part else []
    lines += [party_line(one, "被上诉人（原审原告）") for one in file.plaintiffs]
    lines += [party_line(one, "原审被告") for one in others]
    lines += [party_line(one, "原审第三人") for one in file.third_parties if part is None or one.pk != part.pk]
    what = "裁定" if ruling is not None and ruling.kind == PaperKind.RULING else "判决"
    return Composed(
        (
            Part("parties", tuple(lines)),
            Part(
                "introduction",
                (
                    f"上诉人因与被上诉人{names(file.plaintiffs)}{file.cause}一案，不服{paper_of(ruling)}{told}，现依法提起上诉。",
                ),
            ),
            Part("requests", said(data, "requests"), "上诉请求"),
            Part(
                "reasons",
                (*said(data, "reasons"), f"综上，一审{what}应予纠正，请求二审法院依法支持上诉人的上诉请求。"),
                "事实和理由",
            ),
            to_court(data.get("court_above") or GAP),
        )
    )


def appeal_requires(case: Case, data: Data) -> list[Missing]:
    found = needs_head(case, data)
    if appealed(file_of(case)) is None:
        found.append(Missing("ruling", _("No paper of the court is entered that can be appealed."), "85"))
    return found + needs(
        data,
        ("court_above", _("Name the court above.")),
        ("requests", _("Say what is asked of the court above.")),
        ("reasons", _("Give the reasons of the appeal.")),
    )


APPEAL = court_paper(
    code="appeal",
    name=pgettext_lazy("paper", "Appeal"),
    title="行政上诉状",
    form=AppealForm,
    compose=appeal_text,
    states=("JUDGED", "APPEALED"),
    requires=appeal_requires,
    attachments=lambda case, data: ("上诉状副本",),
    primary=40,
)


WORDS = {
    Participation.Role.APPLICANT: "原告",
    Participation.Role.RESPONDENT: "被告",
    Participation.Role.THIRD_PARTY: "第三人",
}


def appellants(file: SuitFile, answering: Participation | None) -> list[Participation]:
    """Those whose appeal is recorded, perhaps another agency's or a third party's; until then the plaintiffs."""
    appealed_by = {fact.party_id for fact in file.events if fact.kind == "appealed"}
    found = [part for part in file.parts if part.party_id in appealed_by and part.role in WORDS]
    return [part for part in found if answering is None or part.pk != answering.pk] or file.plaintiffs


class AppealAnswerForm(AgencyForm):
    claims = text_field(_("What is asked of the court"), 2)
    reasons = text_field(_("Reasons of the answer"), 8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.propose(claims="依法驳回上诉，维持原判")


def answer_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part = file.agency(data)
    first = next((one for one in reversed(file.rulings) if one.in_instance.level == Level.FIRST), None)
    received = file.day("appeal_copy_received", party=part.party_id) if part else None
    others = appellants(file, part)
    told = f"，答辩人于{chinese_date(received)}收到上诉状副本" if received else ""
    return Composed(
        (
            Part(
                "parties",
                (
                    *((party_line(part, f"答辩人（原审{role_word(file, part)}）"), head_line(part)) if part else ()),
                    *(party_line(one, f"上诉人（原审{WORDS[one.role]}）") for one in others),
                ),
            ),
            Part(
                "introduction",
                (f"上诉人{names(others)}因{file.cause}一案，不服{paper_of(first)}，提起上诉{told}。现提出答辩如下：",),
            ),
            Part("claims", asked(data, "claims"), "一、答辩请求"),
            Part("reasons", said(data, "reasons"), "二、事实和理由"),
            to_court(file.court or GAP),
        )
    )


APPEAL_ANSWER = court_paper(
    code="appeal_answer",
    name=_("Answer to the appeal"),
    title="行政上诉答辩状",
    form=AppealAnswerForm,
    compose=answer_text,
    states=("APPEALED", "ANSWERED", "HEARING_SET", "TRIED", "JUDGED"),
    requires=lambda case, data: [
        *needs_court(case, data),
        *needs_head(case, data),
        *needs(
            data,
            ("claims", _("Say what is asked of the court.")),
            ("reasons", _("Give the reasons of the answer.")),
        ),
    ],
    offered_if=lambda case: case.litigation_facts.running_order > 1 or case.state == "APPEALED",
    primary=39,
)
