"""D19: 接收回执, 受理复函 and 调解结果反馈函 to the organ that referred the dispute.

Only the result and the facts the parties agree on leave: what was conceded or said in confidence never does
(Provisions on invited mediation, art. 22; Interpretation of the Civil Procedure Law, art. 107).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, KindForm, Missing, Part
from casemgr.documents.rendering import Cell, Table, chinese_date
from mediation.documents import wording
from mediation.documents.casefile import CaseFile, closed, file_of, lines
from mediation.documents.ending import GROUND_WORDS
from mediation.documents.people import Signatory, sign_table
from mediation.documents.shapes import letter, no_text, sealed_form
from mediation.documents.words import DELEGATION_WORDS, ENDING_WORDS, PERFORMANCE_WORDS
from mediation.terms import Source


def _was_referred(case: Case) -> bool:
    return file_of(case).facts.source == Source.REFERRED


def _organ(file: CaseFile) -> str:
    return (file.referral.organ if file.referral else "") or file.facts.court


def _matter(file: CaseFile) -> str:
    """（2026）内0621诉前调1号申请人王宝音与被申请人李四邻里纠纷一案"""
    number = file.referral.organ_number if file.referral else ""
    return f"{number}{file.both_sides}{file.dispute}一案"


def _way(file: CaseFile) -> str:
    return DELEGATION_WORDS.get(file.facts.court_track, "移送调解")


def receipt_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    referral = file.referral

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    received = referral.received_on if referral and referral.received_on else file.day("court_papers_received")
    papers = "\n".join(f"{number}. {paper}" for number, paper in enumerate(referral.papers if referral else [], 1))
    table = Table.of(
        (label("委派、移送\n单位"), Cell(_organ(file), span=3)),
        (
            label("来函编号"),
            referral.organ_number if referral else "",
            label("经办人"),
            referral.officer if referral else "",
        ),
        (label("纠纷"), Cell(f"{file.both_sides}{file.dispute}", span=3)),
        (label("方式"), _way(file), label("接收日期"), chinese_date(received)),
        (label("接收的材料"), Cell(papers, span=3)),
        (label("我委员会\n案号"), Cell(case.number, span=3)),
        widths=(1.8, 3.6, 1.6, 3),
        heights=(12, 11, 12, 11, 50, 12),
    )
    return {
        "form": (table,),
        "signatures": (sign_table(Signatory("送交人", "签名", ""), Signatory("接收人", "签名", "")),),
    }


REFERRAL_RECEIPT = sealed_form(
    code="referral_receipt",
    name=_("Receipt for the organ's papers"),
    title="委派（委托、移送）调解材料接收回执",
    compose=no_text,
    blocks=receipt_blocks,
    offered_if=_was_referred,
)


def acceptance_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    accepted = file.day("accepted")
    mediators = f"指定人民调解员{file.mediator_names}调解" if file.mediator_names else "将指定人民调解员调解"
    return Composed(
        (
            Part(
                "text",
                (
                    f"你单位{_way(file)}的{_matter(file)}收悉。我委员会已于{chinese_date(accepted)}受理，案号为{case.number}，{mediators}，结果将及时函告。",
                ),
            ),
            Part("closing", (wording.LETTER_CLOSING.say(),)),
        ),
        addressee=_organ(file),
    )


ACCEPTANCE_LETTER = letter(
    code="acceptance_letter",
    name=_("Letter to the organ: taken on"),
    title="关于受理委派（委托、移送）调解的复函",
    compose=acceptance_text,
    passages=(wording.LETTER_CLOSING,),
    offered_if=lambda case: _was_referred(case) and bool(file_of(case).day("accepted")),
    primary=22,
)


class ResultForm(KindForm):
    """What may leave; nothing is taken over from the records of the sessions."""

    agreed_facts = forms.CharField(
        label=_("Facts the parties agree on"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Only what the parties expressly agree to; what they conceded in mediation never leaves."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        referral = file_of(self.case).referral
        if not self.is_bound and referral is not None:
            self.fields["agreed_facts"].initial = referral.agreed_facts


def result_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    facts = tuple(closed(line) for line in lines(data.get("agreed_facts")))
    said = [
        Part("text", (f"你单位{_way(file)}的{_matter(file)}，我委员会已调解终结，现将结果函告如下。",)),
        Part("result", _result(file), "一、调解结果"),
        Part("facts", facts, "二、当事人无争议的事实"),
        Part("closing", (wording.LETTER_CLOSING.say(),)),
    ]
    return Composed(tuple(part for part in said if part.paragraphs), addressee=_organ(file))


def _result(file: CaseFile) -> tuple[str, ...]:
    fact = file.fact("failed", "terminated")
    ground = GROUND_WORDS.get(fact.data.get("ground", ""), "") if fact else ""
    ending = ENDING_WORDS.get(file.case.outcome, "")
    said = [closed(f"{ending}{f'：{ground}' if ground else ''}")] if ending else []
    if (agreement := file.agreement) is not None and file.case.outcome == "agreed":
        effect = f"，于{chinese_date(agreement.effective_on)}生效" if agreement.effective_on else ""
        said.append(f"调解协议编号：{agreement.number}，于{chinese_date(agreement.made_on)}达成{effect}。")
    if word := PERFORMANCE_WORDS.get(file.facts.performance):
        said.append(f"履行情况：{word}。")
    return tuple(said)


def result_requires(case: Case, data: Data) -> list[Missing]:
    if case.outcome:
        return []
    return [Missing("result", _("There is no result yet: record how the mediation ended first."))]


RESULT_LETTER = letter(
    code="result_letter",
    name=_("Result letter to the organ"),
    title="调解结果反馈函",
    form=ResultForm,
    compose=result_text,
    requires=result_requires,
    passages=(wording.LETTER_CLOSING,),
    offered_if=lambda case: _was_referred(case) and bool(case.outcome),
    primary=23,
)
