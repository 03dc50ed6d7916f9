"""The ledger of mediation cases: its columns, and what its words stand for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from mediation.terms import AgreementForm, DisputeSubType, DisputeType, Ending, Performance, Source, SubSource

NUMBER = "案件编号"
COLUMNS = (
    NUMBER, "登记日期", "受理日期", "纠纷来源", "来源细类", "纠纷类型", "发生地",
    "申请人", "申请人证件号码", "申请人电话", "被申请人", "被申请人证件号码", "被申请人电话",
    "纠纷简要情况", "涉及金额", "涉及人数", "调解组织", "调解员", "调解结果",
    "协议形式", "协议日期", "生效日期", "履行情况", "履行日期", "司法确认申请日期", "司法确认裁定日期", "结案日期",
)  # fmt: skip
SOURCES = {"依申请": Source.APPLICATION, "主动": Source.OWN_MOTION, "委托移送": Source.REFERRED}
SUB_SOURCES: Mapping[str, dict[str, str]] = {
    Source.APPLICATION: {"书面": SubSource.WRITTEN, "口头": SubSource.ORAL},
    Source.OWN_MOTION: {
        "排查": SubSource.PATROL, "网格": SubSource.GRID, "专项行动": SubSource.CAMPAIGN, "调解员": SubSource.MEDIATOR,
        "其他": SubSource.OTHER,
    },
    Source.REFERRED: {
        "法院委派": SubSource.COURT_DELEGATED, "法院委托": SubSource.COURT_ENTRUSTED,
        "检察院": SubSource.PROCURATORATE, "公安": SubSource.POLICE, "信访": SubSource.PETITION,
        "仲裁": SubSource.ARBITRATION, "行政复议": SubSource.RECONSIDERATION, "其他": SubSource.OTHER_ORGAN,
    },
}  # fmt: skip
TOP_TYPES = {
    "婚姻家庭": DisputeType.FAMILY, "邻里": DisputeType.NEIGHBOURS, "房屋宅基地": DisputeType.HOUSING,
    "合同": DisputeType.CONTRACT, "生产经营": DisputeType.BUSINESS, "损害赔偿": DisputeType.DAMAGE,
    "山林土地": DisputeType.LAND, "征地拆迁": DisputeType.EXPROPRIATION, "环境污染": DisputeType.ENVIRONMENT,
    "劳动争议": DisputeType.LABOUR, "消费": DisputeType.CONSUMER, "医疗": DisputeType.MEDICAL,
    "道路交通事故": DisputeType.TRAFFIC, "物业": DisputeType.PROPERTY_SERVICE,
    "知识产权": DisputeType.INTELLECTUAL_PROPERTY, "村务管理": DisputeType.VILLAGE_AFFAIRS, "其他": DisputeType.OTHER,
}  # fmt: skip
TYPES: dict[str, str] = {
    **TOP_TYPES,
    "民间借贷": DisputeSubType.LENDING, "土地承包": DisputeSubType.LAND_CONTRACT, "草牧场": DisputeSubType.GRASSLAND,
    "拖欠农民工工资": DisputeSubType.MIGRANT_WAGES, "旅游": DisputeSubType.TOURISM,
    "电子商务": DisputeSubType.ONLINE_TRADE, "互联网": DisputeSubType.ONLINE_TRADE,
}  # fmt: skip
"""The names of the table's types; what an office writes as a type and is a sub-cause of one is understood too."""
RESULTS = {
    "达成协议": Ending.AGREED, "调解不成": Ending.FAILED, "终止": Ending.TERMINATED, "撤回": Ending.WITHDRAWN,
    "退回": Ending.RETURNED, "不予受理": Ending.NOT_ACCEPTED, "移送": Ending.REFERRED_OUT, "作废": Ending.VOID,
}  # fmt: skip
ENDED: Mapping[str, str] = {
    Ending.AGREED: "agreed", Ending.FAILED: "failed", Ending.TERMINATED: "terminated",
    Ending.WITHDRAWN: "withdrawn", Ending.RETURNED: "returned", Ending.NOT_ACCEPTED: "refused",
    Ending.REFERRED_OUT: "referred_out", Ending.VOID: "voided",
}  # fmt: skip
"""How a case ended, as the event that ended it. Only of an agreement the ledger has the day."""
FORMS = {"书面": AgreementForm.WRITTEN, "口头": AgreementForm.ORAL}
PERFORMANCE = {
    "已履行": Performance.PERFORMED, "部分履行": Performance.PARTLY, "未履行": Performance.NOT_PERFORMED,
}  # fmt: skip
HAPPENED = {
    "登记日期": "registered", "受理日期": "accepted", "协议日期": "agreed", "生效日期": "agreement_effective",
    "履行日期": "performed", "司法确认申请日期": "confirmation_filed", "结案日期": "closed",
}  # fmt: skip
RULED_COLUMN = "司法确认裁定日期"
RULED = ("confirmation_valid", "confirmation_rejected", "confirmation_ruled")
"""The column tells the day of the ruling, not what it said."""
DAYS = (*HAPPENED, RULED_COLUMN)
AFTER_AGREEMENT = ("协议形式", "协议日期", "生效日期", "履行情况", "履行日期", "司法确认申请日期", RULED_COLUMN)
STILL_OPEN = timedelta(days=365)
NO_DAY = "台账未单列日期，按登记日期"
HIDDEN_PHONE = "台账所载电话："
"""Before a telephone that the ledger gives only in part; it goes to the party's remark, and out again from there."""
STRICT_TRACK = "台账未载明委托时适用的审理程序，按简易程序的七日从严计算。"
ENTRIES = {
    "number": NUMBER, "sub_source": "来源细类", "source": "纠纷来源", "dispute_type": "纠纷类型", "place": "发生地",
    "summary": "纠纷简要情况", "amount_yuan": "涉及金额", "number_of_people": "涉及人数", "unit": "调解组织",
    "committee_as_written": "调解组织", "mediators": "调解员", "outcome": "调解结果", "agreement_form": "协议形式",
    "performance": "履行情况",
}  # fmt: skip
"""Which cell an entry of the form stands in."""
