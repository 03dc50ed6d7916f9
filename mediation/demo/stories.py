"""The disputes of the demo: who, about what, from whom it came, and how far the committee has come with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Step = tuple[int, str, Mapping[str, Any]]
"""Working days after the step before, name of the walker's step, what it is told."""


@dataclass(frozen=True)
class Story:
    """One dispute. `registered`: working days before today. `at`: key of the body that handles it (`walk.BODIES`)."""

    kind: str
    applicant: str
    respondent: str
    summary: str
    registered: int
    steps: tuple[Step, ...] = ()
    at: str = "town"
    place: str = "树林召镇"
    sub_source: str = "oral"
    amount: str = ""
    people: int = 0
    claims: str = ""
    at_once: bool = False
    from_lead: bool = False
    """Found on a round of the campaign and registered from its lead."""
    entries: Mapping[str, Any] = field(default_factory=dict)
    """Further entries of the registration form."""


def _(gap: int, name: str, **told: Any) -> Step:
    return gap, name, told


BEGIN = (_(1, "examine"), _(0, "accept"), _(1, "begin"))
PAID = (_(2, "pay"), _(3, "close"))

STORIES: tuple[Story, ...] = (
    Story(
        "02", "高二小", "白文祥", "白家翻修院墙时滴水檐伸到高家院内，雨后冲塌高家菜窖一角。", 60,
        (*BEGIN, _(2, "session", said="双方同意由白家改檐口、修菜窖。", result="agreed"),
         _(0, "agree", content="白文祥将滴水檐改向自家院内，并赔偿高二小修窖费800元。", pays=("800.00", "修窖费", 10)),
         *PAID, _(4, "archive")),
        at="village", place="树林召镇新和村", sub_source="patrol", amount="800",
    ),
    Story(
        "0401", "张永胜", "贾海军", "2024年借款60000元，约定一年内还清，逾期后只还了利息。", 52,
        (*BEGIN, _(1, "session", said="贾海军承认欠款，称收玉米后有钱。"),
         _(4, "session", said="双方同意分六期还清。", result="agreed"),
         _(0, "agree", content="贾海军分六期归还借款60000元，每月一期，现金支付，收款人出具收条。",
           pays=("60000.00", "借款本金", 8), instalments=6),
         _(9, "pay"), _(25, "breach")),
        at="studio", amount="60000", claims="归还借款本金60000元。",
    ),
    Story(
        "1001", "苗占奎", "达拉特旗宏远建筑劳务有限公司",
        "七名工人在树林召镇某小区外墙保温工程干活两个半月，工资结算后未付。", 6,
        (*BEGIN, _(2, "session", said="公司承认用工，称工程款未到。")),
        sub_source="written", amount="96000", people=8, claims="支付七人工资共96000元。",
    ),
    Story(
        "01", "张春燕", "李利民", "夫妻因赡养双方老人和农忙分工多次争吵，女方回娘家居住。", 33,
        (*BEGIN, _(1, "session", said="双方各自陈述，愿意继续过日子。", result="agreed"),
         _(0, "agree_orally", content="双方轮流照料两边老人，农忙雇工费用各半；女方当日回家。"), _(0, "close"),
         _(12, "visit"), _(0, "explain")),
        at="village", place="树林召镇东海子村", sub_source="mediator",
    ),
    Story(
        "14", "达拉特旗安居物业服务有限公司", "温瑞平", "业主以漏水未修为由两年未交物业费。", 20,
        (*BEGIN, _(3, "session", said="物业同意先修后收。", result="agreed"),
         _(1, "agree", content="物业公司七日内修好屋面漏水，温瑞平补交物业费2400元。", pays=("2400.00", "物业费", 6)),
         *PAID, _(2, "explain")),
        place="树林召镇平安小区", sub_source="written", amount="2400",
    ),
    Story(
        "06", "乔世明", "武建国", "武家的牛踩坏乔家滴灌带和玉米三亩，损失数额争执不下。", 16,
        (*BEGIN, _(1, "session", said="双方同意请农技站测产。"), _(1, "pause")),
        place="树林召镇新和村", at="village", amount="5200",
    ),
    Story(
        "0701", "韩振华", "李志刚", "土地承包经营权流转费两年未付，承包户要求收回土地。", 45,
        (*BEGIN, _(2, "session", said="李志刚愿付清欠费，继续耕种至年底。", result="agreed"),
         _(1, "agree", content="李志刚于协议约定日前付清流转费18000元，年底交回土地。",
           pays=("18000.00", "土地流转费", 40))),
        sub_source="written", amount="18000", place="树林召镇东海子村",
    ),
    Story(
        "0401", "郭美枝", "陈俊英", "微信转账借款25000元，到期未还。", 38,
        (*BEGIN, _(1, "session", said="双方核对转账记录，数额一致。", result="agreed"),
         _(0, "agree", content="陈俊英于约定日前还清25000元。", pays=("25000.00", "借款", 60)),
         _(3, "confirm", until="valid")),
        sub_source="written", amount="25000",
    ),
    Story(
        "02", "杨凤仙", "赵世明", "楼上半夜装修噪声，楼下老人无法休息。", 1, (),
        place="树林召镇东达街", amount="",
    ),
    Story(
        "04", "达拉特旗丰禾种植专业合作社", "鄂尔多斯市润农农资有限公司",
        "种子发芽率不足，合作社要求赔偿补种损失，已向法院提交诉状。", 12,
        (*BEGIN, _(2, "session", said="公司同意先核对批次。")),
        sub_source="court_delegated", amount="74000",
        entries={"organ": "达拉特旗人民法院立案庭，王法官", "organ_number": "（2026）内0621诉前调118号",
                 "papers": "起诉状副本1份（复印件）"},
    ),
    Story(
        "0702", "那仁满都拉", "巴音·孟和", "两户草牧场之间旧围栏年久移位，边界相差约十二亩。", 29,
        (*BEGIN, _(2, "session", said="双方对旧界桩位置说法不一。"),
         _(4, "session", said="双方均不让步。", result="not_agreed"),
         _(0, "fail", routes=("arbitration", "administrative", "court")),
         _(1, "close")),
        sub_source="grid", place="树林召镇草原村",
    ),
    Story(
        "13", "贾改莲", "折海军", "电动车与三轮车相撞，责任已认定，误工费数额有争议。", 26,
        (*BEGIN, _(1, "session", said="双方同意按认定书分担。", result="agreed"),
         _(0, "agree", content="折海军当场赔偿医疗费、误工费共3600元。", pays=("3600.00", "医疗费、误工费", 0)),
         _(1, "close"), _(2, "explain")),
        sub_source="written", amount="3600",
    ),
    Story(
        "0401", "边秀英", "訾文祥", "合伙养羊散伙后，垫付饲料款未结清。", 40,
        (*BEGIN, _(2, "session", said="双方对账，差额认定31000元。", result="agreed"),
         _(1, "agree", content="訾文祥支付饲料款31000元。", pays=("31000.00", "饲料款", 50)),
         _(2, "confirm", until="rejected"), _(3, "new_round"),
         _(2, "session", said="双方同意把羊只折价也写明白。")),
        amount="31000", at="studio",
    ),
    Story(
        "01", "其木格", "哈斯巴根", "离异后子女抚养费给付和探望时间争执，一方扬言轻生。", 9,
        (*BEGIN, _(0, "risk"), _(2, "session", said="分别谈话，双方情绪缓和。")),
        sub_source="mediator", people=3,
    ),
    Story(
        "03", "王玉梅", "刘福", "宅基地与邻家道路的界线，村里两次未谈拢。", 8, (_(1, "examine"), _(1, "hand_up")),
        at="village", place="树林召镇新和村",
    ),
    Story(
        "08", "李春燕", "武翠林", "对征收补偿标准不服，要求镇里增加补偿。", 18,
        (_(1, "examine", exclusions=("E8",), note="诉求针对征收补偿决定，对方只是丈量人员。"),
         _(1, "refuse", ground="E8", routes=("reconsideration",)), _(0, "close")),
        sub_source="written",
    ),
    Story(
        "11", "奇丽霞", "达拉特旗老地方饭店", "订婚宴菜品与约定不符，要求退还部分餐费。", 5,
        (_(1, "void", reason="与电话登记的为同一纠纷，重复登记。"),), amount="600",
    ),
    Story(
        "05", "温利民", "苗瑞平", "合伙经营农机维修铺，设备归属说不清。", 22,
        (*BEGIN, _(2, "session", said="苗瑞平表示要打官司。"), _(1, "terminate", routes=("court",)),
         _(1, "return_papers"), _(1, "close")),
        amount="40000", sub_source="police", entries={"organ": "达拉特旗公安局树林召派出所，李警官"},
    ),
    Story(
        "02", "郭建国", "张凤仙", "院外堆放柴草挡住出入口，双方拉扯。", 3,
        (_(0, "agree_orally", content="张凤仙当日挪走柴草，双方互相道歉。"), _(0, "close")),
        at="village", place="树林召镇东海子村", sub_source="mediator", at_once=True,
    ),
    Story(
        "10", "白秀英", "达拉特旗金穗粮油有限公司", "离职后两个月工资和加班费未结。", 30,
        (*BEGIN, _(3, "session", said="公司同意分两次付清。", result="agreed"),
         _(1, "agree", content="公司分两次支付工资、加班费11800元。",
           pays=("11800.00", "工资、加班费", 4), instalments=2),
         _(6, "pay")),
        sub_source="written", amount="11800",
    ),
    Story(
        "14", "边巧云", "达拉特旗安居物业服务有限公司", "地下车位被长期占用，物业不处理。", 4,
        (_(1, "examine"), _(0, "accept")),
        place="树林召镇锦绣小区",
    ),
    Story(
        "01", "高玉梅", "高海军", "兄妹对母亲赡养费分担有分歧。", 14,
        (*BEGIN, _(1, "withdraw")), place="树林召镇新和村", at="village", sub_source="written", people=4,
    ),
    Story(
        "0401", "陈永胜", "杨占奎", "担保借款，借款人外出，出借人找担保人还钱。", 24,
        (*BEGIN, _(2, "session", said="担保人愿先还一半。", result="agreed"),
         _(1, "agree", content="杨占奎先归还15000元，余款由借款人返乡后协商。", pays=("15000.00", "借款", 45)),
         _(2, "confirm", until="filed")),
        amount="30000", sub_source="written",
    ),
    Story(
        "02", "赵㛃", "刘䶮", "两家共用井的电费分摊不清。", 10,
        (*BEGIN, _(1, "session", said="按水表读数分摊。", result="agreed"),
         _(0, "agree", content="自本月起按各自水表读数分摊电费，往年互不追究。"), _(1, "close")),
        at="village", place="树林召镇新和村", sub_source="campaign", from_lead=True,
    ),
)  # fmt: skip
