"""The ledger of parties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casemgr.ledgers import cells
from casemgr.ledgers.definition import CREATED, UNCHANGED, Ledger, Problem, Row, RowRefused
from casemgr.parties import names, registry
from casemgr.parties.identity import NONE
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


def data_of(row: Row) -> PartyData:
    """A row as the registry takes it; a number hidden in the source stays hidden."""
    number = cells.text(row, "证件号码").upper()
    kind = cells.word(row, "类型", KINDS) or Party.Kind.PERSON
    document = cells.word(row, "证件类型", DOCUMENTS)
    note = ""
    if HIDDEN in number or not number:
        note, number, document = number or NOT_RECORDED, "", NONE
    phone = cells.text(row, "电话")
    return PartyData(
        kind=kind,
        name=cells.text(row, "姓名或名称"),
        identity_kind="" if kind == Party.Kind.AGENCY and not number else document,
        identity_number=number,
        identity_note="" if kind == Party.Kind.AGENCY else note,
        phone="" if HIDDEN in phone else phone,
        sex=cells.word(row, "性别", SEXES),
        birth_on=cells.day(row, "出生日期"),
        ethnicity=cells.text(row, "民族"),
        address=cells.text(row, "住址"),
        remark=cells.text(row, "备注"),
    )


def load(row: Row, actor: Any, today: date) -> str:
    """A known party stays as it is; a new one is entered."""
    data = data_of(row)
    try:
        if known_party(data) is not None:
            return UNCHANGED
        registry.check(data, today)
        party = registry.create(data, actor, today)
        if HIDDEN in (phone := cells.text(row, "电话")):
            party.masked_phone = phone[:20]
            party.save(update_fields=["masked_phone"])
    except ValidationError as error:
        raise RowRefused(_problems(error)) from error
    return CREATED


def known_party(data: PartyData) -> Party | None:
    """By number; without one by the same name, kind, day of birth and address."""
    if data.identity_number:
        return registry.known_by_number(data)
    same = Party.objects.filter(
        kind=data.kind, name_key=names.name_key(data.name), merged_into__isnull=True, birth_on=data.birth_on
    )
    return same.filter(address=data.address).order_by("pk").first()


def _problems(error: ValidationError) -> list[Problem]:
    if not hasattr(error, "error_dict"):
        return [Problem("", " ".join(error.messages))]
    return [Problem(FIELDS.get(name, ""), " ".join(messages)) for name, messages in error.message_dict.items()]


def rows(year: int, numbers: Callable[[Party, str], str]) -> Iterator[dict[str, Any]]:
    """Parties registered in the year, in the order of their entry."""
    kinds = {code: word for word, code in KINDS.items()}
    documents = {code: word for word, code in DOCUMENTS.items()}
    sexes = {code: word for word, code in SEXES.items()}
    found = Party.objects.filter(registered_at__year=year, merged_into__isnull=True).order_by("pk")
    for party in found.iterator():
        hidden = party.identity_note if HIDDEN in party.identity_note else ""
        document = documents.get(party.identity_kind, "")
        yield {
            "类型": kinds[party.kind],
            "姓名或名称": party.name,
            "证件类型": document,
            "证件号码": numbers(party, "identity") or hidden,
            "性别": sexes.get(party.sex, ""),
            "出生日期": party.birth_on,
            "民族": party.ethnicity,
            "电话": numbers(party, "phone"),
            "住址": party.address,
            "备注": party.remark,
        }


PARTIES = Ledger(
    code="parties",
    label=_("Parties"),
    columns=("类型", "姓名或名称", "证件类型", "证件号码", "性别", "出生日期", "民族", "电话", "住址", "备注"),
    load=load,
    rows=rows,
    required=("姓名或名称",),
    words={"类型": tuple(KINDS), "证件类型": tuple(DOCUMENTS), "性别": tuple(SEXES)},
)
