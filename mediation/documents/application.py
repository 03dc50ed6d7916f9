"""D03 人民调解申请书 and D04 人民调解受理登记表."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Part
from casemgr.documents.rendering import Cell, Table, chinese_date, figures
from mediation.documents import wording
from mediation.documents.casefile import CaseFile, closed, file_of, lines
from mediation.documents.people import Signatory, own_signatures, particulars, party_signatures, sign_table
from mediation.documents.shapes import PARTIES, no_text, printed_form, sealed_form
from mediation.documents.words import SOURCE_WORDS, SUB_SOURCE_WORDS
from mediation.terms import Source, SubSource


def _day(file: CaseFile) -> date:
    return file.case.opened_on


def compose(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    return Composed(
        (
            Part("parties"),
            Part("facts", tuple(closed(line) for line in lines(file.facts.summary)), "纠纷简要情况"),
            Part("claims", tuple(closed(line) for line in lines(file.facts.claims)), "当事人申请事项"),
            Part("statement", (wording.APPLICATION_STATEMENT.say(),)),
        ),
        addressee=file.committee.name,
    )


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    signatories = (one for part in file.of_role("applicant") for one in own_signatures(file, part))
    return {"parties": (particulars(file, _day(file)),), "signatures": (sign_table(*signatories),)}


APPLICATION = printed_form(
    code="application",
    issuer=PARTIES,
    name=_("Application for mediation (form)"),
    title="人民调解申请书",
    compose=compose,
    blocks=blocks,
    passages=(wording.APPLICATION_STATEMENT,),
    offered_if=lambda case: (
        file_of(case).facts.source == Source.APPLICATION and file_of(case).facts.sub_source != SubSource.ORAL
    ),
)


def register_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    facts = file.facts
    amount = f"{'约' if facts.amount_is_approximate else ''}{figures(facts.amount_yuan)}" if facts.amount_yuan else "—"

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    rows = Table.of(
        (label("案号"), case.number, label("登记日期"), chinese_date(case.opened_on)),
        (label("纠纷类型"), file.dispute, label("涉及金额"), amount),
        (label("纠纷来源"), Cell(_source(file), span=3)),
        (label("发生地点"), Cell(facts.place, span=3)),
        (label("纠纷简要\n情况"), Cell("\n".join(lines(facts.summary)), span=3)),
        (label("当事人\n请求"), Cell("\n".join(lines(facts.claims)), span=3)),
        (label("告知情况"), Cell(wording.REGISTRATION_STATEMENT.say(), span=3)),
        widths=(1.6, 3.4, 1.6, 3.4),
        heights=(9, 9, 9, 9, 34, 18, 14),
    )
    registrar = Signatory("登记人", "签名", case.lead_handler.full_name if case.lead_handler else "")
    return {
        "parties": (particulars(file, _day(file)),),
        "form": (rows,),
        "signatures": (sign_table(*party_signatures(file), registrar),),
    }


def _source(file: CaseFile) -> str:
    facts = file.facts
    ticks = "　".join(f"{'■' if code == facts.source else '□'}{word}" for code, word in SOURCE_WORDS.items())
    detail = SUB_SOURCE_WORDS.get(facts.sub_source, "")
    return f"{ticks}{f'（{detail}）' if detail else ''}"


REGISTRATION_FORM = sealed_form(
    code="registration_form",
    name=_("Registration form"),
    title="人民调解受理登记表",
    compose=no_text,
    blocks=register_blocks,
    passages=(wording.REGISTRATION_STATEMENT,),
)
