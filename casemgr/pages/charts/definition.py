"""What a picture shows, without saying how it looks: pure data, with the words of every number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Text = str | Promise
Number = int | float | Decimal | None


class Kind(StrEnum):
    """LINE: how something went, day by day. BARS: units or people, one below the other. COLUMNS: months, beside."""

    LINE = "line"
    BARS = "bars"
    COLUMNS = "columns"


@dataclass(frozen=True)
class Value:
    """One number. `words`: how it is said, if not by its digits; a rate is said by its figure, which never rounds into
    reach. `href`: the rows it counts. `number` None: there is nothing to say there, which is not nought."""

    number: Number = None
    href: str = ""
    words: str = ""

    @property
    def text(self) -> str:
        if self.words or self.number is None:
            return self.words
        return f"{self.number:g}" if isinstance(self.number, float) else f"{self.number}"

    @property
    def size(self) -> float:
        return float(self.number or 0)


@dataclass(frozen=True)
class Series:
    """Values in the order of the labels. `is_aim`: what was to be reached, drawn dashed. `is_bad`: to be seen first."""

    name: Text
    values: tuple[Value, ...]
    is_aim: bool = False
    is_bad: bool = False

    @classmethod
    def of(cls, name: Text, numbers: Iterable[Number], **options: Any) -> Series:
        """A series of plain numbers."""
        return cls(name, tuple(Value(number) for number in numbers), **options)


@dataclass(frozen=True)
class Chart:
    """A picture and the table under it. `code` is unique on its page. `head` names what the labels are; `summary` says
    in a sentence what the picture shows, for those who do not see it. `links`: where a label leads."""

    code: str
    title: Text
    kind: Kind
    head: Text
    labels: tuple[Text, ...]
    series: tuple[Series, ...]
    summary: Text = ""
    is_stacked: bool = False
    nothing: Text = ""
    links: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing at all to draw; noughts are drawn."""
        return not any(value.number is not None for one in self.series for value in one.values)

    def rows(self) -> Iterator[tuple[Text, str, list[tuple[Text, Value]]]]:
        """The table: each label with its address and, by series, its values."""
        for place, label in enumerate(self.labels):
            address = self.links[place] if place < len(self.links) else ""
            yield label, address, [(one.name, one.values[place]) for one in self.series]

    def texts(self) -> Iterator[str]:
        """Every word of it, whole: a picture may break a long name into lines."""
        yield str(self.title)
        if self.is_empty:
            yield str(self.nothing)
            return
        yield from (str(one.name) for one in self.series)
        yield from map(str, self.labels)
        yield from (value.text for one in self.series for value in one.values)

    def plain(self) -> Chart:
        """With every text as a string of the language now spoken: to be kept, or drawn elsewhere."""
        return replace(
            self,
            kind=Kind(self.kind),
            title=str(self.title),
            head=str(self.head),
            labels=tuple(str(label) for label in self.labels),
            series=tuple(replace(one, name=str(one.name)) for one in self.series),
            summary=str(self.summary),
            nothing=str(self.nothing),
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values that `from_json` turns back into an equal picture; where its numbers lead is left out."""
        one = self.plain()
        series = [
            {
                "name": row.name,
                "values": [[None if v.number is None else str(v.number), v.text] for v in row.values],
                "is_aim": row.is_aim,
                "is_bad": row.is_bad,
            }
            for row in one.series
        ]
        kept = ("code", "title", "head", "summary", "is_stacked", "nothing")
        return {**{name: getattr(one, name) for name in kept}, "kind": str(one.kind), "labels": list(one.labels),
                "series": series}  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Chart:
        series = tuple(
            Series(row["name"], tuple(_value(*pair) for pair in row["values"]), row["is_aim"], row["is_bad"])
            for row in data["series"]
        )
        values = {**data, "kind": Kind(data["kind"]), "labels": tuple(data["labels"]), "series": series}
        return cls(**values)


def _value(number: str | None, words: str) -> Value:
    return Value(None if number is None else Decimal(number), "", words)
