"""准予撤回行政复议申请通知书 (art. 41(1), 74(2)): the will is examined, and what follows for a new application."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.rendering import chinese_date
from reconsideration.documents import organs, remedies, series, wording
from reconsideration.documents.casefile import CaseFile, closed
from reconsideration.documents.shapes import office_letter
from reconsideration.documents.trial_notice import LAW, addressees, everybody, introduction
from reconsideration.ending_guards import withdrawals
from reconsideration.states import UNDER_TRIAL


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    asked = withdrawals(case)
    names = {part.party_id: part.name for part in file.parts}
    said = []
    for party, fact in asked.items():
        why = closed(f"，理由：{fact.data['content']}") if fact.data.get("content") else "。"
        said.append(f"{names.get(party, '申请人')}于{chinese_date(fact.occurred_on)}书面申请撤回行政复议申请{why}")
    settled = [party for party, fact in asked.items() if fact.data.get("after_settlement")]

    def called(parties: Iterable[int]) -> str:
        return "、".join(names[party] for party in parties if party in names)

    who, others = called(asked), called(party for party in asked if party not in settled)
    return Composed(
        (
            Part("introduction", (introduction(file, authority=organs.authority_name(today)), *said)),
            Part(
                "decision",
                (
                    f"经审查，撤回申请系其真实意思表示，不损害国家利益、社会公共利益和他人合法权益。根据{LAW}第四十一条第一项"
                    f"{'、第七十四条' if settled else ''}的规定，准予{who}撤回行政复议申请。",
                    *remedies.after_withdrawal(called(settled), others, today),
                    wording.CLOSING.say(),
                )
                if who
                else (),
            ),
        ),
        addressee=addressees(case),
    )


def requires(case: Case, data: Data) -> list[Missing]:
    if withdrawals(case):
        return []
    message = _("No request to withdraw is recorded: record it first.")
    return [Missing("withdrawn", message, "74(2)", mended_by="reconsideration.withdraw")]


WITHDRAWAL_PERMISSION = office_letter(
    code="withdrawal_permission",
    name=_("Permission to withdraw"),
    title="准予撤回行政复议申请通知书",
    issuer=organs.OFFICE,
    compose=compose,
    states=(*UNDER_TRIAL, "SUSPENDED"),
    series=series.WITHDRAWAL,
    recipients=everybody,
    requires=requires,
    passages=wording.TRIAL_PAPERS,
    offered_if=lambda case: bool(CaseFile(case).facts_of_kind("withdrawn")),
)
