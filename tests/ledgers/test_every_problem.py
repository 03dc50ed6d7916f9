"""A refused row says all that is wrong with it at once, each under its own column, and nothing that only follows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.importing import load
from casemgr.ledgers.proposals import near_words
from reconsideration.demo.people import resident_number
from tests.ledgers.test_imports_in_the_page import THEIRS, assigned, book, officer, sent
from tests.ledgers.test_ledgers import CASE, PARTY
from tests.litigation.backlog.test_ledger import ROW as ITEM
from tests.litigation.ledger.test_ledger import FIRST
from tests.mediation.test_ledger import CLOSED
from tests.support.ledgers import write_csv
from tests.support.mediation import committee

__all__ = ["officer"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
GOOD = resident_number(7, date(1985, 3, 12), "M")
BAD = f"{GOOD[:-1]}{'1' if GOOD[-1] != '1' else '2'}"


@pytest.fixture(autouse=True)
def _office(db: None) -> None:
    committee()


def problems(path: Path, kind: str, row: dict[str, Any]) -> list[str]:
    ledger = ledgers()[kind]
    report = load(ledger, write_csv(path / "a.csv", [row]), LedgerActor(), TODAY, dry_run=True).as_dict()
    assert report["rejected"] == 1 and BAD not in str(report)
    return [error["column"] for error in report["errors"]]


@pytest.mark.parametrize(
    ("kind", "row", "columns"),
    [
        ("parties", PARTY | {"类型": "个人", "性别": "男性", "出生日期": "1985-13-01", "证件号码": BAD, "电话": "1"},
         {"类型", "性别", "出生日期", "证件号码", "电话"}),
        ("reconsideration", CASE | {"结案方式": "撤消", "受理日期": "2025-02-30", "延长天数": "很多",
                                    "管理类别": "无此类", "申请人证件号码": BAD,
                                    "行政行为日期": "昨天"},
         {"结案方式", "受理日期", "延长天数", "管理类别", "申请人证件号码", "行政行为日期"}),
        ("reconsideration", CASE | {"申请人": "", "结案方式": "撤消"}, {"申请人", "结案方式"}),
        ("mediation", CLOSED | {"纠纷来源": "群众上门", "纠纷类型": "邻居", "登记日期": "2025-02-30",
                                "协议日期": "当天", "调解结果": "调成", "被申请人证件号码": BAD, "被申请人电话": "1"},
         {"纠纷来源", "纠纷类型", "登记日期", "协议日期", "调解结果", "被申请人证件号码", "被申请人电话"}),
        ("litigation", FIRST | {"审级": "初审", "答辩日期": "2024-02-30", "裁判结果": "胜诉", "责任单位": "无此单位"},
         {"审级", "答辩日期", "裁判结果", "责任单位"}),
        ("backlog", ITEM | {"责任单位": "无此单位", "裁判类型": "刑事", "生效日期": "2025-02-30", "完成时限": "尽快"},
         {"责任单位", "裁判类型", "生效日期", "完成时限"}),
    ],
    ids=["parties", "reconsideration", "without-applicant", "mediation", "litigation", "backlog"],
)  # fmt: skip
def test_every_bad_cell_is_named_and_no_other(
    tmp_path: Path, kind: str, row: dict[str, Any], columns: set[str]
) -> None:
    found = problems(tmp_path, kind, row)
    assert set(found) == columns
    assert len(found) == len(columns)


def test_a_wrong_number_is_named_on_the_side_on_which_it_stands(tmp_path: Path) -> None:
    row = CLOSED | {"被申请人证件号码": BAD}
    assert problems(tmp_path, "mediation", row) == ["被申请人证件号码"]
    row = CLOSED | {"被申请人电话": "1"}
    assert problems(tmp_path, "mediation", row) == ["被申请人电话"]
    row = CLOSED | {"申请人证件号码": f"{BAD}、"}
    assert problems(tmp_path, "mediation", row) == ["申请人证件号码"]


def test_an_agency_that_nobody_knows_is_named_with_what_to_do(tmp_path: Path) -> None:
    ledger = ledgers()["reconsideration"]
    row = CASE | {"被申请人": "达拉特旗某某局"}
    report = load(ledger, write_csv(tmp_path / "a.csv", [row]), LedgerActor(), TODAY).as_dict()
    (error,) = report["errors"]
    assert error["column"] == "被申请人" and "达拉特旗某某局" in error["reason"]


def test_a_number_that_stands_twice_in_the_sheet_is_said_to_be_of_the_sheet(client: Client, officer) -> None:
    bad = THEIRS | {"受理时间": "2025-02-30", "收案日期": "2025年2月3日"}
    found = assigned(client, sent(client, "reconsideration", book(THEIRS, THEIRS, bad)))
    assert (found.created, found.unchanged, found.rejected) == (1, 1, 1)
    (row,) = found.imported_rows.all()
    assert [column for column, _reason in row.problems] == ["案号", "受理日期"]
    assert "2" in row.problems[0][1]


@pytest.mark.parametrize("chunk", [1, 500])
@pytest.mark.parametrize(
    ("kind", "row", "other"),
    [
        ("reconsideration", CASE, {"收到日期": "2025-01-02"}), ("mediation", CLOSED, {"登记日期": "2024-01-02"}),
        ("litigation", FIRST, {"受理法院": "康巴什区人民法院"}), ("backlog", ITEM, {"生效日期": "2025-01-02"}),
    ],
    ids=["reconsideration", "mediation", "litigation", "backlog"],
)  # fmt: skip
def test_so_it_is_when_the_sheet_is_loaded(
    tmp_path: Path, kind: str, row: dict[str, Any], other: dict[str, Any], chunk: int
) -> None:
    """And a sheet that comes later is told of the register."""
    first, later = write_csv(tmp_path / "a.csv", [row, row, row | other]), write_csv(tmp_path / "b.csv", [row | other])
    report = load(ledgers()[kind], first, LedgerActor(), TODAY, chunk=chunk).as_dict()
    assert (report["created"], report["unchanged"], report["rejected"]) == (1, 1, 1), report["errors"]
    (error,) = report["errors"]
    assert error["row"] == 4 and "本表第2行编号相同" in error["reason"]
    (error,) = load(ledgers()[kind], later, LedgerActor(), TODAY).as_dict()["errors"]
    assert error["column"] in other and "本表" not in error["reason"]


@pytest.mark.parametrize(
    ("word", "column", "known"),
    [
        ("撤消", "结案方式", "撤销"), ("当面递交", "申请方式", "当面"), ("驳回", "结案方式", ""),
        ("判决部分撤销", "结案方式", "部分撤销"), ("维持原决定", "结案方式", "维持"), ("胜诉", "结案方式", ""),
    ],
)  # fmt: skip
def test_an_offices_own_word_is_taken_for_a_known_one_only_where_one_is_meant(
    word: str, column: str, known: str
) -> None:
    words = ledgers()["reconsideration"].words[column]
    assert near_words([word], words) == {word: known}
