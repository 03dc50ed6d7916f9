"""和解协议: what the parties settle among themselves before the decision, signed by them for the file (art. 74)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Part
from casemgr.documents.rendering import SignLines
from reconsideration.documents import organs
from reconsideration.documents.casefile import CaseFile, lines, numbered, parties_block
from reconsideration.documents.shapes import GAP, ProposingForm, area, lacking, party_form
from reconsideration.documents.trial_notice import LAW
from reconsideration.models import MediationSession
from reconsideration.states import UNDER_TRIAL


def agreed_words(case: Case) -> str:
    """What the register says was agreed: the settlement, else the last session of the office in which all agreed."""
    if settled := CaseFile(case).facts_of_kind("settled"):
        return str(settled[-1].data.get("content") or "")
    agreed = MediationSession.objects.filter(case_id=case.pk, result=MediationSession.Result.AGREED)
    return agreed.order_by("-order").values_list("agreed", flat=True).first() or ""


class SettlementAgreementForm(ProposingForm):
    agreed = area(_("What the parties agree"), help_text=_("One item a line: who does what, until when."), limit=3000)
    costs = area(_("Costs, and what else they settle"), rows=2, limit=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.propose(agreed=agreed_words(self.case))


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    items = [*lines(data, "agreed"), *lines(data, "costs")]
    withdrawal = f"申请人于本协议签订后，向{organs.office_name(today)}书面撤回本案行政复议申请"
    return Composed(
        (
            Part("parties", parties_block(file)),
            Part(
                "introduction",
                (
                    f"申请人{file.complaint()}，向{organs.authority_name(today)}申请行政复议（{case.number}）。"
                    f"行政复议决定作出前，当事人根据{LAW}第七十四条第一款的规定，自愿达成和解，协议如下：",
                ),
            ),
            Part(
                "agreement",
                numbered([*(items or [GAP * 4]), withdrawal], lambda number: f"{number}. "),
            ),
            Part(
                "statement",
                (
                    "本协议系当事人真实意思表示，不损害国家利益、社会公共利益和他人合法权益，不违反法律、法规的强制性规定。",
                    f"申请人已知悉：根据{LAW}第七十四条第二款的规定，行政复议机构准予撤回行政复议申请、行政复议机关决定终止"
                    "行政复议的，申请人不得再以同一事实和理由提出行政复议申请，但是能够证明撤回违背其真实意愿的除外。",
                    "本协议自各方签字或者盖章之日起生效，当事人各执一份，交行政复议机构一份附卷。",
                ),
            ),
        )
    )


def _sides(file: CaseFile) -> list[tuple[str, str]]:
    roles = (("申请人", file.applicants), ("被申请人", file.respondents), ("第三人", file.third_parties))
    return [(word, part.name) for word, parts in roles for part in parts]


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    names = [f"{word}（签字或者盖章）{name}" for word, name in _sides(CaseFile(case))]
    return {"signatures": (SignLines(tuple(names)),)}


SETTLEMENT_AGREEMENT = party_form(
    code="settlement_agreement",
    name=_("Settlement agreement (form)"),
    title="行政复议和解协议",
    form=SettlementAgreementForm,
    compose=compose,
    blocks=blocks,
    states=(*UNDER_TRIAL, "SUSPENDED"),
    requires=lambda case, data: lacking(data, ("agreed", _("State what the parties agree."), "74(1)")),
)
