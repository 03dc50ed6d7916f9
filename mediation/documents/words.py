"""The coded words in Chinese, as papers print them whatever the language of the pages."""

from mediation.terms import (
    CourtTrack,
    DisputeSubType,
    DisputeType,
    Ending,
    Performance,
    Prevented,
    Source,
    SubSource,
)

TYPE_WORDS: dict[str, str] = {
    DisputeType.FAMILY: "婚姻家庭",
    DisputeType.NEIGHBOURS: "邻里",
    DisputeType.HOUSING: "房屋宅基地",
    DisputeType.CONTRACT: "合同",
    DisputeType.BUSINESS: "生产经营",
    DisputeType.DAMAGE: "损害赔偿",
    DisputeType.LAND: "山林土地",
    DisputeType.EXPROPRIATION: "征地拆迁",
    DisputeType.ENVIRONMENT: "环境污染",
    DisputeType.LABOUR: "劳动争议",
    DisputeType.CONSUMER: "消费",
    DisputeType.MEDICAL: "医疗",
    DisputeType.TRAFFIC: "道路交通事故",
    DisputeType.PROPERTY_SERVICE: "物业",
    DisputeType.INTELLECTUAL_PROPERTY: "知识产权",
    DisputeType.VILLAGE_AFFAIRS: "村务管理",
    DisputeType.OTHER: "其他",
}
SUB_TYPE_WORDS: dict[str, str] = {
    DisputeSubType.LENDING: "民间借贷",
    DisputeSubType.LAND_CONTRACT: "土地承包",
    DisputeSubType.GRASSLAND: "草牧场",
    DisputeSubType.LAND_OWNERSHIP: "林地、土地、草原权属",
    DisputeSubType.MIGRANT_WAGES: "拖欠农民工工资",
    DisputeSubType.OTHER_LABOUR: "劳动争议",
    DisputeSubType.TOURISM: "旅游",
    DisputeSubType.ONLINE_TRADE: "网络交易",
    DisputeSubType.OTHER_CONSUMER: "消费",
}
SOURCE_WORDS: dict[str, str] = {
    Source.APPLICATION: "依申请调解",
    Source.OWN_MOTION: "主动调解",
    Source.REFERRED: "接受委托移送",
}
SUB_SOURCE_WORDS: dict[str, str] = {
    SubSource.WRITTEN: "书面申请",
    SubSource.ORAL: "口头申请",
    SubSource.PATROL: "排查发现",
    SubSource.GRID: "网格员发现",
    SubSource.CAMPAIGN: "专项活动发现",
    SubSource.MEDIATOR: "调解员发现",
    SubSource.OTHER: "其他途径发现",
    SubSource.COURT_DELEGATED: "人民法院委派（立案前）",
    SubSource.COURT_ENTRUSTED: "人民法院委托（立案后）",
    SubSource.PROCURATORATE: "人民检察院移送",
    SubSource.POLICE: "公安机关移送",
    SubSource.PETITION: "信访部门移送",
    SubSource.ARBITRATION: "仲裁机构移送",
    SubSource.RECONSIDERATION: "行政复议机构委托",
    SubSource.OTHER_ORGAN: "其他部门移送",
}
DELEGATION_WORDS: dict[str, str] = {
    CourtTrack.DELEGATED: "委派调解",
    CourtTrack.ENTRUSTED_ORDINARY: "委托调解",
    CourtTrack.ENTRUSTED_SUMMARY: "委托调解",
}
ENDING_WORDS: dict[str, str] = {
    Ending.AGREED: "达成调解协议",
    Ending.FAILED: "调解不成",
    Ending.TERMINATED: "终止调解",
    Ending.WITHDRAWN: "撤回申请",
    Ending.RETURNED: "退回委派、移送单位",
    Ending.NOT_ACCEPTED: "不予受理",
    Ending.REFERRED_OUT: "移送其他组织或者机关",
    Ending.VOID: "误登作废",
}
PERFORMANCE_WORDS: dict[str, str] = {
    Performance.PERFORMED: "已履行",
    Performance.PARTLY: "部分履行",
    Performance.NOT_PERFORMED: "未履行",
    Performance.SUED: "已起诉",
    Performance.ENFORCEMENT: "已申请强制执行",
}
RISK_WORDS: dict[str, str] = {
    Prevented.SUICIDE: "可能引起自杀",
    Prevented.TO_CRIME: "可能转化为治安案件、刑事案件",
    Prevented.PETITION: "可能引起群体性上访",
    Prevented.FIGHT: "可能引起群体性械斗",
}
CHANNEL_WORDS = {"phone": "电话", "visit": "当面", "letter": "书面", "platform": "平台"}
SATISFACTION_WORDS = {"satisfied": "满意", "fair": "基本满意", "dissatisfied": "不满意"}
SESSION_RESULT_WORDS = {
    "agreed": "达成调解协议。",
    "adjourned": "本次未达成协议，择日继续调解。",
    "not_agreed": "未达成调解协议。",
}
CAPACITY_WORDS = {
    "party": "当事人",
    "agent": "代理人",
    "invited": "受邀参加人",
    "department": "有关部门人员",
    "handler": "行政复议机构工作人员",
    "interpreter": "翻译人员",
    "witness": "见证人",
}
