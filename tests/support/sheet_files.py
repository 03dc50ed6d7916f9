"""Excel files as an office would hand them in."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

HEADINGS = ("姓名", "登录名", "单位", "角色", "电话")
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def content(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in (headings, *rows):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def workbook(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> dict[str, Any]:
    """For a file field of Playwright."""
    return {"name": "名单.xlsx", "mimeType": TYPE, "buffer": content(*rows, headings=headings)}
