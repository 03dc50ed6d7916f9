"""Gap-free number series: declared by their owners, counted per series, year and owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils.functional import Promise

from casemgr.audit.bulk import create_with_history
from casemgr.numbering.models import Counter, IssuedNumber, SeriesSetting, SeriesStart


@dataclass(frozen=True)
class Series:
    """`format` is filled with year, number and owner; 〔〕, no 第, no leading zeros (GB/T 9704-2012, 7.2.5)."""

    code: str
    name: str | Promise
    format: str


_declared: dict[str, Series] = {}


def declare(series: Series) -> Series:
    """Make a series known; called at import time of the package that owns it."""
    _declared[series.code] = series
    return series


def declared() -> dict[str, Series]:
    return dict(_declared)


def allocate(series_code: str, on: date, owner: str = "", owner_name: str = "") -> IssuedNumber:
    """The next number of the series in the year of `on`, without gaps or doubles under rival writers.

    Call it inside the transaction that uses the number, after every other lock: a rollback gives the number back.
    """
    number = _reserve(series_code, on.year, owner, 1)
    text = _template(series_code).format(year=on.year, number=number, owner=owner_name or owner)
    return IssuedNumber.objects.create(series=series_code, year=on.year, owner=owner, number=number, text=text)


def allocate_many(series_code: str, on: date, count: int, owner: str = "", owner_name: str = "") -> list[IssuedNumber]:
    """The next `count` numbers in one step, under the same rules as `allocate`."""
    first = _reserve(series_code, on.year, owner, count)
    template = _template(series_code)
    rows = [
        IssuedNumber(
            series=series_code,
            year=on.year,
            owner=owner,
            number=number,
            text=template.format(year=on.year, number=number, owner=owner_name or owner),
        )
        for number in range(first, first + count)
    ]
    create_with_history(rows)
    return rows


def _reserve(series_code: str, year: int, owner: str, count: int) -> int:
    """Lock the counter, move it on, and return the first of the `count` numbers."""
    if not connection.in_atomic_block:
        raise RuntimeError("numbers are allocated inside the transaction that uses them")
    if series_code not in _declared:
        raise KeyError(series_code)
    counter = _locked_counter(series_code, year, owner)
    counter.last += count
    counter.save(update_fields=["last"])
    return counter.last - count + 1


def _template(series_code: str) -> str:
    setting = SeriesSetting.objects.filter(series=series_code).first()
    return setting.format if setting and setting.format else _declared[series_code].format


class NumberUsed(ValueError):
    """A series was to go back behind `last`, which is used."""

    def __init__(self, last: int) -> None:
        self.last = last
        super().__init__(f"number {last} is already used")


def start_at(series_code: str, year: int, next_number: int, owner: str = "", *, reason: str) -> None:
    """Let a year's series continue the paper register: the next number allocated is `next_number`.

    Numbers left out were given elsewhere; they are kept with the reason. As long as none is used behind it, a start can
    be set anew, also to a smaller number. :raises NumberUsed:
    """
    with transaction.atomic():
        counter = _locked_counter(series_code, year, owner)
        key = {"series": series_code, "year": year, "owner": owner}
        last = last_used(series_code, year, owner)
        if last >= next_number:
            raise NumberUsed(last)
        if next_number == last + 1:
            for start in SeriesStart.objects.filter(**key, follows=last):
                start.delete()
        else:
            SeriesStart.objects.update_or_create(**key, follows=last, defaults={"first": next_number, "reason": reason})
        counter.last = next_number - 1
        counter.save(update_fields=["last"])


def last_used(series_code: str, year: int, owner: str = "") -> int:
    """The highest number handed out here, or 0."""
    issued = IssuedNumber.objects.filter(series=series_code, year=year, owner=owner)
    return issued.aggregate(last=Max("number"))["last"] or 0


def void(number: IssuedNumber, reason: str) -> None:
    """Mark a number as never to be used again; the row stays."""
    number.void_reason = reason
    number.save(update_fields=["void_reason"])


def _locked_counter(series: str, year: int, owner: str) -> Counter:
    key = {"series": series, "year": year, "owner": owner}
    counter = Counter.objects.select_for_update().filter(**key).first()
    if counter is None:
        try:
            with transaction.atomic():
                Counter.objects.create(**key)
        except IntegrityError:
            pass  # a rival created it first; its row is locked below
        counter = Counter.objects.select_for_update().get(**key)
    return counter
