"""Ledgers in and out: each row wholly or not at all, the same file twice adds nothing, a second export is equal."""

from __future__ import annotations

import contextlib
import csv
import json
import random
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook, load_workbook

from casemgr.cases.models import Case, Event
from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.definition import KINDS, ledgers
from casemgr.ledgers.importing import load
from casemgr.pages.sheets.reading import FileRefused
from casemgr.parties.models import Party
from reconsideration.demo.people import resident_number
from tests.support.register import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
NUMBER = resident_number(7, date(1985, 3, 12), "M")
CASE = {
    "案号": "达政复字〔2025〕3号",
    "收到日期": "2025年3月3日",
    "申请方式": "当面",
    "申请人": "王宝音",
    "申请人证件号码": NUMBER,
    "被申请人": "达拉特旗市场监督管理局",
    "行政行为": "行政处罚决定书",
    "行政行为文号": "达市监处罚字〔2025〕8号",
    "行政行为日期": "2025/2/10",
    "知道日期": "2025.2.12",
    "事项类别": "行政处罚",
    "管理类别": "市场监管",
    "受理日期": "2025-03-07",
    "审理程序": "普通",
    "答复通知送达日期": "2025-03-10",
    "答复日期": "2025-03-20",
    "延长天数": "15",
    "决定文书号": "达政复决字〔2025〕2号",
    "决定日期": "2025-05",
    "结案方式": "撤销",
    "送达日期": "2025-05-20",
    "归档日期": "2025-06-30",
}
PARTY = {"类型": "自然人", "姓名或名称": "王宝音", "证件类型": "居民身份证", "证件号码": NUMBER, "性别": "男",
         "民族": "蒙古族", "电话": "13800001234", "住址": "达拉特旗树林召镇"}  # fmt: skip


REFUSED = {"案号": "达政复字〔2025〕5号", "结案方式": "不予受理", "行政行为文号": "达市监处罚字〔2025〕10号"}
SOURCES = {
    "parties": (PARTY, {"姓名或名称": "李秀英", "住址": "达拉特旗"}),
    "reconsideration": (
        CASE,
        CASE | REFUSED,
        {"案号": "达政复字〔2025〕6号", "申请人": "赵其其格、乌兰", "被申请人": "达拉特旗公安局", "是否起诉": "是"},
    ),
}


def xlsx(path: Path, *rows: dict) -> Path:
    book = Workbook()
    sheet = book.active
    headings = list(dict.fromkeys(name for row in rows for name in row))
    sheet.append(headings)
    for row in rows:
        sheet.append([row.get(name) for name in headings])
    book.save(path)
    return path


def loaded(kind: str, path: Path, **options) -> dict:
    return load(ledgers()[kind], path, LedgerActor(), TODAY, **options).as_dict()


def test_a_row_becomes_a_case_of_the_past_and_twice_adds_nothing(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", CASE)
    report = loaded("reconsideration", path)
    assert (report["rows"], report["created"], report["errors"]) == (1, 1, [])
    case = Case.objects.get()
    assert (case.number, case.state, case.outcome, case.is_past_record) == (CASE["案号"], "ARCHIVED", "annulled", True)
    assert not case.deadlines.exists()
    decided = case.events.get(kind="decided")
    assert (decided.occurred_on, decided.precision) == (date(2025, 5, 1), "month")
    assert Party.objects.get(name="王宝音").open_number() == NUMBER
    again = loaded("reconsideration", path)
    assert (again["created"], again["unchanged"]) == (0, 1)
    assert Case.objects.count() == 1


def test_the_same_number_with_other_content_is_refused_by_column(tmp_path: Path) -> None:
    loaded("reconsideration", xlsx(tmp_path / "a.xlsx", CASE))
    report = loaded("reconsideration", xlsx(tmp_path / "b.xlsx", CASE | {"结案方式": "维持", "答复日期": "2025-03-21"}))
    assert {error["column"] for error in report["errors"]} == {"结案方式", "答复日期"}
    assert Case.objects.get().outcome == "annulled"


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"结案方式": "撤消"}, "结案方式"),
        ({"申请方式": "传真"}, "申请方式"),
        ({"管理类别": "无此类"}, "管理类别"),
        ({"收到日期": "2025年2月30日"}, "收到日期"),
        ({"申请人证件号码": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "申请人证件号码"),
        ({"申请人": "王宝音、李秀英"}, "申请人证件号码"),
        ({"延长天数": "很多"}, "延长天数"),
        ({"案号": None}, "案号"),
        ({"被申请人": None}, "被申请人"),
    ],
)
def test_a_bad_cell_rejects_its_row_and_no_other(tmp_path: Path, change: dict, column: str) -> None:
    good = CASE | {"案号": "达政复字〔2025〕4号", "行政行为文号": "达市监处罚字〔2025〕9号"}
    report = loaded("reconsideration", xlsx(tmp_path / "a.xlsx", CASE | change, good))
    assert (report["created"], report["rejected"]) == (1, 1)
    assert [(error["row"], error["column"]) for error in report["errors"]] == [(2, column)]
    assert NUMBER not in json.dumps(report, ensure_ascii=False)
    assert list(Case.objects.values_list("number", flat=True)) == [good["案号"]]


def test_a_dry_run_and_a_strict_one_with_a_bad_row_write_nothing(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", CASE, CASE | {"案号": "达政复字〔2025〕9号", "结案方式": "撤消"})
    before = Party.objects.count()
    dry = loaded("reconsideration", path, dry_run=True)
    assert (dry["created"], dry["rejected"], dry["dry_run"]) == (1, 1, True)
    strict = loaded("reconsideration", path, strict=True)
    assert (strict["created"], strict["rejected"]) == (0, 1)
    assert (Case.objects.count(), Event.objects.count(), Party.objects.count()) == (0, 0, before)


def test_parties_load_once_and_hidden_numbers_stay_hidden(tmp_path: Path) -> None:
    hidden = {"姓名或名称": "李秀英", "证件号码": "1506**********0022", "住址": "达拉特旗白泥井镇"}
    path = xlsx(tmp_path / "p.xlsx", PARTY, hidden, {"姓名或名称": "达拉特旗某公司", "类型": "单位"})
    assert loaded("parties", path)["created"] == 3
    assert loaded("parties", path)["unchanged"] == 3
    wrong = loaded(
        "parties", xlsx(tmp_path / "q.xlsx", PARTY | {"证件号码": "150699198503120010", "姓名或名称": "甲乙"})
    )
    assert wrong["errors"][0]["column"] == "证件号码"


@pytest.mark.parametrize("kind", ["parties", "reconsideration"])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_an_export_read_into_an_empty_register_exports_equal(tmp_path: Path, kind: str, suffix: str) -> None:
    year = TODAY.year if kind == "parties" else 2025
    reader = person("ledger-reader", "head")
    source = SOURCES[kind]
    assert loaded(kind, xlsx(tmp_path / "a.xlsx", *source))["errors"] == []
    first, second = tmp_path / f"1.{suffix}", tmp_path / f"2.{suffix}"
    call_command("export_ledger", kind, "--year", str(year), "-o", str(first), "--as", reader.username)
    if kind == "parties":
        Party.objects.filter(registered_at__year=year).exclude(kind="agency").delete()
    else:
        _forget_cases()
    assert loaded(kind, first)["rejected"] == 0
    call_command("export_ledger", kind, "--year", str(year), "-o", str(second), "--as", reader.username)
    if kind == "parties":
        assert set(cells(first)) == set(cells(second))
    else:
        assert cells(first) == cells(second)
        assert len(cells(first)) == 4


def _forget_cases() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("indicators_countedrow", "official_tables_knownmark", "reconsideration_closeddays",
                      "cases_event", "cases_participation", "cases_casetitlegram",
                      "reconsideration_reconsiderationfacts", "cases_case", "cases_act"):  # fmt: skip
            cursor.execute(f"DELETE FROM {table}")


def cells(path: Path) -> list[tuple]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [tuple(row) for row in csv.reader(file)]
    return [tuple(str(value or "") for value in row) for row in load_workbook(path).active.values]


def test_numbers_are_masked_unless_somebody_may_see_them(tmp_path: Path) -> None:
    loaded("parties", xlsx(tmp_path / "p.xlsx", PARTY))
    out = tmp_path / "out.csv"
    call_command("export_ledger", "parties", "--year", str(TODAY.year), "-o", str(out))
    assert NUMBER not in out.read_text(encoding="utf-8-sig")
    with pytest.raises(CommandError):
        call_command("export_ledger", "parties", "--year", "2026", "-o", str(out), "--as",
                     person("nobody", "mediator").username)  # fmt: skip


def test_the_command_answers_as_the_contract_says(tmp_path: Path, capsys) -> None:
    path = xlsx(tmp_path / "a.xlsx", CASE, CASE | {"案号": "达政复字〔2025〕9号", "结案方式": "撤消"})
    call_command("import_ledger", "reconsideration", str(path), "--json")
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"kind", "file", "rows", "created", "unchanged", "updated", "rejected", "dry_run", "errors"}
    with pytest.raises(CommandError):
        call_command("import_ledger", "reconsideration", str(path), "--strict")
    assert set(KINDS) == set(ledgers())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    text = ",".join(PARTY) + "\n" + ",".join(PARTY.values()) + "\n"
    path.write_bytes(text.encode(encoding))
    assert loaded("parties", path)["created"] == 1


def test_excel_days_and_numbers_are_read_as_shown(tmp_path: Path) -> None:
    row = CASE | {"收到日期": datetime(2025, 3, 3), "延长天数": 15.0}
    assert loaded("reconsideration", xlsx(tmp_path / "a.xlsx", row))["errors"] == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" + b"x" * 600, b"\x00\x01\x02" * 50])
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv"])
def test_a_broken_file_is_one_clear_error(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        loaded("reconsideration", path)


def fuzzed(tmp_path: Path, count: int) -> None:
    rng = random.Random(20261127)
    whole = xlsx(tmp_path / "whole.xlsx", CASE).read_bytes()
    for turn in range(count):
        broken = bytearray(whole)
        for _ in range(rng.randrange(1, 40)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        path = tmp_path / f"{turn}.xlsx"
        path.write_bytes(bytes(broken[: rng.randrange(1, len(broken) + 1)] if turn % 3 == 0 else broken))
        before = Case.objects.count()
        with contextlib.suppress(FileRefused):
            report = loaded("reconsideration", path)
            assert report["rows"] == report["created"] + report["unchanged"] + report["rejected"]
            assert Case.objects.count() - before == report["created"]
        path.unlink()
    for case in Case.objects.all():  # none of them in part
        assert case.facts and case.events.exists() and case.participations.filter(role="applicant").exists()


def test_no_broken_file_crashes_the_reader(tmp_path: Path) -> None:
    fuzzed(tmp_path, 60)


@pytest.mark.long
def test_a_thousand_broken_files_crash_nothing(tmp_path: Path) -> None:
    fuzzed(tmp_path, 1000)
