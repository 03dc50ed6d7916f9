"""The suits of the demo: who sues whom over what, and how far the courts have come with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Step = tuple[int, str, Mapping[str, Any]]
"""Working days after the step before, name of the walker's step, what it is told."""


@dataclass(frozen=True)
class Story:
    """One suit. `received`: working days before today. With `after`, the second agency decided the reconsideration."""

    plaintiffs: tuple[str, ...]
    agencies: tuple[str, ...]
    act: str
    matter: str
    received: int
    steps: tuple[Step, ...] = ()
    act_number: str = ""
    claims: str = ""
    cause: str = ""
    amount: str = ""
    after: str = ""
    reconsideration_number: str = ""
    at_intermediate: bool = False


def step(gap: int, name: str, /, **told: Any) -> Step:
    return gap, name, told


POLICE, LAND, LABOUR = "达拉特旗公安局", "达拉特旗自然资源局", "达拉特旗人力资源和社会保障局"
MARKET, ENFORCING, GRASS = "达拉特旗市场监督管理局", "达拉特旗综合行政执法局", "达拉特旗林业和草原局"
GOVERNMENT, HOUSING = "达拉特旗人民政府", "达拉特旗住房和城乡建设局"
ANSWERED = (step(1, "assign"), step(7, "answer"))
HEARD = "双方陈述、举证、质证，围绕事实、程序和法律适用辩论，负责人就化解争议作了发言。"

STORIES: tuple[Story, ...] = (
    Story(
        ("贾振华",),
        (LAND,),
        "责令退还土地决定",
        "penalty",
        1,
        act_number="达自然资罚〔{year}〕14号",
        claims="撤销责令退还土地决定。",
    ),
    Story(
        ("鄂尔多斯市华丰商贸有限公司",),
        (MARKET,),
        "行政处罚决定",
        "penalty",
        9,
        (step(1, "assign"),),
        act_number="达市监处罚〔{year}〕87号",
        claims="撤销罚款三万元的处罚决定。",
        amount="30000",
    ),
    Story(
        ("高美枝",),
        (LABOUR,),
        "不予认定工伤决定",
        "work_injury",
        17,
        ANSWERED,
        act_number="达人社工认〔{year}〕52号",
        claims="撤销不予认定工伤决定，责令重新作出。",
    ),
    Story(
        ("郭占奎", "郭丽霞"),
        (LAND, GOVERNMENT),
        "草原权属处理决定",
        "right_determ",
        24,
        (
            *ANSWERED,
            step(3, "plan", days=21, calls_head=True, room="第一审判庭"),
            step(2, "head", name="苏和", post="副局长", of=LAND),
            step(1, "head", name="王建军", post="副旗长", of=GOVERNMENT, certificate=False),
        ),
        act_number="达自然资处〔{year}〕6号",
        claims="撤销处理决定和复议决定。",
        after="upheld",
        reconsideration_number="达府行复〔{year}〕19号",
    ),
    Story(
        ("武文祥",),
        (POLICE,),
        "行政处罚决定",
        "penalty",
        18,
        (*ANSWERED, step(2, "plan", days=11, at=None)),
        act_number="达公（树）行罚决字〔{year}〕411号",
        claims="撤销行政拘留五日的处罚决定。",
    ),
    Story(
        ("达拉特旗兴旺饭店",),
        (ENFORCING,),
        "限期拆除决定",
        "coercive_exec",
        46,
        (
            *ANSWERED,
            step(4, "plan", days=12),
            step(4, "excuse", reason="局长、分管副局长均在旗防汛指挥部值守，无法到庭。"),
            step(
                8,
                "hold",
                report="原告及被告工作人员、律师到庭，围绕建设时间和程序展开辩论，未当庭宣判。",
                staff="执法大队副大队长韩强",
                lawyers="内蒙古蒙秀律师事务所律师",
            ),
        ),
        act_number="达综执拆决字〔{year}〕8号",
        claims="撤销限期拆除决定。",
    ),
    Story(
        ("赵改莲",),
        (LABOUR, GOVERNMENT),
        "工伤认定决定",
        "work_injury",
        58,
        (
            *ANSWERED,
            step(5, "plan", days=12),
            step(2, "head", name="乌日图", post="副局长", of=LABOUR),
            step(1, "head", name="王建军", post="副旗长", of=GOVERNMENT),
            step(9, "hold", report=HEARD),
            step(
                20,
                "judge",
                outcome="annulled_redo",
                fee="50",
                text="一、撤销工伤认定决定；二、撤销行政复议决定；三、责令被告于六十日内重新作出认定。",
            ),
            step(3, "serve"),
        ),
        act_number="达人社工认〔{year}〕31号",
        claims="撤销工伤认定决定和复议决定。",
        after="upheld",
        reconsideration_number="达府行复〔{year}〕11号",
    ),
    Story(
        ("折海军",),
        (POLICE,),
        "行政处罚决定",
        "penalty",
        92,
        (
            *ANSWERED,
            step(6, "plan", days=12),
            step(3, "head", name="李建国", post="副局长"),
            step(9, "hold", report=HEARD),
            step(16, "judge", outcome="claim_rejected", text="驳回原告折海军的诉讼请求。"),
            step(3, "serve"),
            step(4, "appeal"),
            step(12, "second"),
        ),
        act_number="达公（白）行罚决字〔{year}〕205号",
        claims="撤销行政拘留十日的处罚决定。",
    ),
    Story(
        ("内蒙古北沃种业有限公司",),
        (MARKET,),
        "行政处罚决定",
        "penalty",
        165,
        (
            *ANSWERED,
            step(8, "plan", days=12),
            step(3, "head", name="张宏伟", post="局长", category="principal"),
            step(9, "hold", report=HEARD),
            step(18, "judge", outcome="claim_rejected", text="驳回原告的诉讼请求。"),
            step(3, "serve"),
            step(4, "appeal"),
            step(12, "second"),
            step(6, "answer_appeal"),
            step(36, "judge", outcome="upheld", text="驳回上诉，维持原判。"),
            step(4, "serve"),
            step(1, "pass_night"),
            step(1, "nothing"),
        ),
        act_number="达市监处罚〔{year}〕12号",
        claims="撤销没收违法所得及罚款的处罚决定。",
        amount="118000",
    ),
    Story(
        ("白俊英",),
        (LAND,),
        "补偿决定",
        "indemnity",
        112,
        (
            *ANSWERED,
            step(6, "plan", days=12),
            step(3, "head", name="苏和", post="副局长"),
            step(9, "hold", report=HEARD, lawyers="内蒙古蒙秀律师事务所律师"),
            step(20, "judge", outcome="payment", text="被告于判决生效之日起六十日内支付补偿款86400元。", fee="50"),
            step(3, "serve"),
            step(4, "consider", will_appeal=False, reason="事实清楚，局长办公会研究决定不上诉。"),
            step(10, "pass_night"),
            step(2, "owe", kind="pay", text="地上附着物补偿款", amount="86400.00", days=60),
            step(
                3,
                "analyse",
                reasons=("law",),
                article="行政诉讼法第73条",
                flaw="补偿标准适用旧区片价。",
                lesson="作出补偿决定前核对最新区片综合地价。",
            ),
            step(8, "pay", amount="40000.00", proof="财政支付凭证，第一笔"),
        ),
        act_number="达自然资补〔{year}〕3号",
        claims="支付补偿款86400元。",
        amount="86400",
    ),
    Story(
        ("其木格",),
        (GRASS,),
        "不履行林木补助发放职责",
        "omission",
        128,
        (
            *ANSWERED,
            step(7, "plan", days=11),
            step(3, "head", name="刘子龙", post="副局长"),
            step(8, "hold", report=HEARD),
            step(15, "judge", outcome="duty", text="被告于判决生效之日起三十日内对原告的申请作出处理。"),
            step(2, "serve"),
            step(14, "pass_night"),
            step(1, "owe", kind="perform", text="对补助申请作出处理", days=30),
            step(12, "pay", proof="答复书及送达回证"),
            step(
                2,
                "analyse",
                reasons=("omission",),
                article="行政诉讼法第72条",
                flaw="收到申请两个月未答复。",
                lesson="申请登记后由专人盯办期限。",
            ),
        ),
        claims="责令被告履行发放补助的职责。",
    ),
    Story(
        ("李永胜",),
        (ENFORCING,),
        "行政处罚决定",
        "penalty",
        48,
        (
            *ANSWERED,
            step(5, "change_act", text="将罚款由20000元改为5000元，另行制作处罚决定书并送达。"),
            step(6, "rule", matter="withdrawn", outcome="withdrawn_changed", text="准许原告撤回起诉。"),
            step(3, "serve"),
        ),
        act_number="达综执罚〔{year}〕66号",
        claims="撤销罚款两万元的处罚决定。",
        amount="20000",
    ),
    Story(
        ("达拉特旗鑫源建材有限公司",),
        (HOUSING,),
        "解除行政协议决定",
        "agreement",
        182,
        (
            *ANSWERED,
            step(8, "plan", days=12),
            step(3, "head", name="贺文斌", post="局长", category="principal"),
            step(9, "hold", report=HEARD),
            step(
                20,
                "judge",
                outcome="agreement",
                text="被告于判决生效后十五日内返还履约保证金200000元。",
                fee="4300",
            ),
            step(3, "serve"),
            step(13, "pass_night"),
            step(1, "owe", kind="pay", text="返还履约保证金", amount="200000.00", days=15),
            step(
                2,
                "analyse",
                reasons=("agreement",),
                article="行政诉讼法第78条",
                flaw="未经催告即单方解除协议。",
                lesson="解除协议先行催告并听取意见。",
            ),
            step(25, "execute"),
            step(5, "step", kind="notice"),
            step(10, "step", kind="payment", text="法院扣划", amount="80000.00"),
        ),
        act_number="达住建函〔{year}〕23号",
        claims="返还履约保证金200000元。",
        amount="200000",
    ),
    Story(
        ("乔世明", "乔二小"),
        (GOVERNMENT,),
        "征地补偿安置决定",
        "expropriation",
        150,
        (
            *ANSWERED,
            step(8, "plan", days=12),
            step(3, "head", name="王建军", post="副旗长"),
            step(9, "hold", report=HEARD),
            step(18, "judge", outcome="claim_rejected", text="驳回原告的诉讼请求。"),
            step(3, "serve"),
            step(4, "appeal"),
            step(12, "second"),
            step(6, "answer_appeal"),
            step(30, "judge", outcome="remanded", text="原判遗漏当事人，撤销原判，发回重审。"),
            step(4, "serve"),
            step(8, "again"),
        ),
        act_number="达政征补〔{year}〕2号",
        claims="撤销征地补偿安置决定。",
        at_intermediate=True,
    ),
    Story(
        ("温巧云",),
        (POLICE,),
        "不予立案告知",
        "complaint",
        12,
        (step(2, "assign"),),
        act_number="达公不立字〔{year}〕9号",
        claims="撤销不予立案告知，责令重新作出处理。",
    ),
    Story(
        ("贾振华",),
        (LAND,),
        "责令退还土地决定",
        "penalty",
        1,
        (step(0, "void", reason="与另一案重复登记。"),),
        act_number="达自然资罚〔{year}〕14号",
    ),
)

__all__ = ["STORIES", "Step", "Story"]
