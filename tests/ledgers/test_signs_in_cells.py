"""What a spreadsheet would calculate leaves as text and comes back as it was; no sign of a cell is lost on the way."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.exporting import write
from casemgr.ledgers.readers import Reader
from casemgr.pages.clock import today
from casemgr.pages.sheets.reading import read_path
from casemgr.pages.sheets.text_cells import as_text
from casemgr.pages.sheets.writing import Sheet, workbook
from casemgr.parties.models import Party
from tests.ledgers.test_imports_in_the_page import assigned, officer, sent
from tests.ledgers.test_ledgers import loaded
from tests.support.ledgers import write_csv

__all__ = ["officer"]
pytestmark = pytest.mark.django_db
STARTS = ["=1+1", '=HYPERLINK("http://a.example")', "+86", "-5", "@甲", "'=1", "''甲", "'甲", "=", "'"]


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_a_sheet_would_calculate_goes_out_as_text_and_comes_in_as_it_was(tmp_path: Path, suffix: str) -> None:
    remarks = dict(zip([f"王宝音{number}" for number in range(len(STARTS))], STARTS, strict=True))
    with transaction.atomic():
        for name, remark in remarks.items():
            Party.objects.create(kind="person", name=name, remark=remark, address=remark, identity_kind="NONE",
                                 identity_note="台账未记载")  # fmt: skip
        path = tmp_path / f"a.{suffix}"
        assert write(ledgers()["parties"], today().year, path, Reader(today())) >= len(STARTS)
        transaction.set_rollback(True)
    sheet = path.read_text(encoding="utf-8-sig") if suffix == "csv" else ""
    lines = sheet.splitlines() if sheet else [
        ",".join(str(cell.value or "") for cell in row) for row in load_workbook(path).active]  # fmt: skip
    cells = [cell.strip('"') for line in lines for cell in line.split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    if suffix == "xlsx":
        assert all(cell.data_type != "f" for row in load_workbook(path).active for cell in row)
    assert loaded("parties", path)["rejected"] == 0
    assert {party.name: party.remark for party in Party.objects.filter(name__startswith="王宝音")} == remarks
    assert {party.name: party.address for party in Party.objects.filter(name__startswith="王宝音")} == remarks


def test_a_corrected_sheet_of_refused_rows_comes_in_as_it_was_sent(client: Client, officer, tmp_path: Path) -> None:
    rows = [
        {"姓名": f"王宝音{number}", "出生日期": "1985-13-01", "住址": text, "备注": f"一\n{text}"}
        for number, text in enumerate([*STARTS, "树林召镇　东园村"])
    ]
    found = assigned(client, sent(client, "parties", write_csv(tmp_path / "a.csv", rows).read_bytes(), "a.csv"))
    assert found.rejected == len(rows)
    content = client.get(f"{found.get_absolute_url()}refused/").content
    sheet = load_workbook(io.BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert not [cell.value for row in sheet for cell in row if str(cell.value).startswith(("=", "+", "-", "@"))]
    (tmp_path / "b.xlsx").write_bytes(content)
    before, after = (list(read_path(tmp_path / name).sheets[0].lines()) for name in ("a.csv", "b.xlsx"))
    assert [cells[:4] for _number, cells in after] == [cells for _number, cells in before]
    again = client.get(sent(client, "parties", content, "b.xlsx").get_absolute_url()).context["form"]
    assert {one.heading: one.column for one in again.proposals if one.column} == {
        "姓名": "姓名或名称", "出生日期": "出生日期", "住址": "住址", "备注": "备注"}  # fmt: skip


def test_signs_that_no_workbook_may_hold_stop_none(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        [
            {
                "姓名或名称": "王宝音",
                "住址": "树林召\x0b镇\x1f1号",
                "备注": "a\ud800b".encode("utf-8", "ignore").decode(),
            }
        ],
    )
    assert loaded("parties", path)["created"] == 1
    Party.objects.filter(name="王宝音").update(remark="一\x0c二\x00".replace("\x00", ""))
    for suffix in ("xlsx", "csv"):
        out = tmp_path / f"b.{suffix}"
        write(ledgers()["parties"], today().year, out, Reader(today()))
        assert "树林召镇1号" in str(list(read_path(out).sheets[0].lines()))


def test_a_workbook_keeps_days_lines_and_wide_blanks() -> None:
    row = ["一\n二", "甲　乙", "'丙", date(2026, 3, 1), "\x0b丁"]
    sheet = load_workbook(io.BytesIO(workbook([Sheet("表", list("abcde"), [row])]))).active
    second = [cell.value for cell in list(sheet.rows)[1]]
    assert second[:3] == ["一\n二", "甲　乙", "''丙"] and second[4] == "丁"


@pytest.mark.parametrize(("value", "cell"), [(None, ""), ("", ""), (0, "0"), (Decimal("0.00"), "0.00")])
def test_nought_is_no_empty_cell(value: Any, cell: str) -> None:
    assert as_text(value) == cell
