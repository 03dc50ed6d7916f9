"""Which acts the demo's agencies are sued over, and why such a suit is lost: invented, in a banner's mix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casemgr.cases.matters import Matter
from litigation.terms import LossReason, ObligationKind, Outcome


@dataclass(frozen=True)
class Act:
    """What is sued over. `number`: its series, filled with mark, year and serial; `sums`: between which yuan; `cause`
    where the kind of matter does not say it."""

    title: str
    matter: str
    claims: str
    number: str = ""
    sums: tuple[int, int] | None = None
    cause: str = ""


def _numbered(word: str) -> str:
    return f"达{{mark}}{word}〔{{year}}〕{{serial}}号"


FINE = Act("行政处罚决定", Matter.PENALTY, "撤销行政处罚决定。", _numbered("罚"), (2_000, 60_000))
ARREST = Act("行政处罚决定", Matter.PENALTY, "撤销行政拘留的处罚决定。", _numbered("行罚决字"))
NO_CASE = Act("不予立案告知", Matter.COMPLAINT_HANDLING, "撤销告知，责令重新处理举报。", _numbered("不立"))
SEIZURE = Act("扣押决定", Matter.COERCIVE_MEASURE, "确认扣押决定违法并返还车辆。", _numbered("扣"))
DEMOLITION = Act("限期拆除决定", Matter.COERCIVE_EXECUTION, "撤销限期拆除决定。", _numbered("拆决"))
LICENCE = Act("不予许可决定", Matter.LICENCE, "撤销不予许可决定，责令重新作出。", _numbered("不许"))
REGISTERED = Act("登记行为", Matter.CONFIRMATION, "撤销登记行为。", _numbered("登"))
INJURY = Act("不予认定工伤决定", Matter.WORK_INJURY, "撤销不予认定工伤决定，责令重新认定。", _numbered("工认"))
LAND_RIGHT = Act("权属争议处理决定", Matter.RIGHT_DETERMINATION, "撤销权属争议处理决定。", _numbered("处"))
TAKING = Act("征收补偿决定", Matter.EXPROPRIATION, "撤销征收补偿决定。", _numbered("征补"), (40_000, 320_000))
INDEMNITY = Act("补偿决定", Matter.INDEMNITY, "撤销补偿决定，责令足额补偿。", _numbered("补"), (15_000, 180_000))
AGREED = Act("解除行政协议通知", Matter.AGREEMENT, "确认解除无效，继续履行协议。", _numbered("函"), (30_000, 400_000))
DISCLOSED = Act("信息公开答复", Matter.DISCLOSURE, "撤销答复，责令重新答复。", _numbered("公开复"))
SILENCE = Act("不履行法定职责", Matter.OMISSION, "责令履行法定职责。")
HARM = Act("不予赔偿决定", Matter.STATE_COMPENSATION, "撤销不予赔偿决定，赔偿损失。", _numbered("赔"), (3_000, 50_000))
BENEFIT = Act("待遇核定行为", Matter.OTHER, "撤销核定，按规定补发待遇。", _numbered("核"), (4_000, 60_000), "行政给付")


@dataclass(frozen=True)
class Sued:
    """An agency with the mark of its papers, and how many of a hundred suits are against it."""

    name: str
    mark: str
    share: int
    acts: tuple[Act, ...]


_SMALL = (DISCLOSED, SILENCE)
_TOWN = (INDEMNITY, SILENCE, DISCLOSED, LAND_RIGHT, DEMOLITION, AGREED)
_STREET = (DISCLOSED, SILENCE, DEMOLITION)
AGENCIES: tuple[Sued, ...] = (
    Sued("达拉特旗人民政府", "政", 9, (TAKING, LAND_RIGHT, DISCLOSED)),
    Sued("达拉特旗公安局", "公", 14, (ARREST, ARREST, NO_CASE, SEIZURE, HARM)),
    Sued("达拉特旗自然资源局", "自然资", 12, (FINE, REGISTERED, LAND_RIGHT, INDEMNITY, DISCLOSED, AGREED)),
    Sued("达拉特旗人力资源和社会保障局", "人社", 9, (INJURY, INJURY, BENEFIT, SILENCE)),
    Sued("达拉特旗市场监督管理局", "市监", 8, (FINE, FINE, NO_CASE, REGISTERED)),
    Sued("达拉特旗综合行政执法局", "综执", 8, (DEMOLITION, FINE, SEIZURE, HARM)),
    Sued("达拉特旗住房和城乡建设局", "住建", 6, (AGREED, TAKING, LICENCE, DISCLOSED)),
    Sued("达拉特旗林业和草原局", "林草", 5, (FINE, SILENCE, LICENCE)),
    Sued("达拉特旗农牧局", "农牧", 4, (BENEFIT, SILENCE, FINE)),
    Sued("达拉特旗水利局", "水", 3, (FINE, LICENCE, AGREED)),
    Sued("达拉特旗交通运输局", "交", 3, (SEIZURE, FINE, LICENCE)),
    Sued("达拉特旗教育体育局", "教体", 1, (*_SMALL, LICENCE)),
    Sued("达拉特旗卫生健康委员会", "卫健", 2, (FINE, SILENCE)),
    Sued("达拉特旗应急管理局", "应急", 2, (FINE, DISCLOSED)),
    Sued("达拉特旗医疗保障局", "医保", 1, (BENEFIT, FINE)),
    Sued("达拉特旗民政局", "民", 2, (REGISTERED, SILENCE)),
    Sued("达拉特旗退役军人事务局", "退役军人", 1, (BENEFIT, SILENCE)),
    Sued("达拉特旗财政局", "财", 1, (DISCLOSED, NO_CASE)),
    Sued("达拉特旗发展和改革委员会", "发改", 1, (LICENCE, DISCLOSED)),
    Sued("达拉特旗能源局", "能", 1, (LICENCE, FINE)),
    Sued("达拉特旗工信和科技局", "工科", 1, (*_SMALL, AGREED)),
    Sued("达拉特旗文化和旅游局", "文旅", 1, (FINE, LICENCE)),
    Sued("达拉特旗审计局", "审", 0, (DISCLOSED,)),
    Sued("达拉特旗信访局", "信", 0, (DISCLOSED, SILENCE)),
    Sued("达拉特旗政务服务与数据管理局", "政数", 0, (LICENCE, DISCLOSED)),
    Sued("达拉特旗司法局", "司", 0, (DISCLOSED,)),
    Sued("鄂尔多斯市生态环境局达拉特旗分局", "环", 3, (FINE, LICENCE)),
    Sued("树林召镇人民政府", "树政", 5, _TOWN),
    Sued("吉格斯太镇人民政府", "吉政", 2, _TOWN),
    Sued("白泥井镇人民政府", "白政", 3, _TOWN),
    Sued("王爱召镇人民政府", "王政", 2, _TOWN),
    Sued("昭君镇人民政府", "昭政", 2, _TOWN),
    Sued("恩格贝镇人民政府", "恩政", 1, _TOWN),
    Sued("中和西镇人民政府", "中政", 1, _TOWN),
    Sued("风水梁镇人民政府", "风政", 1, _TOWN),
    Sued("展旦召苏木人民政府", "展政", 2, _TOWN),
    Sued("工业街道办事处", "工街", 1, _STREET),
    Sued("白塔街道办事处", "白街", 1, _STREET),
    Sued("锡尼街道办事处", "锡街", 0, _STREET),
    Sued("达拉特经济开发区管理委员会", "开管", 2, (AGREED, DISCLOSED, INDEMNITY)),
)  # fmt: skip
"""Forty: each is sued at least once in three years, some nearly every month."""


@dataclass(frozen=True)
class Loss:
    """How a court puts it, and what the organ learns. `duty`: what the judgment asks; without it nothing is asked."""

    outcome: str
    article: str
    text: str
    flaw: str
    lesson: str
    matters: frozenset[str]
    duty: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pays(self) -> bool:
        return self.duty.get("kind") == ObligationKind.PAY


_PUNISHED = frozenset({Matter.PENALTY, Matter.COERCIVE_MEASURE, Matter.COERCIVE_EXECUTION})
_DECIDED = frozenset(
    {Matter.WORK_INJURY, Matter.LICENCE, Matter.DISCLOSURE, Matter.RIGHT_DETERMINATION, Matter.COMPLAINT_HANDLING}
)
_SUMS = frozenset({Matter.INDEMNITY, Matter.EXPROPRIATION, Matter.OTHER})
_REDO = {"kind": ObligationKind.REDO, "text": "重新作出行政行为", "days": 60}
_ANNUL = "撤销被诉行政行为。"
LOSSES: Mapping[str, Loss] = {
    LossReason.OMISSION: Loss(
        Outcome.DUTY, "行政诉讼法第72条", "责令被告于判决生效之日起三十日内履行职责。",
        "收到申请后逾期未处理，亦未告知理由。", "申请登记后由专人盯办期限。",
        frozenset({Matter.OMISSION}), {"kind": ObligationKind.PERFORM, "text": "对申请作出处理", "days": 30}),
    LossReason.AGREEMENT: Loss(
        Outcome.AGREEMENT, "行政诉讼法第78条", "被告继续履行协议，支付约定款项。",
        "未经催告即单方解除协议。", "解除协议先行催告并听取意见。",
        frozenset({Matter.AGREEMENT}), {"kind": ObligationKind.PAY, "text": "支付协议约定款项", "days": 30}),
    LossReason.COMPENSATION: Loss(
        Outcome.PAYMENT, "行政诉讼法第76条", "被告赔偿原告损失。", "违法扣押期间造成财物损失，未予赔偿。",
        "扣押财物逐件登记、妥善保管。",
        frozenset({Matter.STATE_COMPENSATION}), {"kind": ObligationKind.PAY, "text": "支付行政赔偿金", "days": 15}),
    LossReason.LAW: Loss(
        Outcome.PAYMENT, "行政诉讼法第73条", "被告按现行标准给付原告。", "适用已经废止的旧标准。",
        "作出决定前核对标准是否现行有效。", _SUMS, {"kind": ObligationKind.PAY, "text": "按现行标准给付", "days": 60}),
    LossReason.EVIDENCE: Loss(
        Outcome.ANNULLED_REDO, "行政诉讼法第70条第1项", "撤销被诉行政行为，责令被告六十日内重新作出。",
        "主要事实仅有一份询问笔录，无其他证据印证。", "作出决定前由法制机构逐项核对证据。", _DECIDED, _REDO),
    LossReason.PROCEDURE: Loss(
        Outcome.CONFIRMED_ILLEGAL, "行政诉讼法第74条第1款第2项", "确认被诉行政行为程序违法。",
        "作出决定前未告知陈述申辩权利。", "告知书送达回证入卷后方可提请决定。", _PUNISHED),
    LossReason.NO_EVIDENCE: Loss(
        Outcome.ANNULLED, "行政诉讼法第34条第2款", _ANNUL, "逾期提交证据，视为没有相应证据。",
        "收到起诉状当日移交承办人，第十日前备齐证据。", _PUNISHED),
    LossReason.UNREASONABLE: Loss(
        Outcome.CHANGED, "行政诉讼法第77条", "将罚款变更为二千元。", "处罚明显不当，未考虑初犯和主动改正。",
        "适用裁量基准并在决定书中写明理由。", frozenset({Matter.PENALTY})),
    LossReason.COMPETENCE: Loss(
        Outcome.ANNULLED, "行政诉讼法第70条第4项", _ANNUL, "违法行为地不属于本机关管辖，超越职权。",
        "立案时核对赋权事项清单和管辖。", _PUNISHED),
    LossReason.VOID: Loss(
        Outcome.CONFIRMED_VOID, "行政诉讼法第75条", "确认被诉行政行为无效。", "登记所依据的材料系伪造，无事实依据。",
        "对申请材料与原件逐一核验。", frozenset({Matter.CONFIRMATION})),
    LossReason.ABUSE: Loss(
        Outcome.ANNULLED, "行政诉讼法第70条第5项", _ANNUL, "同类情形只查处原告一家，目的与法律授权不符。",
        "同类案件同标准处理，立案理由书面说明。", _PUNISHED),
}  # fmt: skip
"""Every reason the statistics know, with one judgment of its kind."""


def posts_of(agency: str) -> tuple[str, str]:
    """The posts of the principal head and of a deputy."""
    if agency.endswith("旗人民政府"):
        return "旗长", "副旗长"
    if agency.endswith("苏木人民政府"):
        return "苏木达", "副苏木达"
    if agency.endswith("镇人民政府"):
        return "镇长", "副镇长"
    return ("局长", "副局长") if agency.endswith(("局", "分局")) else ("主任", "副主任")


__all__ = ["AGENCIES", "LOSSES", "Act", "Loss", "Sued", "posts_of"]
