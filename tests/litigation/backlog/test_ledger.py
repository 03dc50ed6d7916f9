"""The ledger of the backlog: through the backlog's own steps, the same file twice adds nothing, and back again."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.indicators.tables.models import KnownMark
from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.exporting import write
from casemgr.ledgers.importing import load
from casemgr.ledgers.readers import Reader
from litigation.backlog.ledger import COLUMNS
from litigation.models import BacklogItem, BacklogMeasure, BacklogYear, JointUnit
from tests.support.dump import Dump, differences, marks
from tests.support.ledger_rows import items
from tests.support.ledgers import owed, write_csv
from tests.support.litigation import department, liaison

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)
ROW = {
    "责任单位": "达拉特旗公安局、达拉特旗人民政府",
    "法院案号": "（2025）内0621行初11号",
    "裁判类型": "行政赔偿",
    "裁判结果": "判令赔偿",
    "生效日期": "2025年3月3日",
    "履行期满日": "2025.6.3",
    "应履行内容": "支付赔偿款",
    "金额": "20,000",
    "已履行金额": "5000",
    "包案领导": "陈海龙",
    "化解措施": "列入预算，分两期支付",
    "完成时限": "2026-12",
    "备注": "申请人多次信访",
}
CIVIL = {"责任单位": "达拉特旗交通运输局", "法院案号": "（2024）内0621民初902号", "裁判类型": "民事",
         "裁判结果": "判令支付工程款", "生效日期": "2024-11", "履行期满日": "2024-12-31",
         "应履行内容": "支付工程款", "金额": "300000.00",
         "销号日期": "2026/5/8", "销号依据": "转账凭证、收条"}  # fmt: skip


def loaded(path: Path, actor: Any = None, **options: Any) -> dict[str, Any]:
    lane = {"load_many": options.pop("load_many")} if "load_many" in options else {}
    return load(replace(ledgers()["backlog"], **lane), path, actor or LedgerActor(), TODAY, **options).as_dict()


def exported(path: Path, year: int, user: Any = None) -> list[dict[str, str]]:
    write(ledgers()["backlog"], year, path, Reader(TODAY, user))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_rows_become_items_in_the_state_that_they_tell(tmp_path: Path) -> None:
    later = ROW | {"法院案号": "（2026）内0621行初3号", "生效日期": "2026-11-02", "履行期满日": "2027-01-02"}
    report = loaded(write_csv(tmp_path / "a.csv", [ROW, CIVIL, later]))
    assert (report["created"], report["errors"]) == (3, [])
    owed, done, running = BacklogItem.objects.order_by("pk")
    assert (owed.state, owed.unit.name, [one.unit.name for one in owed.joint_units.all()]) == (
        "verified", "达拉特旗公安局", ["达拉特旗人民政府"])  # fmt: skip
    assert (owed.amount_yuan, owed.performed_yuan, owed.finish_on) == (20000, 5000, date(2026, 12, 31))
    assert [one.text for one in owed.measures.all()] == ["列入预算，分两期支付"]
    assert (done.state, done.cleared_on, done.performed_yuan) == ("cleared", date(2026, 5, 8), Decimal("300000.00"))
    assert (done.ruling_kind, done.proof, done.effective_on) == ("civil", "转账凭证、收条", date(2024, 11, 1))
    assert running.state == "candidate"  # its term has not passed: nobody can have verified it


def test_the_same_file_adds_nothing_and_other_content_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW, CIVIL])
    loaded(path)
    again = loaded(path)
    assert (again["created"], again["unchanged"], again["errors"]) == (0, 2, [])
    other = write_csv(tmp_path / "b.csv", [ROW | {"金额": "30000"}, ROW | {"应履行内容": "重新作出行政行为", "金额": "",
                                                                          "已履行金额": ""}])  # fmt: skip
    report = loaded(other)
    assert [error["column"] for error in report["errors"]] == ["金额"]
    assert report["created"] == 1  # another duty under the number is an item of its own


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"责任单位": "达拉特期公安局"}, "责任单位", "达拉特期公安局"),
        ({"裁判类型": "刑事"}, "裁判类型", "行政/行政赔偿/民事/劳动/执行"),
        ({"履行期满日": "2025-02-30"}, "履行期满日", "2025-02-30"),
        ({"履行期满日": "2025-01-03"}, "履行期满日", ""),
        ({"销号日期": "2026-01-02"}, "销号依据", ""),
        ({"销号依据": "转账凭证"}, "销号日期", ""),
        ({"销号日期": "2026-01-02", "销号依据": "转账凭证"}, "已履行金额", ""),
        ({"销号日期": "2027-01-02", "销号依据": "转账凭证", "已履行金额": ""}, "销号日期", ""),
        ({"金额": "两万"}, "金额", ""),
        ({"应履行内容": ""}, "应履行内容", ""),
    ],
)
def test_a_bad_row_is_refused_by_its_cell_and_writes_nothing(changes, column, words, tmp_path: Path) -> None:
    report = loaded(write_csv(tmp_path / "a.csv", [ROW | changes, CIVIL]))
    assert (report["created"], report["rejected"]) == (1, 1)
    assert column in [error["column"] for error in report["errors"]]
    assert words in report["errors"][0]["reason"]
    assert BacklogItem.objects.count() == 1


@st.composite
def sheets(draw) -> list[dict[str, str]]:
    """Rows that are loaded, stand twice, contradict each other, or are refused by a cell."""
    rows = [draw(items(serial)) for serial in range(1, draw(st.integers(2, 6)))]
    for row in rows:
        if not draw(st.integers(0, 2)):
            row |= draw(
                st.sampled_from(
                    [
                        {"法院案号": rows[0]["法院案号"]},
                        dict(rows[0]),
                        {"责任单位": "无此单位", "裁判类型": "刑事"},
                        {"责任单位": "达拉特旗公安局、达拉特旗公安局"},
                        {"履行期满日": "2027-01-02"},
                        {"销号日期": "2027-01-02", "销号依据": "转账凭证"},
                        {"销号日期": "2026-11"},
                        {"金额": "100", "已履行金额": "200"},
                        {"备注": "身份证150621198503120017"},
                    ]
                )
            )
    return rows


@given(rows=sheets(), chunk=st.integers(1, 6))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_bulk_lane_leaves_what_the_steps_of_people_leave(rows, chunk, tmp_path: Path) -> None:
    path, found = write_csv(tmp_path / "a.csv", rows), []
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    year = BacklogYear(year=2025, self_check_until=first, target_on=last, basis="文件", snapshot_on=first)
    for options in ({"load_many": None}, {"chunk": chunk}):
        since = marks(BacklogItem, BacklogMeasure, JointUnit)
        with transaction.atomic():
            year.pk = None
            year.save()
            report = loaded(path, **options)
            marked = KnownMark.objects.filter(base="backlog").values_list("kind", "unit", "on", "until", "value")
            found.append((report, Dump(since), Counter(marked)))
            transaction.set_rollback(True)
    (expected, single, counted), (report, bulk, marked) = found
    assert report == expected
    assert differences(single, bulk) == []
    assert marked == counted


def test_a_chunk_takes_few_statements(tmp_path: Path, django_assert_max_num_queries) -> None:
    path = write_csv(tmp_path / "a.csv", owed(40, 1))
    with django_assert_max_num_queries(50):
        assert loaded(path)["created"] == 40


def test_trial_and_strict_runs_write_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW, CIVIL | {"裁判类型": "刑事"}])
    assert loaded(path, dry_run=True)["created"] == 1
    loaded(path, strict=True)
    assert not BacklogItem.objects.exists()


def test_a_ledger_of_the_backlog_goes_out_and_comes_back_equal(tmp_path: Path) -> None:
    with transaction.atomic():
        loaded(write_csv(tmp_path / "a.csv", [ROW, CIVIL, ROW | {"法院案号": "（2026）内0621行初3号", "化解措施": ""}]))
        first = exported(tmp_path / "first.csv", 2026)
        assert exported(tmp_path / "before.csv", 2024)[0]["法院案号"] == CIVIL["法院案号"]
        transaction.set_rollback(True)
    assert not BacklogItem.objects.exists()
    assert loaded(tmp_path / "first.csv")["errors"] == []
    assert exported(tmp_path / "second.csv", 2026) == first
    assert list(first[0]) == list(COLUMNS)
    assert [row["生效日期"] for row in first] == ["2024-11", "2025-03-03", "2025-03-03"]


def test_a_department_reads_its_own_rows_and_loads_none(tmp_path: Path) -> None:
    own = department()
    ledger = ledgers()["backlog"]
    assert (ledger.may_load(own, TODAY), ledger.may_fetch(own, TODAY)) == (False, True)
    loaded(write_csv(tmp_path / "a.csv", [ROW, CIVIL]), liaison())
    assert [row["法院案号"] for row in exported(tmp_path / "own.csv", 2026, own)] == [ROW["法院案号"]]


def test_a_file_in_the_chinese_national_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "gb.csv"
    path.write_bytes(write_csv(tmp_path / "a.csv", [ROW]).read_text(encoding="utf-8-sig").encode("gb18030"))
    assert loaded(path)["created"] == 1
