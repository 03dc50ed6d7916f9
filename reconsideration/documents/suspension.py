"""中止通知书 and 恢复审理通知书: ground, cause and effect; the cause that is gone (art. 39)."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, numeral
from reconsideration.documents.trial_notice import (
    LAW,
    CauseForm,
    ConcernedForm,
    addressees,
    cause_of,
    everybody,
    everybody_there,
    introduction,
    needs_cause,
    needs_one_concerned,
    sent,
)
from reconsideration.states import UNDER_TRIAL
from reconsideration.suspension_grounds import in_whom
from reconsideration.terms import SUSPENSION_ITEM, SuspensionGround

# Reconsideration Law 2023, art. 39(1), item by item, in the words of a paper
CAUSES: dict[str, str] = {
    SuspensionGround.DEATH: "作为申请人的公民死亡，其近亲属尚未确定是否参加行政复议",
    SuspensionGround.INCAPACITY: "作为申请人的公民丧失参加行政复议的行为能力，尚未确定法定代理人参加行政复议",
    SuspensionGround.MISSING: "作为申请人的公民下落不明",
    SuspensionGround.ORGANISATION_ENDED: "作为申请人的法人或者其他组织终止，尚未确定权利义务承受人",
    SuspensionGround.FORCE_MAJEURE: "申请人、被申请人因不可抗力或者其他正当理由，不能参加行政复议",
    SuspensionGround.MEDIATION: "依法进行调解、和解，申请人和被申请人同意中止",
    SuspensionGround.LEGAL_QUESTION: "案件涉及的法律适用问题需要有权机关作出解释或者确认",
    SuspensionGround.OTHER_CASE: "案件审理需要以其他案件的审理结果为依据，而其他案件尚未审结",
    SuspensionGround.ANNEXED_REVIEW: f"需要依照{LAW}第五十六条、第五十七条的规定处理有关规范性文件或者依据",
    SuspensionGround.OTHER: "需要中止行政复议的其他",
}


class SuspensionForm(ConcernedForm):
    ground = forms.ChoiceField(
        label=_("Ground"), choices=[("", _("— choose —")), *SuspensionGround.choices], required=False
    )
    agreed_by = forms.CharField(
        label=_("How applicant and respondent agreed"), required=False, max_length=200,
        help_text=_("Needed for mediation or settlement: paper and day."),
    )  # fmt: skip
    is_competent = forms.ChoiceField(
        label=_("May this authority itself review the document or basis?"),
        choices=[
            ("", _("— choose —")),
            ("yes", _("Yes: thirty days")),
            ("no", _("No: transfer in seven working days")),
        ],
        required=False,
        help_text=_("Only for item 9 of article 39(1)."),
    )
    field_order = ("ground", "concerns", "cause", "agreed_by", "is_competent")


def _situation(case: Case, data: Data) -> str:
    ground = data["ground"]
    words = in_whom(case, ground, data.get("concerns"), CAUSES[ground])
    return words + ("情形" if ground == SuspensionGround.OTHER else "的情形")


def compose_suspension(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    ground = data.get("ground") or ""
    decision: tuple[str, ...] = ()
    if ground:
        item = f"{LAW}第三十九条第一款第{numeral(SUSPENSION_ITEM[ground])}项"
        decision = (
            f"因{cause_of(data)}，属于{_situation(case, data)}，根据{item}的规定，本机关决定自本通知书作出之日起"
            "中止本案的审理。",
            "中止期间不计入行政复议审理期限。中止的原因消除后，本机关将及时恢复审理，并书面告知各方当事人。",
            wording.CLOSING.say(),
        )
    return Composed(
        (Part("introduction", (introduction(file),)), Part("decision", decision)),
        addressee=addressees(case, ground, data.get("concerns")),
    )


def suspension_requires(case: Case, data: Data) -> list[Missing]:
    found = []
    if not data.get("ground"):
        found.append(Missing("ground", _("Choose the ground of article 39(1)."), "39(1)", "ground"))
    if data.get("ground") == SuspensionGround.ANNEXED_REVIEW and not data.get("is_competent"):
        message = _("Say whether this authority may itself review the document or basis.")
        found.append(Missing("competence", message, "56", "is_competent"))
    return [*found, *needs_one_concerned(case, data, "39(1)"), *needs_cause(data, "39(3)")]


SENT = ("ground", "cause", "agreed_by", "is_competent", "concerns")


SUSPENSION_NOTICE = DocumentKind(
    code="suspension_notice",
    name=_("Suspension notice"),
    title="行政复议中止通知书",
    issuer=organs.AUTHORITY,
    compose=compose_suspension,
    states=UNDER_TRIAL,
    series=series.SUSPENSION,
    form=SuspensionForm,
    passages=wording.TRIAL_PAPERS,
    issue_action="reconsideration.suspend",
    issue_data=lambda document: sent(document, *SENT),
    recipients=everybody_there,
    requires=suspension_requires,
)


def compose_added_ground(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    ground = data.get("ground") or ""
    told = f"{introduction(file)}本机关{file.on_day('suspended')}中止本案的审理，中止的原因尚未消除。"
    decision: tuple[str, ...] = ()
    if ground:
        item = f"{LAW}第三十九条第一款第{numeral(SUSPENSION_ITEM[ground])}项"
        decision = (
            f"中止期间，因{cause_of(data)}，又出现{_situation(case, data)}，根据{item}的规定，"
            "本机关决定自本通知书作出之日起同时依照该项规定中止本案的审理。",
            "中止期间不计入行政复议审理期限。各项中止的原因均消除后，本机关将及时恢复审理，并书面告知各方当事人。",
            wording.CLOSING.say(),
        )
    return Composed(
        (Part("introduction", (told,)), Part("decision", decision)),
        addressee=addressees(case, ground, data.get("concerns")),
    )


ADDED_GROUND_NOTICE = DocumentKind(
    code="added_ground_notice",
    name=_("Notice of a further ground of suspension"),
    title="增加行政复议中止事由通知书",
    issuer=organs.AUTHORITY,
    compose=compose_added_ground,
    states=("SUSPENDED",),
    series=series.SUSPENSION,
    form=SuspensionForm,
    passages=wording.TRIAL_PAPERS,
    issue_action="reconsideration.add_suspension_ground",
    issue_data=lambda document: sent(document, *SENT),
    recipients=everybody_there,
    requires=suspension_requires,
)
"""The dossier (§5.2) does not list it: art. 39(3) wants every suspension told in writing; numbered with the notices."""


def compose_resumption(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    return Composed(
        (
            Part("introduction", (introduction(file) + f"本机关{file.on_day('suspended')}中止本案的审理。",)),
            Part(
                "decision",
                (
                    f"现{cause_of(data)}，中止的原因已经消除。根据{LAW}第三十九条第二款、第三款的规定，"
                    "本机关决定自本通知书作出之日起恢复本案的审理，行政复议审理期限继续计算。",
                    wording.CLOSING.say(),
                ),
            ),
        ),
        addressee="、".join(part.name for part in everybody(case)),
    )


RESUMPTION_NOTICE = DocumentKind(
    code="resumption_notice",
    name=_("Resumption notice"),
    title="恢复行政复议案件审理通知书",
    issuer=organs.AUTHORITY,
    compose=compose_resumption,
    states=("SUSPENDED",),
    series=series.RESUMPTION,
    form=CauseForm,
    passages=wording.TRIAL_PAPERS,
    issue_action="reconsideration.resume",
    recipients=everybody,
    requires=lambda case, data: needs_cause(data, "39(2)"),
    primary=30,
)
