"""答复通知书: the copy, the term, what the reply must hold, and what follows without it (art. 46, 48, 54, 70)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from casemgr.documents.rendering import chinese_date
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, numbered
from reconsideration.documents.trial_notice import LAW, REGULATION
from reconsideration.timelimits.laws import REGULATION_2026

REPLY_TERM = {True: (5, "第五十四条第一款"), False: (10, "第四十八条")}
"""Working days and article, by whether the procedure is simplified (Reconsideration Law 2023, art. 48, 54(1))."""


def _duties(on: date) -> list[str]:
    """What the respondent must do. Art. 18(2) and 41 of the regulation of 2026 bind since 1 July 2026; that of 2007 has
    neither, and on the answer the law itself says no more (art. 44(1), 48)."""
    answer = "书面答复应当就行政行为的合法性、适当性和申请人的行政复议请求说明相关事实和理由"
    agents = []
    if REGULATION_2026.covers(on):
        answer += f"（{REGULATION}第四十一条）"
        agents = [f"指定1至2名工作人员作为代理人参加行政复议，不得仅委托律师担任代理人（{REGULATION}第十八条第二款）"]
    return [
        f"{answer}，{wording.REPLY_SEAL.say()}",
        "一并提交作出行政行为的证据、依据和其他有关材料，并附证据目录；你单位对行政行为的合法性、适当性负有举证责任，"
        f"行政复议期间不得自行向申请人和其他有关单位或者个人收集证据（{LAW}第四十四条第一款、第四十六条第一款）",
        *agents,
        "本案举行听证的，你单位的负责人应当参加听证；不能参加的，应当说明理由并委托相应的工作人员参加"
        f"（{LAW}第五十一条第三款）。引起行政诉讼的，你单位的负责人应当依法出庭应诉"
        "（《中华人民共和国行政诉讼法》第三条第三款）",
    ]


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    term, article = REPLY_TERM[file.is_simplified]
    duties = _duties(today)
    return Composed(
        (
            Part(
                "introduction",
                (
                    f"申请人{file.applicant_names}{file.complaint('你单位')}，向{organs.authority_name(today)}申请行政复议。"
                    f"该申请已于{chinese_date(file.accepted_on)}依法受理，适用{file.track}审理。"
                    f"{wording.REPLY_COPY.say({'条款': article, '申请书': file.application})}",
                ),
            ),
            Part(
                "term",
                (
                    f"请你单位自收到{file.application}之日起{term}日内（工作日，不含法定休假日），提出书面答复，"
                    f"并将作出行政行为的证据、依据和其他有关材料一并提交{organs.counter(today)}：",
                    *numbered(duties, lambda n: f"{n}. "),
                ),
            ),
            Part(
                "consequence",
                (
                    "根据《中华人民共和国行政复议法》第七十条的规定，不按照上述规定提出书面答复、提交作出行政行为的证据、依据和其他有关材料的，"
                    "视为该行政行为没有证据、依据，行政复议机关决定撤销、部分撤销该行政行为，确认该行政行为违法、无效或者决定在一定期限内履行，"
                    "但是行政行为涉及第三人合法权益，第三人提供证据的除外。",
                    wording.CLOSING.say(),
                ),
            ),
        ),
        addressee=file.respondent_names,
    )


def requires(case: Case, data: Data) -> list[Missing]:
    if CaseFile(case).respondents:
        return []
    return [Missing("respondent", _("The case has no respondent to send the copy to."), "48")]


REPLY_NOTICE = DocumentKind(
    code="reply_notice",
    name=_("Reply notice"),
    title="行政复议答复通知书",
    issuer=organs.OFFICE,
    compose=compose,
    states=("ACCEPTED", "AWAIT_REPLY"),
    series=series.REPLY,
    issue_action="reconsideration.send_copy",
    served_action="reconsideration.copy_served",
    passages=wording.REPLY,
    recipients=lambda case: CaseFile(case).respondents,
    requires=requires,
    attachments=lambda case, data: (CaseFile(case).application,),
    primary=50,
)
