"""驳回行政复议申请决定书: the condition that fails after all, reasons, remedy (art. 33; Regulation 2026, art. 37)."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from reconsideration.aftermath.suits import sued_marks
from reconsideration.documents import organs, remedies, series, wording
from reconsideration.documents.casefile import CaseFile, closed, lines, numeral, parties_block
from reconsideration.documents.refusal import NOT_MET
from reconsideration.documents.trial_notice import LAW, REGULATION, everybody, introduction, sent, who_may_sue
from reconsideration.ending_guards import DISMISSAL_ITEMS
from reconsideration.states import UNDER_TRIAL
from reconsideration.terms import DismissalGround

# Implementing Regulation 2026, art. 37(1)
BASELESS: dict[str, str] = {
    DismissalGround.BASELESS: "行政复议请求明显缺乏事实和法律依据，经释明后申请人仍然坚持申请行政复议",
    DismissalGround.BEYOND_POWER: "申请人所请求履行的法定职责或者给付义务明显不属于行政机关权限范围",
    DismissalGround.CONFIRMED_BY_COURT: "所涉及行政行为的法律效力已经被人民法院作出的生效裁判、调解书确认",
}


class DismissalForm(KindForm):
    ground = forms.ChoiceField(
        label=_("Ground"), choices=[("", _("— choose —")), *DismissalGround.choices], required=False
    )
    reasons = forms.CharField(
        label=_("Reasons"), required=False, max_length=6000, widget=forms.Textarea({"rows": 6}),
        help_text=_("What was found after acceptance and why the ground applies (article 33)."),
    )  # fmt: skip
    competent_organ = forms.CharField(label=_("Competent authority"), required=False, max_length=80)
    court = forms.CharField(label=_("Court to sue in"), required=False, max_length=60)


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    ground = data.get("ground") or ""
    remedy = remedies.after_refusal(
        is_mandatory_first=file.facts.is_mandatory_first,
        court=data.get("court") or organs.intermediate_court(today),
        word="驳回申请",
        who=who_may_sue(file),
    )
    return Composed(
        (
            Part("parties", parties_block(file)),
            Part("application", (introduction(file),)),
            Part("reasons", ("经审理，本机关认为：", *(closed(line) for line in lines(data, "reasons")))),
            Part("decision", _decision(ground, data)),
            Part("remedy", (remedy,)),
        )
    )


def _decision(ground: str, data: Data) -> tuple[str, ...]:
    if not ground:
        return ()
    if ground in DISMISSAL_ITEMS:
        basis = f"{REGULATION}第三十七条第一款第{DISMISSAL_ITEMS[ground]}项"
        found = (f"综上，{BASELESS[ground]}。根据{basis}的规定，本机关决定驳回申请人的行政复议申请。",)
    else:
        item = f"{LAW}第三十条第一款第{numeral(int(ground))}项"
        found = (
            f"综上，该行政复议申请{NOT_MET[ground]}，不符合{item}规定的受理条件。根据{LAW}第三十三条的规定，"
            "本机关决定驳回申请人的行政复议申请。",
        )
    if organ := data.get("competent_organ"):
        found += (f"对该行政行为有管辖权的行政复议机关是{organ}。",)
    return found


def requires(case: Case, data: Data) -> list[Missing]:
    found = []
    if not data.get("ground"):
        found.append(Missing("ground", _("Choose the ground of the dismissal."), "33", "ground"))
    if not lines(data, "reasons"):
        found.append(Missing("reasons", _("A dismissal must state its reasons."), "33", "reasons"))
    return found


DISMISSAL = DocumentKind(
    code="dismissal",
    name=_("Decision dismissing the application"),
    title="驳回行政复议申请决定书",
    issuer=organs.AUTHORITY,
    compose=compose,
    states=(*UNDER_TRIAL, "SUSPENDED"),
    series=series.DISMISSAL,
    reviewer_roles=("head",),
    signer_roles=("authority",),
    form=DismissalForm,
    passages=wording.TRIAL_OPENING,
    issue_action="reconsideration.dismiss",
    served_action="reconsideration.dismissal_served",
    issue_data=lambda document: sent(document, "ground", "competent_organ"),
    recipients=everybody,
    requires=requires,
    marks=sued_marks,
)
