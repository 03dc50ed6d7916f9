"""Ledgers of invented rows, for tests and benchmarks."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from reconsideration.demo.people import GIVEN, SURNAMES, resident_number

AGENCIES = ("达拉特旗公安局", "达拉特旗市场监督管理局", "达拉特旗林业和草原局")
WORDS = ("维持", "撤销", "确认违法", "终止", "调解", "驳回请求")


def cases(count: int, seed: int, today: date) -> list[dict[str, Any]]:
    """Rows of the ledger of reconsideration cases: most of them closed, one in twenty still open."""
    chance = random.Random(seed)
    found = []
    for number in range(1, count + 1):
        received = today - timedelta(days=chance.randrange(5, 40 if number % 20 == 0 else 2500))
        is_open = number % 20 == 0
        accepted = received + timedelta(days=chance.randrange(1, 5))
        row: dict[str, Any] = {
            "案号": f"达政复字〔{received.year}〕{number}号",
            "收到日期": received.isoformat(),
            "申请方式": chance.choice(("当面", "邮寄", "网络")),
            **_applicant(chance, number),
            "被申请人": chance.choice(AGENCIES),
            "行政行为": "行政处罚决定书",
            "行政行为文号": f"达罚字〔{received.year}〕{number}号",
            "行政行为日期": (received - timedelta(days=30)).isoformat(),
            "知道日期": (received - timedelta(days=25)).isoformat(),
            "事项类别": "行政处罚",
            "管理类别": "市场监管",
            "受理日期": min(accepted, today).isoformat(),
            "审理程序": "普通",
        }
        if not is_open:
            decided = accepted + timedelta(days=chance.randrange(20, 60))
            row |= {
                "答复通知送达日期": min(accepted + timedelta(days=4), today).isoformat(),
                "答复日期": min(accepted + timedelta(days=12), today).isoformat(),
                "决定文书号": f"达政复决字〔{decided.year}〕{number}号",
                "决定日期": min(decided, today).isoformat(),
                "结案方式": chance.choice(WORDS),
                "归档日期": min(decided + timedelta(days=30), today).isoformat(),
            }
        found.append(row)
    return found


def suits(count: int, seed: int) -> list[dict[str, Any]]:
    """Rows of the ledger of suits, all of the past: of four one is the second instance of the one before it."""
    chance = random.Random(seed)
    found: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        received = date(2016, 1, 4) + timedelta(days=chance.randrange(2500))
        is_second = number % 4 == 0
        row: dict[str, Any] = {
            "法院案号": f"（{received.year}）内0621行初{number}号",
            "审级": "一审",
            "受理法院": "达拉特旗人民法院",
            "原告": f"{chance.choice(SURNAMES)}{chance.choice(GIVEN)}{number}",
            "被告": chance.choice(AGENCIES),
            "案由": chance.choice(("行政处罚", "行政强制措施", "政府信息公开")),
            "收到起诉状日期": received.isoformat(),
            "答辩日期": (received + timedelta(days=12)).isoformat(),
            "开庭日期": (received + timedelta(days=45)).isoformat(),
            "出庭负责人": "白志刚",
            "出庭负责人职务": "副局长",
            "裁判文书类型": "判决书",
            "裁判结果": chance.choice(("驳回诉讼请求", "确认违法", "撤销")),
            "裁判送达日期": (received + timedelta(days=90)).isoformat(),
        }
        if is_second:
            before = found[-1]
            before["上诉日期"] = (date.fromisoformat(before["裁判送达日期"]) + timedelta(days=9)).isoformat()
            day = date.fromisoformat(before["裁判送达日期"]) + timedelta(days=100)
            row |= {name: before[name] for name in ("原告", "被告", "案由")}
            row |= {
                "法院案号": f"（{day.year}）内06行终{number}号",
                "审级": "二审",
                "受理法院": "鄂尔多斯市中级人民法院",
            }
            row |= dict.fromkeys(("收到起诉状日期", "答辩日期", "开庭日期", "出庭负责人", "出庭负责人职务"), "")
            row |= {"裁判结果": "维持原判", "裁判送达日期": day.isoformat(), "生效日期": day.isoformat()}
        found.append(row)
    return found


def disputes(count: int, seed: int, today: date) -> list[dict[str, Any]]:
    """Rows of the ledger of mediation: most of them agreed, performed and closed, one in twenty still open."""
    chance = random.Random(seed)
    found = []
    for number in range(1, count + 1):
        is_open = number % 20 == 0
        came = today - timedelta(days=chance.randrange(5, 40 if is_open else 2500))
        applicant, respondent = (_applicant(chance, 60_000 + 2 * number + side) for side in (0, 1))
        row: dict[str, Any] = {
            "案件编号": f"达树人调字〔{came.year}〕{number}号",
            "登记日期": came.isoformat(),
            "受理日期": min(came + timedelta(days=1), today).isoformat(),
            "纠纷来源": "依申请",
            "来源细类": chance.choice(("书面", "口头")),
            "纠纷类型": chance.choice(("邻里", "婚姻家庭", "合同", "劳动争议")),
            "发生地": "达拉特旗树林召镇新民村",
            "申请人": applicant["申请人"],
            "申请人证件号码": applicant["申请人证件号码"],
            "申请人电话": f"138{number:08d}",
            "被申请人": respondent["申请人"],
            "被申请人证件号码": respondent["申请人证件号码"],
            "被申请人电话": f"137{number:08d}",
            "纠纷简要情况": "因院墙滴水发生争执。",
            "涉及金额": str(chance.randrange(500, 50_000)),
            "涉及人数": "2",
            "调解组织": "树林召镇人民调解委员会",
            "调解员": "刘根喜",
        }
        if not is_open:
            agreed, ended = (min(came + timedelta(days=days), today).isoformat() for days in (10, 30))
            row |= {"调解结果": "达成协议", "协议形式": "书面", "协议日期": agreed, "生效日期": agreed,
                    "履行情况": "已履行", "履行日期": ended, "结案日期": ended}  # fmt: skip
        found.append(row)
    return found


def owed(count: int, seed: int) -> list[dict[str, Any]]:
    """Rows of the ledger of the backlog: of three one is cleared."""
    chance = random.Random(seed)
    found = []
    for number in range(1, count + 1):
        effective = date(2021, 1, 4) + timedelta(days=chance.randrange(900))
        row: dict[str, Any] = {
            "责任单位": chance.choice(AGENCIES),
            "法院案号": f"（{effective.year}）内0621民初{number}号",
            "裁判类型": "民事",
            "裁判结果": "判令支付工程款",
            "生效日期": effective.isoformat(),
            "履行期满日": (effective + timedelta(days=60)).isoformat(),
            "应履行内容": "支付工程款",
            "金额": str(chance.randrange(10_000, 900_000)),
            "包案领导": "陈海龙",
            "化解措施": "列入预算，分期支付",
        }
        if number % 3 == 0:
            row |= {"销号日期": (effective + timedelta(days=200)).isoformat(), "销号依据": "转账凭证"}
        found.append(row)
    return found


def _applicant(chance: random.Random, number: int) -> dict[str, str]:
    name = chance.choice(SURNAMES) + chance.choice(GIVEN)
    born = date(1950, 1, 1) + timedelta(days=number % 18_000)
    return {"申请人": name, "申请人证件号码": resident_number(number // 18_000 + 1, born, "M")}


def parties(count: int, seed: int) -> list[dict[str, Any]]:
    """Rows of the ledger of parties."""
    chance = random.Random(seed)
    found = []
    for number in range(1, count + 1):
        who = _applicant(chance, number + 30_000)
        found.append(
            {
                "类型": "自然人",
                "姓名或名称": who["申请人"],
                "证件类型": "居民身份证",
                "证件号码": who["申请人证件号码"],
                "民族": "汉族",
                "电话": f"139{number:08d}",
                "住址": "达拉特旗树林召镇",
            }
        )
    return found


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path
