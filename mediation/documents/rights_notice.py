"""D05 人民调解权利义务告知书: before the first session (art. 23, 24; Rules on online mediation, art. 17)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Part
from casemgr.documents.rendering import Table
from mediation.documents import wording
from mediation.documents.casefile import file_of, names
from mediation.documents.people import Signatory, party_signatures, sign_table
from mediation.documents.shapes import printed_form

RIGHTS = (
    "1. 选择或者接受人民调解员；",
    "2. 接受调解、拒绝调解或者要求终止调解；",
    "3. 要求调解公开进行或者不公开进行；",
    "4. 自主表达意愿、自愿达成调解协议。",
)
PRINCIPLES = (
    "人民调解在当事人自愿、平等的基础上进行，不违背法律、法规和国家政策，尊重当事人的权利，"
    "不因调解而阻止当事人依法通过仲裁、行政、司法等途径维护自己的权利。人民调解不收取任何费用。"
)
"""Art. 3, 4."""
EFFECT = (
    "经人民调解委员会调解达成的调解协议，具有法律约束力，当事人应当按照约定履行。双方当事人认为有必要的，"
    "可以自调解协议生效之日起三十日内共同向人民法院申请司法确认。"
)
"""Art. 31, 33."""
SHAM = (
    "当事人恶意串通、虚构事实进行虚假调解，损害国家利益、社会公共利益或者他人合法权益的，依法承担法律责任；"
    "构成犯罪的，依法追究刑事责任。"
)
"""Rules on online mediation, art. 17; Civil Procedure Law, art. 115."""
DUTIES = ("1. 如实陈述纠纷事实；", "2. 遵守调解现场秩序，尊重人民调解员；", "3. 尊重对方当事人行使权利。")


def compose(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    who = f"本纠纷由人民调解员{file.mediator_names}主持调解。" if file.mediator_names else ""
    return Composed(
        (
            Part("nature", (wording.RIGHTS_NATURE.say(), PRINCIPLES), "一、人民调解的性质和原则"),
            Part("rights", (f"根据{wording.LAW}第二十三条，当事人享有下列权利：", *RIGHTS), "二、当事人的权利"),
            Part("duties", (f"根据{wording.LAW}第二十四条，当事人履行下列义务：", *DUTIES), "三、当事人的义务"),
            Part("effect", (EFFECT,), "四、调解协议的效力"),
            Part("sham", (SHAM,), "五、虚假调解的法律后果"),
            Part(
                "statement",
                (f"以上内容已告知各方当事人，当事人均已知悉。{who}",),
            ),
        ),
        addressee=names(file.parties),
    )


def blocks(case: Case, data: Data) -> dict[str, tuple[Table, ...]]:
    file = file_of(case)
    return {"signatures": (sign_table(*party_signatures(file), Signatory("告知人", "签名", file.lead)),)}


RIGHTS_NOTICE = printed_form(
    code="rights_notice",
    name=_("Notice of rights and duties"),
    title="人民调解权利义务告知书",
    compose=compose,
    blocks=blocks,
    passages=(wording.RIGHTS_NATURE,),
)
