"""责令履行通知书, 约谈记录 and 通报: when a respondent does not perform (art. 77(2))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases import events
from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.rendering import KeyValues, SignLines, chinese_date
from casemgr.pages.forms import DateField
from reconsideration.actions.pressing import PRESSED
from reconsideration.aftermath.duties import duties_of
from reconsideration.aftermath.letters import Letter, letters_of
from reconsideration.aftermath.pending import unperformed
from reconsideration.aftermath.terms import DutyKind
from reconsideration.documents import organs, series
from reconsideration.documents.casefile import CaseFile, closed, day, lines
from reconsideration.documents.shapes import (
    ProposingForm,
    area,
    authority_letter,
    ending_paper,
    lacking,
    made,
    paper_words,
    printed_form,
)
from reconsideration.documents.trial_notice import LAW, REGULATION, introduction
from reconsideration.timelimits.laws import REGULATION_2026


def may_be_pressed(case: Case) -> bool:
    """Something was to be performed at all: whether its day is past, issuing tells."""
    return bool(duties_of(case) or letters_of(case) or case.facts.redo_is_ordered)


class OrderForm(ProposingForm):
    """Which of what is not performed, and the term the order sets."""

    what = forms.ChoiceField(label=_("What is not performed"), required=False)
    term = DateField(label=_("Performance due on"), required=False)
    circumstances = area(_("What was done so far, and why it is no performance"), 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = unperformed(self.case, self.today) if self.today else []
        kept = self._kept(found)
        self.fields["what"].choices = [("", _("— choose —")), *((one.subject, one.text) for one in found), *kept]
        if found:
            self.propose(what=found[0].subject)

    def _kept(self, found: list) -> list[tuple[str, str]]:
        """What a draft begun is about stays a choice."""
        known = {one.subject for one in found}
        chosen = getattr(self.subject, "data", {}).get("what") if self.subject is not self.case else ""
        return [(chosen, chosen)] if chosen and chosen not in known else []


def _what(case: Case, data: Data, today: date) -> str:
    return next((one.text for one in unperformed(case, today) if one.subject == data.get("what")), "")


def _letter(case: Case, data: Data) -> Letter | None:
    """The opinion letter the order is about, if it is about one: its organ need not take part in the case."""
    return next((one for one in letters_of(case) if one.subject == data.get("what")), None)


def order_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    paper, letter = ending_paper(case), _letter(case, data)
    until, what = day(data, "term"), _what(case, data, today)
    facts = tuple(closed(line) for line in lines(data, "circumstances"))
    subject = str(data.get("what") or "")
    if letter is not None:
        said = f"本机关向你单位制发《行政复议意见书》{_served(letter.received_on)}。"
    else:
        served = _served(_decision_served_on(file))
        said = f"{introduction(file)}本机关{made(paper)}{served}，{paper_words(paper)}要求你单位：{closed(what)}"
    consequence = (
        f"逾期仍不履行的，本机关将依照{LAW}第七十七条第二款的规定约谈你单位有关负责人或者予以通报批评，并依照第八十三条的规定"
        "移送有关机关对负有责任的领导人员和直接责任人员依法给予处分。"
    )
    if any(one.subject == subject and one.kind == DutyKind.REDO for one in duties_of(case)):
        consequence += (
            f"未按照行政复议决定的要求重新作出行政行为的，依照{REGULATION}第七十一条的规定追究法律责任。"
            if REGULATION_2026.covers(today)
            else ""
        )
    return Composed(
        (
            Part("introduction", (said, *facts, "你单位至今未履行。") if what else ()),
            Part(
                "decision",
                (
                    f"根据{LAW}第七十七条第二款的规定，责令你单位于{chinese_date(until)}前履行，"
                    f"并自履行之日起将履行情况及证明材料书面报告{organs.office_name(today)}。",
                )
                if until
                else (),
            ),
            Part("consequence", (consequence,)),
        ),
        addressee=letter.organ if letter is not None else file.respondent_names,
    )


def _decision_served_on(file: CaseFile) -> date | None:
    parties = {part.party_id for part in file.respondents}
    served = [fact for fact in file.facts_of_kind("decision_served") if fact.party_id in parties]
    return served[-1].occurred_on if served else None


def _served(on: date | None) -> str:
    return f"，已于{chinese_date(on)}送达你单位" if on else ""


def order_requires(case: Case, data: Data) -> list[Missing]:
    found = lacking(
        data,
        ("what", _("Choose what is not performed."), "77(2)"),
        ("term", _("The order must set a term."), "77(2)"),
    )
    if not may_be_pressed(case):
        message = _("Nothing to perform is entered.")
        found.append(Missing("duty", message, "77", mended_by="reconsideration.open_performance"))
    return found


PERFORMANCE_ORDER = authority_letter(
    code="performance_order",
    name=_("Order to perform"),
    title="责令履行通知书",
    compose=order_text,
    states=PRESSED,
    series=series.PERFORMANCE_ORDER,
    form=OrderForm,
    issue_action="reconsideration.order_performance",
    issue_data=lambda document: {"what": document.data.get("what", ""), "due_on": document.data.get("term", "")},
    recipients=lambda case: CaseFile(case).respondents,
    requires=order_requires,
    offered_if=may_be_pressed,
)


def interview_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    fact = events.last_of(file.events, "interviewed")
    if fact is None:
        return Composed((Part("head"),))
    told = fact.data
    until = date.fromisoformat(told["until"]) if told.get("until") else None
    term = (f"以上事项于{chinese_date(until)}前完成。",) if until else ()
    return Composed(
        (
            Part("head"),
            Part(
                "reason",
                (
                    f"{paper_words(ending_paper(case))}要求被申请人履行的事项未按期履行，根据{LAW}第七十七条第二款的规定，"
                    "对被申请人的有关负责人进行约谈。",
                ),
                "约谈事由",
            ),
            Part("content", tuple(closed(line) for line in lines(told, "content")), "约谈内容"),
            Part("undertaking", (*(closed(line) for line in lines(told, "undertaking")), *term), "被约谈单位承诺事项"),
        )
    )


def interview_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = CaseFile(case)
    fact = events.last_of(file.events, "interviewed")
    if fact is None:
        return {}
    told = fact.data
    organ = next((part.name for part in file.respondents if part.party_id == fact.party_id), file.respondent_names)
    head = KeyValues(
        (
            ("案号", case.number),
            ("时间", chinese_date(fact.occurred_on)),
            ("地点", told.get("place", "")),
            ("被约谈单位", organ),
            ("被约谈人", told.get("interviewed", "")),
            ("约谈人", told.get("interviewers", "")),
        )
    )
    return {"head": (head,), "signatures": (SignLines(("被约谈人", "约谈人", "记录人")),)}


def interview_requires(case: Case, data: Data) -> list[Missing]:
    if CaseFile(case).facts_of_kind("interviewed"):
        return []
    message = _("No interview is recorded: enter it first.")
    return [Missing("interview", message, "77(2)", mended_by="reconsideration.record_interview")]


INTERVIEW_RECORD = printed_form(
    code="interview_record",
    name=_("Record of the interview"),
    title="约谈记录",
    issuer=organs.AUTHORITY,
    compose=interview_text,
    blocks=interview_blocks,
    states=PRESSED,
    requires=interview_requires,
    offered_if=lambda case: bool(CaseFile(case).facts_of_kind("interviewed")),
)


class CriticismForm(ProposingForm):
    facts = area(_("What was to be performed, and that it was not"), 5)
    demands = area(_("What is demanded of the organ and of others, one a line"), 4)
    readers = forms.CharField(
        label=_("To whom it is sent"),
        required=False,
        max_length=200,
        help_text=_("Left empty: to all sumu and towns, streets and departments."),
    )


READERS = "各苏木镇人民政府、街道办事处，旗直各部门"


def criticism_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    organ = file.respondent_names
    demands = lines(data, "demands")
    return Composed(
        (
            Part(
                "introduction",
                (
                    f"本机关办理的申请人{file.applicant_names}{file.complaint(organ)}申请行政复议一案，"
                    f"{made(ending_paper(case))}。{organ}不履行或者无正当理由拖延履行，现将有关情况通报如下。",
                ),
            ),
            Part("facts", tuple(closed(line) for line in lines(data, "facts")), "一、基本情况"),
            Part(
                "decision",
                (f"根据{LAW}第七十七条第二款的规定，对{organ}予以通报批评。",),
                "二、处理决定",
            ),
            Part("demands", tuple(closed(line) for line in demands), "三、工作要求"),
        ),
        addressee=str(data.get("readers") or READERS),
    )


def criticism_requires(case: Case, data: Data) -> list[Missing]:
    return lacking(
        data,
        ("facts", _("Write what was not performed."), "77(2)"),
        ("demands", _("Write what is demanded."), "77(2)"),
    )


CRITICISM = authority_letter(
    code="criticism",
    name=_("Public criticism"),
    title="关于不履行行政复议决定的通报",
    compose=criticism_text,
    states=PRESSED,
    series=series.CRITICISM,
    form=CriticismForm,
    issue_action="reconsideration.criticise",
    issue_data=lambda document: {"organ": CaseFile(document.case.typed()).respondent_names},
    requires=criticism_requires,
    offered_if=may_be_pressed,
)

__all__ = ["CRITICISM", "INTERVIEW_RECORD", "PERFORMANCE_ORDER"]
