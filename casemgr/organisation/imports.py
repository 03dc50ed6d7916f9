"""Units from the office's own list (.csv, UTF-8 or GB18030): new ones are created, known codes are updated."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from casemgr.audit.context import audited
from casemgr.organisation.models import Unit

COLUMNS = {
    "单位代码": "code",
    "单位名称": "name",
    "简称": "short_name",
    "单位类别": "kind",
    "上级单位代码": "parent",
    "设立日期": "started_on",
    "撤销日期": "ended_on",
    "承继单位代码": "successor",
}
REQUIRED = ("code", "name", "kind")
KINDS = {
    "旗": Unit.Kind.BANNER,
    "旗政府": Unit.Kind.GOVERNMENT,
    "苏木镇": Unit.Kind.TOWN,
    "街道": Unit.Kind.STREET,
    "园区": Unit.Kind.ZONE,
    "政府部门": Unit.Kind.DEPARTMENT,
    "派出分局": Unit.Kind.BRANCH,
    "党群机关": Unit.Kind.PARTY_ORGAN,
    "事业单位": Unit.Kind.INSTITUTION,
    "内设机构": Unit.Kind.OFFICE,
    "人民调解委员会": Unit.Kind.COMMITTEE,
    "个人调解工作室": Unit.Kind.STUDIO,
}
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")


@dataclass
class ImportResult:
    """Counts, and one entry per fault: row of the sheet (the heading is row 1), column, reason."""

    rows: int = 0
    created: int = 0
    unchanged: int = 0
    updated: int = 0
    rejected: int = 0
    errors: list[dict] = field(default_factory=list)


class RowError(ValueError):
    def __init__(self, column: str, reason: str) -> None:
        self.column, self.reason = column, reason
        super().__init__(reason)


def import_units(path: Path, *, dry_run: bool = False) -> ImportResult:
    """Load a list of units. Each row loads wholly or not at all; a row may name a parent further down the sheet.

    :raises RowError: when the file itself cannot be read: encoding or headings.
    """
    return load_units(_read(path), dry_run=dry_run)


def load_units(rows: list[tuple[int, dict[str, str]]], *, dry_run: bool = False) -> ImportResult:
    """The same for rows that were read elsewhere: number in the sheet, and cells by the keys of `COLUMNS`."""
    result = ImportResult()
    result.rows = len(rows)
    with transaction.atomic(), audited(action="organisation.import_units"):
        waiting = rows
        while waiting:
            later = [(number, row) for number, row in waiting if not _load(number, row, waiting, result)]
            if len(later) == len(waiting):
                for number, _row in later:
                    _reject(result, number, RowError("上级单位代码", _("The parents named here form a circle.")))
                break
            waiting = later
        if dry_run:
            transaction.set_rollback(True)
    return result


def _read(path: Path) -> list[tuple[int, dict[str, str]]]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise RowError("", _("The file is neither UTF-8 nor GB18030 text. Save it as CSV and try again."))
    reader = csv.DictReader(io.StringIO(text))
    headings = [heading.strip() for heading in reader.fieldnames or []]
    missing = [name for name, key in COLUMNS.items() if key in REQUIRED and name not in headings]
    if missing:
        raise RowError("", _("The first row lacks these headings: %(names)s") % {"names": "、".join(missing)})
    return [
        (number, {COLUMNS[(name or "").strip()]: (value or "").strip() for name, value in row.items() if _known(name)})
        for number, row in enumerate(reader, start=2)
        if any(isinstance(value, str) and value.strip() for value in row.values())
    ]


def _known(name: str | None) -> bool:
    return (name or "").strip() in COLUMNS


def _load(number: int, row: dict[str, str], waiting: list, result: ImportResult) -> bool:
    """Load one row, or leave it for the next round when it needs a unit of a later row. True when settled."""
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=[row["code"], *_named(row)])}
    to_come = {other["code"] for _number, other in waiting}
    if any(code not in known and code in to_come and code != row["code"] for code in _named(row)):
        return False
    try:
        changed = _save(row, known)
    except RowError as error:
        _reject(result, number, error)
        return True
    setattr(result, changed, getattr(result, changed) + 1)
    return True


def _named(row: dict[str, str]) -> list[str]:
    return [code for code in (row.get("parent"), row.get("successor")) if code]


def _save(row: dict[str, str], known: dict[str, Unit]) -> str:
    values = _values(row, known)
    unit = known.get(row["code"])
    if unit is None:
        Unit(code=row["code"], **values).save()
        return "created"
    if all(getattr(unit, name) == value for name, value in values.items()):
        return "unchanged"
    parent = values.get("parent")
    if parent is not None and parent.path.startswith(unit.path):
        raise RowError("上级单位代码", _("A unit cannot lie below itself."))
    for name, value in values.items():
        setattr(unit, name, value)
    unit.save()
    return "updated"


def _values(row: dict[str, str], known: dict[str, Unit]) -> dict:
    """What the row says, without columns the sheet does not have."""
    for column, key in COLUMNS.items():
        if key in REQUIRED and not row.get(key):
            raise RowError(column, _("This cell must be filled in."))
    if row["kind"] not in KINDS:
        raise RowError("单位类别", _("Unknown kind; known are: %(kinds)s") % {"kinds": "、".join(KINDS)})
    for column, limit in (("code", 24), ("name", 80), ("short_name", 40)):
        if len(row.get(column, "")) > limit or "/" in row["code"]:
            heading = next(name for name, key in COLUMNS.items() if key == column)
            raise RowError(heading, _("Too long, or with a character that is not allowed."))
    values: dict = {"name": row["name"], "kind": KINDS[row["kind"]].value}
    if "short_name" in row:
        values["short_name"] = row["short_name"]
    for column, key in (("上级单位代码", "parent"), ("承继单位代码", "successor")):
        if key in row:
            values[key] = _unit(row[key], column, known)
    for column, key in (("设立日期", "started_on"), ("撤销日期", "ended_on")):
        if key in row:
            values[key] = _day(row[key], column)
    if values.get("successor") is not None and values["successor"].code == row["code"]:
        raise RowError("承继单位代码", _("A unit cannot succeed itself."))
    started, ended = values.get("started_on"), values.get("ended_on")
    if started and ended and ended < started:
        raise RowError("撤销日期", _("The unit cannot end before it starts."))
    return values


def _unit(code: str, column: str, known: dict[str, Unit]) -> Unit | None:
    if code and code not in known:
        raise RowError(column, _("There is no unit with the code “%(code)s”.") % {"code": code})
    return known.get(code) if code else None


def _day(text: str, column: str) -> date | None:
    if not text:
        return None
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise RowError(column, _("This is not a day of the calendar. Write it like 2026-11-23."))


def _reject(result: ImportResult, number: int, error: RowError) -> None:
    result.rejected += 1
    result.errors.append({"row": number, "column": error.column, "reason": error.reason})
