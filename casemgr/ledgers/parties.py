"""The ledger of parties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casemgr.ledgers.definition import CREATED, UNCHANGED, Ledger
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Row, RowRefused
from casemgr.parties import names, registry
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData
from casemgr.parties.sheet import DOCUMENTS, HIDDEN, KINDS, SEXES, data_of, problems_of


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
        raise RowRefused(problems_of(error)) from error
    return CREATED


def known_party(data: PartyData) -> Party | None:
    """By number; without one by the same name, kind, day of birth and address."""
    if data.identity_number:
        return registry.known_by_number(data)
    same = Party.objects.filter(
        kind=data.kind, name_key=names.name_key(data.name), merged_into__isnull=True, birth_on=data.birth_on
    )
    return same.filter(address=data.address).order_by("pk").first()


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
