"""The units of the banner as an installation starts with them; the office edits and imports from there on.

Codes of the banner, towns, streets and zones are those of the national statistical divisions of 2023; all others are
the banner's code and an abbreviation. Codes never change: ledgers and imports rely on them.
"""

from __future__ import annotations

from casemgr.audit.context import audited
from casemgr.organisation.models import Unit

BANNER, GOVERNMENT = "150621", "150621-ZF"
JUSTICE_BUREAU, RECONSIDERATION_OFFICE = "150621-SFJ", "150621-SFJ-FY"

PARTICULARS = {
    "name": "达拉特旗司法局",
    "authority": "达拉特旗人民政府",
    "office": "达拉特旗司法局",
    "counter": "达拉特旗司法局行政复议与应诉办公室",
    "basic_court": "达拉特旗人民法院",
    "intermediate_court": "鄂尔多斯市中级人民法院",
}
"""What papers say until the office has entered its own particulars."""
SEALS = {GOVERNMENT: "达拉特旗人民政府", JUSTICE_BUREAU: "达拉特旗司法局"}
"""The seals of the units that stamp papers, under the same condition."""

TOWNS = {
    "100": "树林召镇",
    "101": "吉格斯太镇",
    "102": "白泥井镇",
    "103": "王爱召镇",
    "104": "昭君镇",
    "105": "恩格贝镇",
    "106": "中和西镇",
    "107": "风水梁镇",
    "200": "展旦召苏木",
}
STREETS = {
    "001": "工业街道",
    "002": "昭君街道",
    "003": "锡尼街道",
    "004": "白塔街道",
    "005": "西园街道",
    "006": "平原街道",
}
ZONES = {"400": "达拉特经济开发区", "401": "鄂尔多斯市生态示范区"}
DEPARTMENTS = {
    "ZFB": ("达拉特旗人民政府办公室", "政府办公室"),
    "FGW": ("达拉特旗发展和改革委员会", "发展和改革委员会"),
    "JTJ": ("达拉特旗教育体育局", "教育体育局"),
    "GXJ": ("达拉特旗工信和科技局", "工信和科技局"),
    "MWH": ("达拉特旗民族事务委员会", "民族事务委员会"),
    "GAJ": ("达拉特旗公安局", "公安局"),
    "MZJ": ("达拉特旗民政局", "民政局"),
    "SFJ": ("达拉特旗司法局", "司法局"),
    "CZJ": ("达拉特旗财政局", "财政局"),
    "RSJ": ("达拉特旗人力资源和社会保障局", "人力资源和社会保障局"),
    "ZRJ": ("达拉特旗自然资源局", "自然资源局"),
    "ZJJ": ("达拉特旗住房和城乡建设局", "住房和城乡建设局"),
    "JYJ": ("达拉特旗交通运输局", "交通运输局"),
    "SLJ": ("达拉特旗水利局", "水利局"),
    "NMJ": ("达拉特旗农牧局", "农牧局"),
    "WLJ": ("达拉特旗文化和旅游局", "文化和旅游局"),
    "WJW": ("达拉特旗卫生健康委员会", "卫生健康委员会"),
    "TYJ": ("达拉特旗退役军人事务局", "退役军人事务局"),
    "YJJ": ("达拉特旗应急管理局", "应急管理局"),
    "SJJ": ("达拉特旗审计局", "审计局"),
    "SCJ": ("达拉特旗市场监督管理局", "市场监督管理局"),
    "LCJ": ("达拉特旗林业和草原局", "林业和草原局"),
    "NYJ": ("达拉特旗能源局", "能源局"),
    "TJJ": ("达拉特旗统计局", "统计局"),
    "YBJ": ("达拉特旗医疗保障局", "医疗保障局"),
    "XFJ": ("达拉特旗信访局", "信访局"),
    "ZFJ": ("达拉特旗综合行政执法局", "综合行政执法局"),
    "ZSJ": ("达拉特旗政务服务与数据管理局", "政务服务与数据管理局"),
}
BRANCHES = {"STJ": ("鄂尔多斯市生态环境局达拉特旗分局", "生态环境局达拉特旗分局")}
INSTITUTIONS = {
    "RMT": ("达拉特旗融媒体中心", "融媒体中心"),
    "GXS": ("达拉特旗供销合作社", "供销合作社"),
    "JGF": ("达拉特旗机关事务服务中心", "机关事务服务中心"),
    "XCZ": ("达拉特旗乡村振兴统筹发展中心", "乡村振兴统筹发展中心"),
}
PARTY_ORGANS = {
    "JW": ("达拉特旗纪委监委", "纪委监委"),
    "ZZB": ("中共达拉特旗委组织部", "组织部"),
    "XCB": ("中共达拉特旗委宣传部", "宣传部"),
    "TZB": ("中共达拉特旗委统战部", "统战部"),
    "ZFW": ("中共达拉特旗委政法委员会", "政法委"),
    "BB": ("中共达拉特旗委机构编制委员会办公室", "编办"),
    "DX": ("中共达拉特旗委党校", "党校"),
    "ZGH": ("达拉特旗总工会", "总工会"),
    "TW": ("共青团达拉特旗委员会", "团委"),
    "FL": ("达拉特旗妇女联合会", "妇联"),
    "CL": ("达拉特旗残疾人联合会", "残联"),
}


def load_reference() -> int:
    """Create what is missing and leave everything else as the office has made it. Returns how many were created."""
    known = {unit.code: unit for unit in Unit.objects.all()}
    created = 0
    with audited(action="organisation.load_reference"):
        for code, name, short_name, kind, parent in _rows():
            if code not in known:
                unit = Unit(code=code, name=name, short_name=short_name, kind=kind, parent=known.get(parent))
                unit.save()
                known[code] = unit
                created += 1
    return created


def _rows():
    """Code, name, short name, kind, code of the parent; parents first."""
    kind = Unit.Kind
    yield BANNER, "达拉特旗", "", kind.BANNER, ""
    yield GOVERNMENT, "达拉特旗人民政府", "旗政府", kind.GOVERNMENT, BANNER
    for codes, of_kind in ((TOWNS, kind.TOWN), (STREETS, kind.STREET), (ZONES, kind.ZONE)):
        for code, name in codes.items():
            yield f"{BANNER}{code}", name, "", of_kind, GOVERNMENT
    for names, of_kind in ((DEPARTMENTS, kind.DEPARTMENT), (BRANCHES, kind.BRANCH), (INSTITUTIONS, kind.INSTITUTION)):
        for code, (name, short_name) in names.items():
            yield f"{BANNER}-{code}", name, short_name, of_kind, GOVERNMENT
    for code, (name, short_name) in PARTY_ORGANS.items():
        yield f"{BANNER}-{code}", name, short_name, kind.PARTY_ORGAN, BANNER
    yield RECONSIDERATION_OFFICE, "行政复议与应诉办公室", "复议应诉办", kind.OFFICE, JUSTICE_BUREAU
