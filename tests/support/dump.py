"""The whole register in plain values, without ids and times: what two ways of writing it must have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from casemgr.actions.models import PerformedKey
from casemgr.audit.history import HistoryRow
from casemgr.cases.models import Act, Case, CaseTitleGram, Deadline, Event, Participation
from casemgr.numbering.models import Counter as NumberCounter
from casemgr.numbering.models import IssuedNumber
from casemgr.parties.models import Party, PartyGram, PartyKey, PartyName
from casemgr.parties.snapshots import open_snapshot
from litigation.models import BacklogItem
from reconsideration.models import ReconsiderationFacts

MODELS = (
    *(Act, Case, CaseTitleGram, Deadline, Event, Participation, IssuedNumber, NumberCounter, Party, PartyGram),
    *(PartyKey, PartyName, PerformedKey, ReconsiderationFacts),
)
LABELLED = (Act, Case, Event, Party, Participation, IssuedNumber, BacklogItem)
"""Told apart in other rows by what they say, not by their ids."""
SECRET = {"identity_cipher", "phone_cipher", "wrapped_key", "snapshot"}
"""Differ at every encryption; what they hold is compared in clear."""


def marks(*further: type[models.Model]) -> dict[type[models.Model], int]:
    """How far each table is filled now; with those of `further` models."""
    tables = _tables((*MODELS, *further))
    return {model: model._base_manager.aggregate(last=models.Max(_key(model)))["last"] or 0 for model in tables}


def _tables(of: Collection[type[models.Model]]) -> list[type[models.Model]]:
    histories = [model for model in apps.get_models() if issubclass(model, HistoryRow)]
    return [*of, *(model for model in histories if model.instance_type in of)]


def _key(model: type[models.Model]) -> str:
    return "party_id" if model is PartyGram else model._meta.pk.attname


class Dump:
    """`Dump(since).tables`: what was added to each table since the marks, history too, as a multiset of rows."""

    def __init__(self, since: dict[type[models.Model], int]) -> None:
        self._labels: dict[type[models.Model], dict[int, str]] = {}
        self.tables = {model.__name__: self._table(model, last) for model, last in since.items()}

    def _table(self, model: type[models.Model], since: int) -> Counter:
        return Counter(self._row(row) for row in model._base_manager.filter(**{f"{_key(model)}__gt": since}))

    def _row(self, row: models.Model) -> tuple:
        values = [(field.name, self._value(row, field)) for field in row._meta.concrete_fields]
        values = [(name, value) for name, value in values if value is not ...]
        if isinstance(row, Party):
            values += [("number", row.open_number()), ("open_phone", row.open_phone())]
        if isinstance(row, Participation):
            values.append(("open_snapshot", str(open_snapshot(row.party, row.snapshot))))
        return tuple(values)

    def _value(self, row: models.Model, field: models.Field) -> Any:
        value = getattr(row, field.attname)
        if field.name in SECRET:
            return value is not None
        if isinstance(value, datetime) or field.name == "history_id":
            return ...
        if field.primary_key or field.name in ("id", "subject_id"):
            model = getattr(row, "instance_type", type(row))
            if field.is_relation:
                return self.label(field.related_model, value)
            if field.name == "subject_id":
                return self.label(Case, value)
            return ... if model in (CaseTitleGram, NumberCounter) else self.label(model, value)
        if field.is_relation and field.related_model in LABELLED:
            return self.label(field.related_model, value)
        return str(value)

    def label(self, model: type[models.Model], pk: Any) -> str:
        """What tells a row without its id."""
        if model not in self._labels:
            self._labels[model] = {row.pk: _label(row) for row in model._base_manager.all()}
        return self._labels[model].get(pk, str(pk)) if pk is not None else ""


def _label(row: Any) -> str:
    if isinstance(row, Case | IssuedNumber):
        return row.number if isinstance(row, Case) else row.text
    if isinstance(row, BacklogItem):
        return row.number.text
    if isinstance(row, Party):
        return f"{row.name}|{row.identity_index}|{row.address}|{row.remark}"
    if isinstance(row, Event):
        return f"{row.case.number}#{row.sequence}"
    if isinstance(row, Participation):
        return f"{row.case.number}|{row.role}|{row.order}"
    if isinstance(row, Deadline):
        return f"{row.root_event.case.number}#{row.root_event.sequence}|{row.rule}|{row.party_id and row.party.name}"
    if isinstance(row, PartyName):
        return f"{row.party.name}|{row.name}"
    if isinstance(row, Act):
        return f"{row.agency.name}|{row.number}|{row.acted_on}|{row.kind}|{row.title}"
    return "row"


def differences(first: Dump, second: Dump) -> list[str]:
    """One line per row that only one of the two has."""
    found = []
    for table, rows in first.tables.items():
        other = second.tables[table]
        found += [f"{table} - {row}" for row in (rows - other).elements()]
        found += [f"{table} + {row}" for row in (other - rows).elements()]
    return found
