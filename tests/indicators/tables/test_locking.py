"""Locked periods stand, with their rows; late entries go to the next one with a note; files and pages say the same."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from casemgr.actions.errors import GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Event
from casemgr.indicators.tables import locking
from casemgr.indicators.tables.asking import days_of
from casemgr.indicators.tables.counting import sheet
from casemgr.indicators.tables.definition import Span
from casemgr.indicators.tables.keeping import refresh
from casemgr.indicators.tables.models import Layout, ListLine, PeriodLock
from casemgr.indicators.tables.official import books, official_tables
from tests.support.applications import Application, add_entries, an_office, write
from tests.support.register import person

pytestmark = pytest.mark.django_db
BOOK = "reconsideration"
JULY = date(2026, 7, 3)
LOCK = {"book": BOOK, "year": 2026, "part": 1, "checked_by": "高秀兰", "note": ""}


@pytest.fixture
def head() -> Any:
    return person("tables-head", "head")


def t1(part: int, known: date | None = None, today: date = JULY) -> dict[str, int]:
    return dict(sheet(official_tables()["T1"], Span(*days_of(2026, part), today), known, Q()).values)


def an_application(received: date, *entries: Any) -> Any:
    return write([Application([("received", received, {}), *entries])])[0]


def test_a_locked_period_stands_and_late_entries_go_to_the_next_with_a_note(head: Any) -> None:
    case = an_application(date(2026, 5, 4))
    refresh([case.pk], date(2026, 5, 4))
    lock = perform("official_tables.lock", None, LOCK, head, JULY)
    assert lock.lines["T1"][""]["new"] == 1 and lock.lines["T1"][""]["open"] == 1
    # of the same day, after the lock: a case that had lain about, and an acceptance of June
    late = an_application(date(2026, 6, 1))
    add_entries(case, [("accepted", date(2026, 6, 8), {})])
    refresh([late.pk, case.pk], JULY)
    assert t1(1)["new"] == 2 and t1(1, known=JULY)["new"] == 1 and "accepted" not in t1(1, known=JULY)
    book = books()[BOOK]
    found = locking.untold(book, date(2026, 12, 31), date(2027, 1, 5))
    assert [(one.pk, differs["T1"][""]) for one, differs in found] == [
        (lock.pk, {"new": 1, "open": 1, "accepted": 1, "in_trial": 1, "applicants": 1})
    ]
    year = {**LOCK, "part": 0}
    with pytest.raises(GuardRefused) as refused:
        perform("official_tables.lock", None, year, head, date(2027, 1, 5))
    assert [one.code for one in refused.value.refusals] == ["late-entries"]
    again = perform("official_tables.lock", None, {**year, "note": "6月案件补登"}, head, date(2027, 1, 5))
    told = again.late_entries.get()
    assert told.concerns_id == lock.pk and told.note == "6月案件补登"
    assert told.differences["T1"][""]["new"] == 1
    assert again.lines["T1"][""]["new"] == 2, "the year is restated"
    lock.refresh_from_db()
    assert lock.lines["T1"][""]["new"] == 1, "what was sent off stays"
    assert locking.untold(book, date(2026, 12, 31), date(2027, 1, 6)) == []


def test_what_keeps_a_period_from_being_locked(head: Any) -> None:
    def codes(day: date, **changes: Any) -> list[str]:
        with pytest.raises(GuardRefused) as refused:
            perform("official_tables.lock", None, {**LOCK, **changes}, head, day)
        return [one.code for one in refused.value.refusals]

    assert codes(date(2026, 6, 30)) == ["not-over"]
    perform("official_tables.lock", None, LOCK, head, JULY)
    assert codes(JULY) == ["locked"]
    assert codes(JULY, year=2025, part=2) == ["later-locked"]


def test_the_sheet_adds_up_on_a_random_office_and_locks(head: Any) -> None:
    cases = write(an_office(11, 120, date(2025, 3, 1), date(2026, 6, 25)))
    refresh([case.pk for case in cases], date(2026, 6, 30))
    before = t1(1)
    lock = perform("official_tables.lock", None, LOCK, head, JULY)
    assert {code: value for code, value in lock.lines["T1"][""].items() if value} == before
    assert before["carried"] and before["open"] and before["closed"]


def test_lists_are_the_offices_own(head: Any) -> None:
    refresh([an_application(date(2026, 5, 4)).pk], date(2026, 5, 4))
    penalty = ListLine.objects.get(list_code="matter", code="penalty")
    new = {
        "list_code": "matter",
        "code": "fines",
        "name": "罚款",
        "order": 1,
        "gathers": ["penalty"],
        "from_year": 2026,
    }
    with pytest.raises(InvalidInput) as refused:
        perform("official_tables.add_line", None, new, head, JULY)
    assert "gathers" in refused.value.form.errors
    kept = {"name": "行政处罚", "order": 1, "gathers": ["penalty"], "from_year": 1990, "until_year": 2025}
    perform("official_tables.change_line", penalty, kept, head, JULY)
    table = official_tables()["T2"]
    lines = {one.line.code: dict(one.values) for one in sheet(table, Span(*days_of(2026, 1), JULY), None, Q()).lines}
    assert lines["-"]["new"] == 1, "what no line gathers is not lost"
    perform("official_tables.add_line", None, new, head, JULY)
    lines = {one.line.code: dict(one.values) for one in sheet(table, Span(*days_of(2026, 1), JULY), None, Q()).lines}
    assert lines["fines"]["new"] == 1 and "-" not in lines


@pytest.fixture
def browser(head: Any) -> Client:
    client = Client()
    client.force_login(head)
    return client


def test_a_long_group_of_columns_goes_on_over_the_page(browser: Client) -> None:
    refresh([case.pk for case in write(an_office(5, 20, date(2025, 3, 1), date(2026, 6, 25)))], date(2026, 6, 30))
    sheet = PdfReader(BytesIO(browser.get("/indicators/tables/T1/file/pdf/?year=2026&part=1").content))
    first, *others = [page.extract_text() for page in sheet.pages]
    assert "维持" in first, "eighteen lines of closed cases do not wait for a page of their own"
    assert len(others) <= 1


def test_pages_files_and_the_command_say_the_same(browser: Client, tmp_path: Any) -> None:
    cases = write(an_office(5, 80, date(2025, 3, 1), date(2026, 6, 25)))
    refresh([case.pk for case in cases], date(2026, 6, 30))
    call_command("report", "T1", "--year", "2026", "--part", "1", "-o", str(tmp_path / "t1.json"))
    said = json.loads((tmp_path / "t1.json").read_text())
    assert said["total"]["new"] == t1(1)["new"] and said["broken"] == []
    page = browser.get("/indicators/tables/T1/?year=2026&part=1")
    assert page.status_code == 200 and "上期结转" in page.content.decode()
    rows = browser.get("/indicators/tables/T1/rows/?year=2026&part=1&column=new")
    assert rows.status_code == 200
    book = load_workbook(BytesIO(browser.get("/indicators/tables/T1/file/xlsx/?year=2026&part=1").content))
    table = book["T1"]
    assert [cell.value for cell in table[6]][:5] == ["序号", "类别", "栏目", "单位", "本期"]
    by_label = {table.cell(row, 3).value: table.cell(row, 5).value for row in range(7, 60)}
    assert by_label["新收申请"] == said["total"]["new"]
    assert table["A7"].value == 1 and table.freeze_panes == "E7"
    pdf = browser.get("/indicators/tables/T2/file/pdf/?year=2026&part=1")
    assert pdf.content.startswith(b"%PDF")
    for address in ("", "locks/", "locks/new/", "lines/", "layouts/", "layouts/?of=T2", "T5/", "T11/",
                    "T1/differences/?column=new&earlier=2026-06-01"):  # fmt: skip
        assert browser.get(f"/indicators/tables/{address}").status_code == 200, address
    assert "2026" in browser.get("/indicators/tables/T1/?as_of=3026-01-01").content.decode()


def test_a_file_for_a_platform_follows_its_layout(browser: Client, head: Any) -> None:
    case = an_application(date(2026, 5, 4), ("accepted", date(2026, 5, 6), {}))
    refresh([case.pk], date(2026, 5, 6))
    layout = {
        "name": "自治区平台", "of": "reconsideration", "form": "gb18030", "days": "%Y%m%d",
        "columns": "案号 = number\n收案日期 = application.on\n事项代码 = application.matter\n受理日期 = trial.on",
        "codes": "application.matter: penalty = 01",
    }  # fmt: skip
    made = perform("official_tables.add_layout", None, layout, head, JULY)
    answer = browser.get(f"/indicators/tables/layouts/{made.pk}/file/?year=2026&part=1")
    rows = list(csv.reader(StringIO(answer.content.decode("gb18030"))))
    assert rows == [["案号", "收案日期", "事项代码", "受理日期"], [case.number, "20260504", "01", "20260506"]]
    for number, wrong in enumerate(("案号 = nothing", "案号", "= number")):
        with pytest.raises(InvalidInput) as refused:
            perform("official_tables.add_layout", None, {**layout, "name": str(number), "columns": wrong}, head, JULY)
        assert "columns" in refused.value.form.errors
    example = Layout.objects.get(of="T2")
    sheet_file = browser.get(f"/indicators/tables/layouts/{example.pk}/file/?year=2026")
    values = list(load_workbook(BytesIO(sheet_file.content)).active.values)
    assert values[1][1] == "penalty" and 1 in values[1]


def test_who_locks(head: Any) -> None:
    for role in ("officer", "leader", "auditor"):
        client = Client()
        client.force_login(person(f"tables-{role}", role, at="150621"))
        status = client.get("/indicators/tables/locks/new/").status_code
        assert status == 403, role
    assert not PeriodLock.objects.exists() and Event.objects.count() == 0
