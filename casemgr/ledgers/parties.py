"""The ledger of parties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casemgr.ledgers.definition import UNCHANGED, Answer, Created, Ledger
from casemgr.ledgers.people import PersonInRow, chosen_party
from casemgr.ledgers.readers import Reader
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from casemgr.pages.sheets.text_cells import one_spelling
from casemgr.parties import names, registry
from casemgr.parties.bulk import PartyBatch
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData
from casemgr.parties.sheet import DOCUMENTS, HIDDEN, KINDS, SEXES, data_of, problems_of

NAME = "姓名或名称"


def load(row: Row, actor: Any, today: date) -> str:
    """A known party stays as it is; a new one is entered."""
    data = data_of(row, today)
    if chosen_party(row, NAME, 0) is not None:
        return UNCHANGED
    try:
        if known_party(data, today) is not None:
            return UNCHANGED
        registry.check(data, today)
        return Created(registry.create(data, actor, today))
    except ValidationError as error:
        raise RowRefused(problems_of(error)) from error


def reader(today: date) -> Callable[[Row], None]:
    """Reads and checks a row as an entry of the registry."""

    def read(row: Row) -> None:
        try:
            registry.check(data_of(row, today), today)
        except ValidationError as error:
            raise RowRefused(problems_of(error)) from error

    return read


def people(row: Row, today: date) -> Iterator[PersonInRow]:
    """The party of the row."""
    yield PersonInRow(NAME, 0, data_of(row, today).particulars())


def known_party(data: PartyData, today: date) -> Party | None:
    """By number; without one by the same name, kind, day of birth and address."""
    if data.identity_number:
        return registry.known_by_number(data, today)
    living = Party.objects.filter(name_key=names.name_key(data.name), merged_into__isnull=True)
    return _alike(data, living.order_by("pk"))


def _alike(data: PartyData, namesakes: Iterable[Party]) -> Party | None:
    wanted = (data.kind, data.birth_on, data.address)
    return next(
        (one for one in namesakes if (one.kind, one.birth_on, one_spelling(one.address)) == wanted),
        None,
    )


def load_many(rows: Sequence[Row], actor: Any, today: date) -> list[Answer]:
    """The same for a chunk, by the registry's bulk lane."""
    batch = PartyBatch(actor, today)
    entered: list[PartyData | list[Problem]] = []
    for row in rows:
        try:
            entered.append(data_of(row, today))
        except RowRefused as refused:
            entered.append(refused.problems)
    known = [data for data in entered if isinstance(data, PartyData)]
    batch.expect_numbers((data.identity_kind, data.identity_number) for data in known if data.identity_number)
    batch.expect_names(data.name for data in known if not data.identity_number)
    answers = [
        data if isinstance(data, list) else _load_into(batch, data, is_known=chosen_party(row, NAME, 0) is not None)
        for row, data in zip(rows, entered, strict=True)
    ]
    batch.write()
    return answers


def _load_into(batch: PartyBatch, data: PartyData, *, is_known: bool) -> Answer:
    if is_known:
        return UNCHANGED
    try:
        with batch.entry():
            found = batch.known_by_number(data) if data.identity_number else _alike(data, batch.namesakes(data.name))
            if found is not None:
                return UNCHANGED
            registry.check(data, batch.today)
            return Created(batch.create(data))
    except ValidationError as error:
        return problems_of(error)


def rows(year: int, reader: Reader) -> Iterator[dict[str, Any]]:
    """Parties registered in the year, in the order of their entry."""
    kinds = {code: word for word, code in KINDS.items()}
    documents = {code: word for word, code in DOCUMENTS.items()}
    sexes = {code: word for word, code in SEXES.items()}
    found = Party.objects.filter(registered_at__year=year, merged_into__isnull=True).order_by("pk")
    for party in reader.parties(found):
        hidden = party.identity_note if HIDDEN in party.identity_note else ""
        document = documents.get(party.identity_kind, "")
        yield {
            "类型": kinds[party.kind],
            "姓名或名称": party.name,
            "证件类型": document,
            "证件号码": reader.number(party, "identity") or hidden,
            "性别": sexes.get(party.sex, ""),
            "出生日期": party.birth_on,
            "民族": party.ethnicity,
            "电话": reader.number(party, "phone"),
            "住址": party.address,
            "备注": party.remark,
        }


PARTIES = Ledger(
    code="parties",
    label=_("Parties"),
    columns=("类型", "姓名或名称", "证件类型", "证件号码", "性别", "出生日期", "民族", "电话", "住址", "备注"),
    load=load,
    load_many=load_many,
    rows=rows,
    action="party.register",
    required=(NAME,),
    people=people,
    reader=reader,
    take_back="party.take_back",
    words={"类型": tuple(KINDS), "证件类型": tuple(DOCUMENTS), "性别": tuple(SEXES)},
)
