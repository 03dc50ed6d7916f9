"""D17 调解不成告知书 and 终止调解告知书: reason and the other ways (art. 26); D18 不予受理告知书, 退回函."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, KindForm, Missing, Part
from casemgr.documents.rendering import Table, chinese_date
from mediation.course.advice import advice_for
from mediation.documents import routes, wording
from mediation.documents.casefile import closed, file_of, lines, names
from mediation.documents.people import Signatory, sign_table
from mediation.documents.shapes import letter
from mediation.terms import FailureGround, Route, Source, TerminationGround

GROUND_WORDS: dict[str, str] = {
    FailureGround.NO_AGREEMENT: "当事人未能达成一致意见",
    FailureGround.EXPIRED: "调解期限届满，当事人未同意延长",
    FailureGround.NOT_SIGNED: "当事人拒绝在调解协议上签名、盖章",
    TerminationGround.REFUSED: "当事人明确拒绝调解或者要求终止调解",
    TerminationGround.UNREACHABLE: "无法与当事人取得联系",
    TerminationGround.ELSEWHERE: "人民法院、仲裁机构或者行政机关已经受理该纠纷",
    TerminationGround.CRIME: "发现涉嫌犯罪，已依法报告",
    TerminationGround.DEATH: "当事人死亡，没有权利义务承受人",
    TerminationGround.SHAM: "发现当事人虚假调解",
    TerminationGround.SETTLED_ALONE: "当事人已自行和解",
}


class EndingForm(KindForm):
    """Reason and routes; what the case says is filled in."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    routes = forms.MultipleChoiceField(
        label=_("Other ways the parties are told of"),
        required=False,
        choices=Route.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            file = file_of(self.case)
            self.fields["reason"].initial = _known_reason(self.case)
            self.fields["routes"].initial = file.facts.advice or routes.usual(file)


def _known_reason(case: Case) -> str:
    fact = file_of(case).fact("failed", "terminated", "refused")
    if fact is None:
        return ""
    return GROUND_WORDS.get(fact.data.get("ground", ""), "") or str(fact.data.get("reason", ""))


def requires(case: Case, data: Data) -> list[Missing]:
    found = []
    if not lines(data.get("reason")):
        found.append(Missing("reason", _("State the reason."), field="reason"))
    named = data.get("routes") or ()
    lacking = [advice.route.label for advice in advice_for(file_of(case).case) if advice.route not in named]
    if lacking:
        what = _("Of these other ways the parties must be told in this dispute: %(routes)s.")
        found.append(Missing("routes", what % {"routes": "、".join(map(str, lacking))}, "26", "routes"))
    return found


def _ways(case: Case, data: Data) -> Part:
    ways = routes.sentences(file_of(case), data.get("routes") or ())
    return Part("ways", (f"根据{wording.LAW}第二十六条的规定，现告知你们可以依法通过下列途径维护自己的权利：", *ways))


def _told(opening: str):
    def compose(case: Case, data: Data, today: date) -> Composed:
        file = file_of(case)
        accepted = file.day("accepted")
        since = f"于{chinese_date(accepted)}受理后，" if accepted else ""
        reason = closed("；".join(lines(data.get("reason"))) or "　", "，")
        return Composed(
            (
                Part(
                    "text",
                    (f"{file.both_sides}{file.dispute}一案（{case.number}），我委员会{since}因{reason}{opening}",),
                ),
                _ways(case, data),
                Part("mind", ("请注意有关申请仲裁、提起诉讼的期限，及时主张权利。",)),
                Part("closing", (wording.CLOSING.say(),)),
            ),
            addressee=names(file.parties),
        )

    return compose


def receipt_blocks(case: Case, data: Data) -> dict[str, tuple[Table, ...]]:
    return {"received": (sign_table(*(Signatory("当事人", "签收", part.name) for part in file_of(case).parties)),)}


FAILURE_NOTICE = letter(
    layout="record",
    code="failure_notice",
    name=_("Notice that no agreement was reached"),
    title="调解不成告知书",
    form=EndingForm,
    compose=_told("调解不成，现依法终止调解。"),
    blocks=receipt_blocks,
    requires=requires,
    passages=(wording.CLOSING,),
    offered_if=lambda case: bool(file_of(case).day("failed")),
    primary=25,
)
TERMINATION_NOTICE = letter(
    layout="record",
    code="termination_notice",
    name=_("Notice that mediation is terminated"),
    title="终止调解告知书",
    form=EndingForm,
    compose=_told("现依法终止调解。"),
    blocks=receipt_blocks,
    requires=requires,
    passages=(wording.CLOSING,),
    offered_if=lambda case: bool(file_of(case).day("terminated", "withdrawn")),
    primary=25,
)


def refusal_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    reason = closed("；".join(lines(data.get("reason"))) or "　", "，")
    return Composed(
        (
            Part(
                "text",
                (f"{file.both_sides}{file.dispute}（{case.number}），经审查，因{reason}我委员会不予受理。",),
            ),
            _ways(case, data),
            Part("closing", (wording.CLOSING.say(),)),
        ),
        addressee=names(file.of_role("applicant") or file.parties),
    )


REFUSAL_NOTICE = letter(
    layout="record",
    code="refusal_notice",
    name=_("Notice that the dispute is not taken on"),
    title="人民调解不予受理告知书",
    form=EndingForm,
    compose=refusal_text,
    blocks=receipt_blocks,
    requires=requires,
    passages=(wording.CLOSING,),
    states=("REGISTERED", "NOT_ACCEPTED", "RETURNED", "CLOSED"),
    offered_if=lambda case: bool(file_of(case).day("refused")),
    primary=25,
)


def letter_back_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    referral = file.referral
    number = referral.organ_number if referral else ""
    reason = closed("；".join(lines(data.get("reason"))) or "　", "，")
    papers = referral.papers if referral else []
    returned = (f"随函退回材料{len(papers)}件：{'、'.join(map(str, papers))}。",) if papers else ()
    return Composed(
        (
            Part(
                "text",
                (
                    f"你单位移送的{number}{file.both_sides}{file.dispute}一案收悉。经审查，因{reason}我委员会不予受理，现将有关材料退回。",
                    *returned,
                ),
            ),
            Part("closing", (wording.LETTER_CLOSING.say(),)),
        ),
        addressee=referral.organ if referral else file.facts.court,
    )


REFUSAL_LETTER = letter(
    code="refusal_letter",
    name=_("Letter back to the organ: not taken on"),
    title="关于不予受理调解的复函",
    form=EndingForm,
    compose=letter_back_text,
    requires=lambda case, data: [one for one in requires(case, data) if one.code == "reason"],
    passages=(wording.LETTER_CLOSING,),
    states=("REGISTERED", "NOT_ACCEPTED", "RETURNED", "CLOSED"),
    offered_if=lambda case: file_of(case).facts.source == Source.REFERRED and bool(file_of(case).day("refused")),
    primary=24,
)
