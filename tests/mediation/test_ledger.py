"""The ledger of mediation cases: rows come in wholly, open ones go on with their clocks, and go out as they came in."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from casemgr.actions.perform import perform
from casemgr.audit.context import audited
from casemgr.cases.models import Case, Deadline
from casemgr.ledgers import exporting, importing
from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.readers import Reader
from casemgr.parties.models import Party
from mediation.ledger.columns import COLUMNS
from mediation.models import MediationCase
from reconsideration.demo.people import resident_number
from tests.support.dump import Dump, differences, marks
from tests.support.mediation import committee, mediating, mediator, session

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
NUMBER = resident_number(7, date(1985, 3, 12), "M")
CLOSED = {
    "案件编号": "达树人调字〔2025〕3号", "登记日期": "2025年3月3日", "受理日期": "2025-03-04", "纠纷来源": "依申请",
    "来源细类": "口头", "纠纷类型": "邻里", "发生地": "达拉特旗树林召镇新民村", "申请人": "王宝音、赵·其其格",
    "申请人证件号码": f"{NUMBER}、", "申请人电话": "13800000017、13800000018", "被申请人": "李四",
    "纠纷简要情况": "因院墙滴水发生争执。", "涉及金额": "3000", "涉及人数": "4", "调解组织": "树林召镇人民调解委员会",
    "调解员": "刘根喜、其木格", "调解结果": "达成协议", "协议形式": "书面", "协议日期": "2025/3/10",
    "生效日期": "2025.3.11", "履行情况": "已履行", "履行日期": "2025-03", "司法确认申请日期": "2025-03-20",
    "司法确认裁定日期": "2025-04-02", "结案日期": "2025-04-10",
}  # fmt: skip
OPEN = {
    "案件编号": "达树人调字〔2026〕7号", "登记日期": "2026-11-02", "受理日期": "2026-11-03", "纠纷来源": "依申请",
    "来源细类": "书面", "纠纷类型": "劳动争议", "发生地": "新民村", "申请人": "王宝音",
    "被申请人": "达拉特旗顺达工程有限公司", "纠纷简要情况": "拖欠工资。", "涉及人数": "12",
    "调解组织": "树林召镇人民调解委员会", "调解员": "刘根喜",
}  # fmt: skip
COURT = OPEN | {"案件编号": "达树人调字〔2026〕8号", "纠纷来源": "委托移送", "来源细类": "法院委派", "纠纷类型": "合同"}
AGREED = OPEN | {
    "案件编号": "达树人调字〔2026〕9号", "纠纷类型": "民间借贷", "调解结果": "达成协议", "协议形式": "书面",
    "协议日期": "2026-11-20", "生效日期": "2026-11-23", "履行情况": "未履行",
}  # fmt: skip
PAST = [
    CLOSED,
    {"案件编号": "达树人调字〔2025〕4号", "登记日期": "2025-05", "申请人": "李四", "调解结果": "调解不成",
     "纠纷类型": "婚姻家庭", "调解组织": "已撤销的某村人民调解委员会", "发生地": "王爱召镇", "结案日期": "2025-06-20"},
    {"案件编号": "达树人调字〔2025〕5号", "申请人": "巴图", "调解结果": "不予受理"},
    {"案件编号": "达树人调字〔2025〕6号", "申请人": "孙七", "被申请人": "周八", "纠纷类型": "邻里",
     "调解结果": "达成协议", "协议形式": "口头", "协议日期": "2025-07-01"},
    {"案件编号": "达树人调字〔2025〕7号", "登记日期": "2025-08-01", "申请人": "孙七", "调解结果": "作废"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _office(db: None) -> None:
    committee()


def write_csv(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def loaded(path: Path, **changes: Any) -> dict[str, Any]:
    ledger = replace(ledgers()["mediation"], **changes)
    with audited(actor_name="台账导入", action="ledgers.import"):
        return importing.load(ledger, path, LedgerActor(), TODAY).as_dict()


def exported(path: Path, year: int, in_full: bool) -> list[dict[str, str]]:
    exporting.write(ledgers()["mediation"], year, path, Reader(TODAY, in_full=in_full))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_closed_row_becomes_a_case_of_the_past_and_twice_adds_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", PAST)
    assert loaded(path)["errors"] == []
    case = MediationCase.objects.get(number=CLOSED["案件编号"])
    assert (case.state, case.outcome, case.is_past_record) == ("CLOSED", "agreed", True)
    assert (case.unit.name, case.closed_on) == ("树林召镇人民调解委员会", date(2025, 4, 10))
    assert [part.name for part in case.participations.order_by("pk")] == ["王宝音", "赵·其其格", "李四"]
    assert Party.objects.get(name="王宝音").open_number() == NUMBER
    assert case.events.get(kind="performed").precision == "month"
    assert not Deadline.objects.exists()
    states = dict(Case.objects.values_list("number_sequence", "state"))
    assert states == {3: "CLOSED", 4: "CLOSED", 5: "NOT_ACCEPTED", 6: "AGREED_O", 7: "VOID"}
    again = loaded(path)
    assert (again["created"], again["unchanged"], again["errors"]) == (0, len(PAST), [])


def test_an_open_row_goes_on_with_its_clock(tmp_path: Path) -> None:
    assert loaded(write_csv(tmp_path / "a.csv", [OPEN, COURT, AGREED]))["errors"] == []
    due = {
        (deadline.case.number_sequence, deadline.rule): deadline.due_on
        for deadline in Deadline.objects.select_related("case")
    }
    assert due[7, "M-LAB"] == date(2026, 11, 17)
    assert due[8, "M-CRT"] == date(2026, 12, 2)
    assert due[9, "M-CONF"] == date(2026, 12, 23)
    states = dict(Case.objects.values_list("number_sequence", "state"))
    assert states == {7: "ACCEPTED", 8: "ACCEPTED", 9: "TRACKING"}
    assert not Case.objects.filter(is_past_record=True).exists()


def test_what_an_imported_agreement_leaves_to_be_done_is_followed(tmp_path: Path) -> None:
    loaded(write_csv(tmp_path / "a.csv", [AGREED]))
    case, by = MediationCase.objects.get(), mediator()
    agreement = case.agreements.get()
    assert (agreement.number, agreement.effective_on) == ("达树人调字〔2026〕9号-1", date(2026, 11, 23))
    owed = agreement.obligations.get()
    sent = {"on": TODAY, "obligation": owed.pk, "proof": "收条"}
    case = perform("mediation.record_performance", case, sent, by, TODAY)
    case = perform("mediation.close", case, {"on": TODAY}, by, TODAY)
    assert (case.state, case.facts.performance) == ("CLOSED", "performed")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"纠纷类型": "邻居"}, "纠纷类型"),
        ({"来源细类": "排查"}, "来源细类"),
        ({"纠纷来源": ""}, "纠纷来源"),
        ({"登记日期": "2025-02-30"}, "登记日期"),
        ({"受理日期": "2025-03-01"}, ""),
        ({"申请人证件号码": f"{NUMBER[:-1]}{'1' if NUMBER[-1] != '1' else '2'}、"}, "申请人证件号码"),
        ({"申请人电话": "13800000017"}, "申请人电话"),
        ({"调解组织": "某某人民调解委员会", "发生地": ""}, "调解组织"),
        ({"调解结果": "调解不成"}, "协议形式"),
        ({"涉及金额": "三千"}, "涉及金额"),
        ({"涉及人数": "1"}, "涉及人数"),
        ({"申请人": ""}, "申请人"),
        ({"结案日期": "2027-01-01"}, ""),
    ],
)
def test_a_bad_cell_rejects_its_row_and_no_other(tmp_path: Path, change: dict[str, str], column: str) -> None:
    report = loaded(write_csv(tmp_path / "a.csv", [CLOSED | change, OPEN]))
    assert (report["created"], report["rejected"]) == (1, 1)
    assert report["errors"][0]["row"] == 2
    assert report["errors"][0]["column"] == column
    assert NUMBER not in str(report)


def test_the_same_number_with_other_content_is_refused_by_column(tmp_path: Path) -> None:
    loaded(write_csv(tmp_path / "a.csv", [CLOSED]))
    report = loaded(write_csv(tmp_path / "b.csv", [CLOSED | {"涉及金额": "3000.50", "结案日期": "2025-04-11"}]))
    assert {error["column"] for error in report["errors"]} == {"涉及金额", "结案日期"}


def test_both_lanes_write_the_same(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [*PAST, OPEN, COURT, AGREED, OPEN | {"纠纷类型": "邻居"}])
    found = []
    for options in ({"load_many": None}, {}):
        since = marks()
        with transaction.atomic():
            found.append((loaded(path, **options), Dump(since)))
            transaction.set_rollback(True)
    (single, one_by_one), (bulk, at_once) = found
    assert single == bulk
    assert differences(one_by_one, at_once) == []


@pytest.mark.parametrize("in_full", [True, False])
def test_exported_and_imported_into_an_empty_register_a_second_export_is_equal(tmp_path: Path, in_full: bool) -> None:
    """Also of disputes that were mediated here, in the middle of their course."""
    with transaction.atomic():
        loaded(write_csv(tmp_path / "a.csv", [*PAST, OPEN, COURT, AGREED]))
        by = mediator()
        case = mediating(date(2026, 11, 10), TODAY, by=by)
        case = session(case, by, date(2026, 11, 12), TODAY, result="adjourned")
        before = exported(tmp_path / "b.csv", 2025, in_full), exported(tmp_path / "c.csv", 2026, in_full)
        transaction.set_rollback(True)
    assert not Case.objects.exists()
    for name in ("b.csv", "c.csv"):
        assert loaded(tmp_path / name)["errors"] == []
    after = exported(tmp_path / "d.csv", 2025, in_full), exported(tmp_path / "e.csv", 2026, in_full)
    assert after == before
    assert [len(rows) for rows in after] == [5, 4]
