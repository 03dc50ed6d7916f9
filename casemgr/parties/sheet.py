"""A party as a row of an office's sheet, in the columns of the ledger of parties."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row
from casemgr.parties.identity import NONE, guess_kind
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData

KINDS = {"自然人": Party.Kind.PERSON, "单位": Party.Kind.ORGANISATION, "行政机关": Party.Kind.AGENCY}
DOCUMENTS = {
    "居民身份证": "RID",
    "统一社会信用代码": "USCC",
    "护照": "PASS",
    "港澳台居民居住证": "HMT",
    "外国人永久居留身份证": "FPR",
    "无": NONE,
}
SEXES = {"男": "M", "女": "F"}
FIELDS = {
    "name": "姓名或名称",
    "identity_kind": "证件类型",
    "identity_number": "证件号码",
    "phone": "电话",
    "birth_on": "出生日期",
    "identity_note": "证件号码",
}
NOT_RECORDED = "台账未记载"
HIDDEN = "*"


def data_of(row: Row, today: date) -> PartyData:
    """A row as the registry takes it: a number hidden in the source stays hidden, one alone tells its document."""
    number = cells.text(row, "证件号码").upper()
    kind = cells.word(row, "类型", KINDS) or Party.Kind.PERSON
    document = cells.word(row, "证件类型", DOCUMENTS)
    note = ""
    if HIDDEN in number or not number:
        note, number, document = number or NOT_RECORDED, "", NONE
    elif not document:
        document = guess_kind(number, is_person=kind == Party.Kind.PERSON, today=today)
    phone = cells.text(row, "电话")
    return PartyData(
        kind=kind,
        name=cells.text(row, "姓名或名称"),
        identity_kind="" if kind == Party.Kind.AGENCY and not number else document,
        identity_number=number,
        identity_note="" if kind == Party.Kind.AGENCY else note,
        phone="" if HIDDEN in phone else phone,
        masked_phone=phone[:20] if HIDDEN in phone else "",
        sex=cells.word(row, "性别", SEXES),
        birth_on=cells.day(row, "出生日期"),
        ethnicity=cells.text(row, "民族"),
        address=cells.text(row, "住址"),
        remark=cells.text(row, "备注"),
    )


def problems_of(error: ValidationError) -> list[Problem]:
    """What the registry says against a row, by heading."""
    if not hasattr(error, "error_dict"):
        return [Problem("", " ".join(error.messages))]
    return [Problem(FIELDS.get(name, ""), " ".join(messages)) for name, messages in error.message_dict.items()]
