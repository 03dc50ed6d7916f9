"""Invented rows of every ledger, for hypothesis: mostly lawful, with the odd signs, gaps and days of real sheets."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from mediation.ledger.columns import SOURCES, SUB_SOURCES, TOP_TYPES
from reconsideration.demo.people import resident_number

NAMES = ["王宝音", "李秀英", "赵·其其格", "乌兰", "欧阳 娜仁", "达拉特旗顺达工程有限公司", "内蒙古宏远运输有限公司"]
AGENCIES = ["达拉特旗公安局", "达拉特旗市场监督管理局", "达拉特旗人民政府"]
TEXTS = st.sampled_from(
    [
        "",
        "=1+1",
        "一\n二",
        "一\r\n二",
        "'引",
        "0",
        "1E5",
        "TRUE",
        "2026-01-02",
        "（甲）“乙”，丙",
        "-5元",
        "甲　乙",
        "@丁",
    ]
)


def of(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


@st.composite
def spelled(draw, on: date) -> str:
    """A day as offices spell it, some of them only about."""
    last = (on.replace(day=28)).isoformat()
    return draw(
        st.sampled_from(
            [on.isoformat()] * 5
            + [
                f"{on.year}年{on.month}月{on.day}日",
                f"{on.year}.{on.month}.{on.day}",
                f"{on:%Y-%m}",
                f"约{on.year}年{on.month}月上旬",
                f"{on.replace(day=1).isoformat()}、{last}",
            ]
        )
    )


@st.composite
def course(draw, columns: list[str], first: date) -> dict[str, str]:
    """Rising days in some of the columns."""
    found, on = {}, first
    for column in columns:
        if draw(st.integers(0, 3)):
            found[column] = draw(spelled(on))
        on = min(on + timedelta(days=draw(st.integers(31, 60))), date(2026, 10, 31))
    return found


@st.composite
def parties(draw, serial: int) -> dict[str, str]:
    kind = draw(of("自然人", "自然人", "单位"))
    row = {
        "类型": kind,
        "姓名或名称": draw(st.sampled_from(NAMES)),
        "住址": f"{serial}号{draw(TEXTS)}",
        "备注": draw(TEXTS),
        "民族": draw(of("", "蒙古族", "汉族")),
    }
    if kind == "自然人":
        born = date(1985, 3, 12)
        row |= {"性别": draw(of("", "男")), "出生日期": draw(of("", born.isoformat()))}
        number = resident_number(serial, born, "M")
        shown = draw(st.sampled_from([number, "", f"{number[:4]}{'*' * 10}{number[14:]}"]))
        row |= {"证件号码": shown}
    row["电话"] = draw(of("", f"138{serial:08d}", "138****1234", "0477-5212345"))
    return row


def people(draw, serial: int, count: int, column: str, *, phones: bool) -> dict[str, str]:
    """Names with as many numbers, some of them hidden or unknown."""
    chosen = draw(st.lists(st.sampled_from(NAMES[:5]), min_size=count, max_size=count, unique=True))
    row = {column: "、".join(chosen)}
    numbers = [resident_number(100 + 10 * serial + place, date(1970, 5, 6), "F") for place in range(count)]
    shown = [draw(st.sampled_from([number, number, "", f"{number[:4]}{'*' * 10}{number[14:]}"])) for number in numbers]
    row[f"{column}证件号码"] = "、".join(shown) if any(shown) else ""
    if phones:
        told = [draw(of("", f"139{serial:04d}{place:04d}", "139****4321")) for place in range(count)]
        row[f"{column}电话"] = "、".join(told) if any(told) else ""
    return row


@st.composite
def disputes(draw, serial: int) -> dict[str, str]:
    source = draw(of("", *SOURCES))
    details = ["", *SUB_SOURCES[SOURCES[source]]] if source else [""]
    result = draw(of("达成协议", "达成协议", "调解不成", "终止", "撤回", "不予受理", ""))
    columns = ["登记日期", "受理日期"]
    row = {
        "案件编号": f"达树人调字〔2025〕{serial}号",
        "纠纷来源": source,
        "来源细类": draw(st.sampled_from(details)),
        "纠纷类型": draw(of("", *TOP_TYPES)),
        "纠纷简要情况": draw(TEXTS),
        "调解结果": result,
        "发生地": draw(of("", "树林召镇新民村", "=村")),
        "涉及金额": draw(of("", "0", "3000", "12.5")),
        "调解组织": draw(of("", "树林召镇人民调解委员会", "已撤销的树林召镇某村调委会")),
        "调解员": draw(of("", "刘根喜", "刘根喜、其木格")),
        **people(draw, serial, draw(st.integers(1, 2)), "申请人", phones=True),
        **people(draw, serial + 500, draw(st.integers(1, 2)), "被申请人", phones=True),
    }
    if result == "达成协议":
        columns += ["协议日期", "生效日期", "履行日期"]
        row |= {
            "协议形式": draw(of("", "书面", "口头")),
            "履行情况": draw(of("", "已履行", "未履行")),
        }
    return row | draw(course([*columns, "结案日期"], date(2025, 1, draw(st.integers(1, 28)))))


@st.composite
def reconsiderations(draw, serial: int) -> dict[str, str]:
    result = draw(of("维持", "撤销", "驳回请求", "终止", "不予受理", "调解", ""))
    row = {
        "案号": f"达政复字〔2025〕{serial}号",
        "申请方式": draw(of("", "当面", "邮寄")),
        "行政行为": draw(TEXTS),
        "被申请人": draw(st.sampled_from(AGENCIES)),
        "行政行为文号": draw(of("", f"达罚〔2025〕{serial}号")),
        "行政行为日期": draw(of("", "2024-12-20")),
        "知道日期": draw(of("", "2024-12-22")),
        "事项类别": draw(of("", "行政处罚", "政府信息公开")),
        "管理类别": draw(of("", "市场监管")),
        "审理程序": draw(of("", "普通", "简易")),
        "延长天数": draw(of("", "15", "30")),
        "决定文书号": draw(of("", "达政复决字〔2025〕2号")),
        "结案方式": result,
        "是否起诉": draw(of("", "是")),
        **people(draw, serial, draw(st.integers(1, 2)), "申请人", phones=False),
    }
    columns = [
        "收到日期",
        "受理日期",
        "答复通知送达日期",
        "答复日期",
        "听证日期",
        "中止日期",
        "恢复日期",
        "决定日期",
        "送达日期",
        "归档日期",
    ]
    return row | draw(course(columns, date(2025, 1, draw(st.integers(1, 28)))))


@st.composite
def suits(draw, serial: int) -> dict[str, str]:
    defendants = draw(st.sampled_from([["达拉特旗公安局"], ["达拉特旗公安局", "达拉特旗人民政府"]]))
    row = {
        "法院案号": f"（2025）内0621行初{serial}号",
        "审级": draw(of("", "一审")),
        "受理法院": draw(of("", "达拉特旗人民法院")),
        "原告": draw(st.sampled_from(NAMES[:4])) + str(serial),
        "被告": "、".join(defendants),
        "案由": draw(of("行政处罚", "=案由", "政府信息公开")),
        "第三人": draw(of("", "李秀英", "内蒙古宏远运输有限公司")),
        "裁判文书类型": draw(of("", "判决书", "裁定书")),
        "裁判结果": draw(of("", "驳回诉讼请求", "撤销", "准许撤诉", "驳回起诉")),
        "关联复议案号": draw(of("", "达政复决字〔2024〕4号")),
        "责任单位": draw(of("", "达拉特旗公安局")),
    }
    found = row | draw(course(["收到起诉状日期", "答辩日期", "开庭日期", "裁判送达日期", "生效日期"], date(2025, 2, 3)))
    if "开庭日期" in found and draw(st.booleans()):
        found |= {
            "应出庭机关": row["被告"],
            "出庭负责人": "、".join(["白志刚", ""][: len(defendants)]),
            "出庭负责人职务": "、".join(["副局长", ""][: len(defendants)]),
            "未出庭理由": "、".join(["", "参加会议"][: len(defendants)]),
        }
    return found


@st.composite
def items(draw, serial: int) -> dict[str, str]:
    row = {
        "责任单位": "、".join(draw(st.lists(st.sampled_from(AGENCIES[::2]), min_size=1, max_size=2, unique=True))),
        "法院案号": f"（2025）内0621行初{serial}号",
        "裁判类型": draw(of("行政", "民事", "劳动")),
        "裁判结果": draw(TEXTS),
        "应履行内容": draw(of("支付赔偿款", "=履行", "一\n二")),
        "生效日期": draw(spelled(date(2025, 3, 3))),
        "履行期满日": draw(spelled(date(2025, 8, draw(st.integers(1, 28))))),
        "包案领导": draw(of("", "陈海龙")),
        "化解措施": draw(TEXTS),
        "备注": draw(TEXTS),
        "完成时限": draw(of("", "2026-12", "2026-12-31")),
    }
    row |= draw(of({}, {"金额": "20,000", "已履行金额": "5000"}, {"金额": "300.5"}))
    if "已履行金额" not in row:
        row |= draw(of({}, {"销号日期": "2026-05-08", "销号依据": "转账凭证"}))
    return row


KINDS = {
    "parties": parties,
    "mediation": disputes,
    "reconsideration": reconsiderations,
    "litigation": suits,
    "backlog": items,
}
