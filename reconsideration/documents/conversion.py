"""程序转换通知书: from the simplified to the ordinary procedure, with the periods that follow (art. 55)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from casemgr.documents.rendering import chinese_date
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile
from reconsideration.documents.trial_notice import (
    LAW,
    ApprovedForm,
    addressees,
    approved,
    cause_of,
    everybody,
    introduction,
    needs_cause,
)
from reconsideration.states import UNDER_TRIAL


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    begun = introduction(file, authority=organs.authority_name(today))
    days = min(60, file.facts.decision_term_days or 60)
    return Composed(
        (
            Part(
                "introduction",
                (begun + "本案原适用简易程序审理。",),
            ),
            Part(
                "decision",
                (
                    f"因{cause_of(data)}，本案不宜适用简易程序。根据{LAW}第五十五条的规定，经行政复议机构的负责人批准，"
                    f"本案转为普通程序审理，作出行政复议决定的期限为自受理之日（{chinese_date(file.accepted_on)}）起{days}日。",
                    "被申请人提出书面答复、提交证据、依据和其他有关材料的期限，为自收到申请书副本或者申请笔录复印件之日起10日内"
                    "（工作日，不含法定休假日），已经过的时间计算在内。",
                    wording.CLOSING.say(),
                ),
            ),
        ),
        addressee=addressees(case),
    )


def requires(case: Case, data: Data) -> list[Missing]:
    return needs_cause(data, "55")


CONVERSION_NOTICE = DocumentKind(
    code="conversion_notice",
    name=_("Conversion notice"),
    title="行政复议程序转换通知书",
    issuer=organs.OFFICE,
    compose=compose,
    states=UNDER_TRIAL,
    series=series.CONVERSION,
    form=ApprovedForm,
    passages=wording.TRIAL_PAPERS,
    issue_action="reconsideration.convert",
    issue_data=lambda document: approved(document, "cause"),
    recipients=everybody,
    requires=requires,
)
