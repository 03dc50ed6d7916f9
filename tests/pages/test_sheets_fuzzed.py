"""Sheets that are broken, hostile or strange: each is read or refused with one sentence, in bounded time and memory."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from casemgr.pages.sheets.extraction import MAX_CELL
from casemgr.pages.sheets.reading import FileRefused, read_book

HEADS = ("案号", "收到日期", "申请人", "被申请人", "申请人证件号码")
ROW = ("达政复字〔2025〕3号", "2025-03-03", "王宝音", "达拉特旗公安局", "")
PATIENCE = 60


def book(change: Callable[[Workbook], None] = lambda made: None, *rows: tuple) -> bytes:
    made = Workbook()
    made.active.append(HEADS)
    for row in rows or (ROW,):
        made.active.append(row)
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def flipped(rng: random.Random) -> tuple[bytes, str]:
    broken = bytearray(book())
    for _turn in range(rng.randrange(1, 60)):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    return bytes(broken), ".xlsx"


def cut(rng: random.Random) -> tuple[bytes, str]:
    whole = book()
    return whole[: rng.randrange(len(whole))], ".xlsx"


def flipped_inside(rng: random.Random) -> tuple[bytes, str]:
    """The archive is whole, its parts are not."""

    def change(name: str, part: bytes) -> bytes:
        if rng.random() < 0.6:
            return part
        broken = bytearray(part)
        for _turn in range(rng.randrange(1, 30)):
            broken[rng.randrange(len(broken))] = rng.choice(b'<>"&=/0A9 \x00\xff')
        return bytes(broken)

    return repacked(book(), change), ".xlsx"


def bomb(rng: random.Random) -> tuple[bytes, str]:
    megabytes = rng.choice((50, 700))

    def change(name: str, part: bytes) -> bytes:
        return b"<x>" + b"0" * (megabytes * 1024 * 1024) if name == "xl/sharedStrings.xml" else part

    return repacked(book(), change), ".xlsx"


def far_corner(rng: random.Random) -> tuple[bytes, str]:
    corner = rng.choice(("XFD1048576", "A1048576", "XFD2"))
    return book(lambda made: made.active.__setitem__(corner, "x")), ".xlsx"


def lying_dimension(rng: random.Random) -> tuple[bytes, str]:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"') if "sheet1" in name else part

    return repacked(book(), change), ".xlsx"


def empty_rows(rng: random.Random) -> tuple[bytes, str]:
    """A million rows that only say that they are there."""
    many = b"".join(b'<row r="%d"/>' % number for number in range(3, rng.choice((1000, 1_000_000))))

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", many + b"</sheetData>") if "sheet1" in name else part

    return repacked(book(), change), ".xlsx"


def old_excel(rng: random.Random) -> tuple[bytes, str]:
    junk = bytes(rng.randrange(256) for _byte in range(rng.randrange(2000)))
    head = rng.choice((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00\x00\x06", b"<html><table>", b"{\\rtf1"))
    return head + junk, ".xls"


def mixed_text(rng: random.Random) -> tuple[bytes, str]:
    lines = [",".join(HEADS), ",".join(ROW), '“引号"不闭,合', "a\tb;c", "=1+1,+2,-3,@x"]
    rng.shuffle(lines)
    pieces = [line.encode(rng.choice(("utf-8", "gb18030", "utf-16", "big5")), "ignore") for line in lines]
    return rng.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe")) + rng.choice((b"\n", b"\r\n", b"\r")).join(pieces), ".csv"


def nulls(rng: random.Random) -> tuple[bytes, str]:
    text = bytearray(("\n".join((",".join(HEADS), ",".join(ROW)))).encode())
    for _turn in range(rng.randrange(1, 9)):
        text.insert(rng.randrange(len(text)), 0)
    return bytes(text), ".csv"


def noise(rng: random.Random) -> tuple[bytes, str]:
    content = bytes(rng.randrange(256) for _byte in range(rng.randrange(3000)))
    return content, rng.choice((".xlsx", ".xls", ".csv"))


def giant_cell(rng: random.Random) -> tuple[bytes, str]:
    size = rng.choice((MAX_CELL, MAX_CELL + 1, 32_767))
    if rng.random() < 0.5:
        return book(lambda made: None, ("字" * size, *ROW[1:])), ".xlsx"
    return ("\n".join((",".join(HEADS), "字" * size * 30 + ",x")).encode()), ".csv"


def strange(rng: random.Random) -> tuple[bytes, str]:
    """Nothing broken: formulas, merged cells, days before 1900, two headings alike, many sheets."""

    def change(made: Workbook) -> None:
        sheet = made.active
        sheet["F1"] = rng.choice(("案号", "", "=A1", None))
        sheet["A3"] = rng.choice(("=1+1", '=HYPERLINK("http://x")', "'=1", "#REF!", True, 1e308, -1, 0.1))
        sheet["B3"] = rng.choice((datetime(1900, 1, 1), date(9999, 12, 31), datetime(2025, 3, 3, 23, 59), 60, -5))
        if rng.random() < 0.5:
            sheet.merge_cells(rng.choice(("A2:A9", "A1:E1", "B2:C5", "A1:A1048576")))
        if rng.random() < 0.3:
            made.epoch = CALENDAR_MAC_1904
        for number in range(rng.randrange(60)):
            made.create_sheet(f"表{number}")

    return book(change), ".xlsx"


MAKERS = (flipped, cut, flipped_inside, far_corner, lying_dimension, empty_rows, old_excel, mixed_text, nulls, noise,
          giant_cell, strange)  # fmt: skip


def read_or_refused(content: bytes, suffix: str) -> None:
    """Bounded, and what is read are cells and nothing else."""
    began = time.monotonic()
    try:
        found = read_book(content, suffix)
        cells: list[Any] = [cell for sheet in found.sheets for _number, line in sheet.lines() for cell in line]
        assert all(isinstance(cell, str | date) and "\0" not in str(cell) for cell in cells)
        assert all(len(str(cell)) <= MAX_CELL + 1 for cell in cells)
    except FileRefused as refused:
        assert str(refused)
    assert time.monotonic() - began < PATIENCE * 4


def fuzzed(count: int) -> None:
    rng = random.Random(20261127)
    for turn in range(count):
        maker = bomb if turn % 100 == 50 else MAKERS[turn % len(MAKERS)]
        read_or_refused(*maker(rng))


def test_no_sheet_whatever_it_holds_crashes_the_reader() -> None:
    fuzzed(60)


@pytest.mark.long
def test_a_thousand_broken_files_crash_nothing() -> None:
    fuzzed(1000)


@pytest.mark.parametrize(
    ("epoch", "day"), [(None, date(2025, 3, 3)), (CALENDAR_MAC_1904, date(2025, 3, 3))], ids=["1900", "1904"]
)
def test_days_of_both_epochs(epoch, day: date) -> None:
    def change(made: Workbook) -> None:
        if epoch is not None:
            made.epoch = epoch
        made.active["B2"] = datetime(2025, 3, 3)

    (_heads, (number, line)) = list(read_book(book(change), ".xlsx").sheets[0].lines())
    assert (number, line[1]) == (2, day)


def test_cells_merged_over_rows_are_filled_and_titles_are_not() -> None:
    def change(made: Workbook) -> None:
        made.active.append(("", "2025-04-04", "李秀英", "", ""))
        made.active.merge_cells("D2:D3")
        made.active.merge_cells("A4:E4")
        made.active["A4"] = "合计"

    lines = dict(read_book(book(change), ".xlsx").sheets[0].lines())
    assert lines[3][3] == "达拉特旗公安局"
    assert lines[4] == ["合计"]
