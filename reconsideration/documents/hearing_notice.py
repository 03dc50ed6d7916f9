"""听证通知书: time, place and matters in writing, five days before; who must come (art. 50, 51)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.rendering import chinese_date
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, closed, numbered
from reconsideration.documents.trial_notice import LAW, addressees, everybody, introduction
from reconsideration.hearings.reading import day_in_words, has_open_hearing, place_of
from reconsideration.hearings.terms import SEAT_WORDS, HearingGround, Seat
from reconsideration.models import Hearing
from reconsideration.states import UNDER_TRIAL

WHY = {
    HearingGround.MANDATORY: "本案重大、疑难、复杂，根据" + LAW + "第五十条第一款的规定，本机构决定组织听证。",
    HearingGround.NECESSARY: "本机构认为有必要听证，根据" + LAW + "第五十条第二款的规定，决定组织听证。",
    HearingGround.REQUESTED: "应申请人的请求，根据" + LAW + "第五十条第二款的规定，本机构决定组织听证。",
}


def plan_key(hearing: Hearing) -> str:
    """Which plan a notice tells of: it does not serve for a later one."""
    return f"{hearing.number}-{hearing.plan}"


def open_of(case: Case) -> Hearing | None:
    rows = Hearing.objects.open().filter(case_id=case.pk).select_related("booking__room", "case")
    return rows.first()


class HearingNoticeForm(KindForm):
    hearing = forms.ChoiceField(label=_("Hearing"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hearing = open_of(self.case)
        known = [(plan_key(hearing), f"{day_in_words(hearing)} {place_of(hearing)}")] if hearing else []
        earlier = self.initial.get("hearing")
        if earlier and earlier not in dict(known):
            known.append((earlier, _("an earlier plan, changed since")))
        self.fields["hearing"].choices = known or [("", _("No hearing is planned"))]
        if hearing is not None:
            self.fields["hearing"].initial = plan_key(hearing)

    def clean_hearing(self) -> str:
        """Whoever says nothing means the hearing that is planned."""
        hearing = open_of(self.case)
        return self.cleaned_data["hearing"] or (plan_key(hearing) if hearing else "")


def _when(hearing: Hearing) -> str:
    booking = hearing.booking
    return f"{chinese_date(hearing.on)}{booking.begins}（预计{booking.ends}结束）"


def _panel(hearing: Hearing) -> str:
    found: dict[str, list[str]] = {}
    for row in hearing.panel.select_related("user"):
        found.setdefault(row.seat, []).append(row.user.full_name)
    return "；".join(f"{SEAT_WORDS[Seat(seat)]}：{'、'.join(found[seat])}" for seat in Seat.values if seat in found)


def _arrangement(hearing: Hearing) -> tuple[str, ...]:
    place = f"采用远程方式举行，{hearing.remote_note}" if hearing.is_remote else place_of(hearing)
    way = "公开举行" if hearing.is_open else "不公开举行"
    return (
        f"一、听证时间：{_when(hearing)}。",
        f"二、听证地点：{closed(place)}",
        f"三、拟听证事项：{closed(' '.join(hearing.matters.split()))}",
        f"四、听证人员：{_panel(hearing)}。",
        f"五、听证方式：{way}。",
    )


def _duties(file: CaseFile) -> list[str]:
    found = [
        f"申请人无正当理由拒不参加听证的，根据{LAW}第五十一条第二款的规定，视为放弃听证权利",
        f"被申请人的负责人应当参加听证；不能参加的，应当说明理由并委托相应的工作人员参加听证（{LAW}第五十一条第三款）。"
        "请被申请人于听证前书面告知参加听证人员的姓名、职务",
        "参加听证的人员应当携带身份证明；代理人应当提交授权委托书",
        "认为听证人员与本案有利害关系、可能影响公正的，可以在听证开始前申请回避并说明理由",
        "有证据材料需要在听证中出示的，请于听证前提交证据目录及复印件，并携带原件",
    ]
    if file.third_parties:
        found.insert(2, "第三人可以参加听证，也可以提交书面意见；不参加听证的，不影响听证的举行")
    return found


def compose(case: Case, data: Data, today: date) -> Composed:
    file, hearing = CaseFile(case), open_of(case)
    if hearing is None:
        return Composed((), addressee=addressees(case))
    opening = [f"{introduction(file, authority=organs.authority_name(today))}{WHY[HearingGround(hearing.ground)]}"]
    if hearing.change_reason and hearing.changed_from:
        opening.append(
            f"因{closed(hearing.change_reason, '')}，原定于{hearing.changed_from}的听证作如下变更，请以本通知为准。"
        )
    elif hearing.change_reason:
        opening.append(f"因{closed(hearing.change_reason, '')}，听证延期，继续听证的安排如下。")
    return Composed(
        (
            Part("introduction", tuple(opening)),
            Part("arrangement", ("现将听证有关事项通知如下：", *_arrangement(hearing))),
            Part("duties", ("请注意下列事项：", *numbered(_duties(file), lambda n: f"{n}. "))),
            Part("closing", (f"联系地址：{organs.counter(today)}。", wording.CLOSING.say())),
        ),
        addressee=addressees(case),
    )


def requires(case: Case, data: Data) -> list[Missing]:
    hearing = open_of(case)
    if hearing is None:
        message = _("No hearing is planned.")
        return [Missing("no-hearing", message, "51(1)", mended_by="reconsideration.plan_hearing")]
    found = []
    if data.get("hearing") and data["hearing"] != plan_key(hearing):
        message = _("The hearing was changed after this draft: discard it and draft the notice anew.")
        found.append(Missing("other-plan", message, "51(1)", "hearing"))
    if not hearing.matters.strip():
        found.append(Missing("matters", _("The notice must say which matters are heard."), "51(1)"))
    return found


HEARING_NOTICE = DocumentKind(
    code="hearing_notice",
    name=_("Hearing notice"),
    title="行政复议听证通知书",
    issuer=organs.OFFICE,
    compose=compose,
    states=UNDER_TRIAL,
    series=series.HEARING,
    form=HearingNoticeForm,
    passages=(wording.INTRODUCTION, wording.CLOSING),
    served_action="reconsideration.hearing_notice_served",
    recipients=everybody,
    requires=requires,
    offered_if=has_open_hearing,
    primary=45,
)
