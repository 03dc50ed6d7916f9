"""What a document says, without saying how it looks: pure data that PDF and Word are made from.

Section text is plain paragraphs, one a line; 一、 （一） 1. （1） at their start make levels (see `levels`).
"""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Literal

from casemgr.pages.charts import Chart

Align = Literal["left", "center", "right"]
Kind = Literal["official", "receipt", "record", "register", "figures", "briefing"]


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    `label` cells name what the next cell holds and are centred; a `dated` cell leaves room for a day at its foot.
    """

    text: str = ""
    span: int = 1
    rows: int = 1
    align: Align = "left"
    label: bool = False
    dated: bool = False


@dataclass(frozen=True)
class Table:
    """A ruled table or form. `widths` are proportions; `heights` are least row heights in millimetres."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()
    header_rows: int = 0

    @classmethod
    def of(cls, *rows: tuple[str | Cell, ...], **options: Any) -> "Table":
        """A table from rows of strings and cells."""
        made = tuple(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows)
        return cls(rows=made, **options)


@dataclass(frozen=True)
class KeyValues:
    """Named particulars, one a line: 收到日期：2026年11月25日."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SignLines:
    """Lines people sign on by hand: a label, a rule and, where asked, a place for the date."""

    labels: tuple[str, ...]
    dated: bool = True


@dataclass(frozen=True)
class Pictures:
    """Pictures of figures, side by side."""

    charts: tuple[Chart, ...]

    @classmethod
    def of(cls, *charts: Chart) -> "Pictures":
        """With the texts of the language now spoken, so that the document can be kept."""
        return cls(tuple(chart.plain() for chart in charts))


Block = Table | KeyValues | SignLines | Pictures


@dataclass(frozen=True)
class Section:
    """A part of the document: a heading, paragraphs, then tables and other blocks. `code` names it for editing."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    heading: str = ""
    code: str = ""


@dataclass(frozen=True)
class SignatureBlock:
    """Who signs, and the day of the document; without a day room is left for it."""

    issuer: str
    on: date | None = None


@dataclass(frozen=True)
class DocumentText:
    """One document. `issuer` heads it together with `title`; a line break in the title is kept."""

    title: str
    sections: tuple[Section, ...] = ()
    issuer: str = ""
    number: str = ""
    addressee: str = ""
    signature_block: SignatureBlock | None = None
    seal_place: bool = True
    attachments: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    kind: Kind = "official"
    subject: str = ""
    address: str = ""
    """Where the QR code at the foot of the first page leads; without one there is no code."""

    @property
    def dated(self) -> date | None:
        """The day of the document."""
        return self.signature_block.on if self.signature_block else None

    def as_json(self) -> dict[str, Any]:
        """A dict of plain values that `from_json` turns back into an equal definition."""
        data = asdict(replace(self, sections=()))
        data["sections"] = [_section_json(section) for section in self.sections]
        if self.signature_block:
            on = self.signature_block.on
            data["signature_block"] = {"issuer": self.signature_block.issuer, "on": on.isoformat() if on else None}
        return _lists(data)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "DocumentText":
        """The definition `as_json` described."""
        values = {item.name: data[item.name] for item in fields(cls) if item.name in data}
        values["sections"] = tuple(_section(section) for section in data.get("sections", ()))
        for name in ("attachments", "copies_to"):
            values[name] = tuple(data.get(name, ()))
        if signature := data.get("signature_block"):
            on = signature.get("on")
            values["signature_block"] = SignatureBlock(signature["issuer"], date.fromisoformat(on) if on else None)
        return cls(**values)


_BLOCKS: dict[str, type[Block]] = {
    "table": Table,
    "key_values": KeyValues,
    "sign_lines": SignLines,
    "pictures": Pictures,
}
_BLOCK_NAMES = {block: name for name, block in _BLOCKS.items()}


def _section_json(section: Section) -> dict[str, Any]:
    blocks = [{"type": _BLOCK_NAMES[type(block)], **_block_json(block)} for block in section.blocks]
    return {"code": section.code, "heading": section.heading, "text": section.text, "blocks": blocks}


def _block_json(block: Block) -> dict[str, Any]:
    if isinstance(block, Pictures):
        return {"charts": [chart.as_json() for chart in block.charts]}
    return asdict(block)


def _section(data: dict[str, Any]) -> Section:
    blocks = tuple(_block(block) for block in data.get("blocks", ()))
    return Section(data.get("text", ""), blocks, data.get("heading", ""), data.get("code", ""))


def _block(data: dict[str, Any]) -> Block:
    kind = _BLOCKS[data["type"]]
    values = {name: _tuples(value) for name, value in data.items() if name != "type"}
    if kind is Pictures:
        values = {"charts": tuple(Chart.from_json(chart) for chart in data["charts"])}
    elif kind is Table:
        values["rows"] = tuple(tuple(Cell(**cell) for cell in row) for row in data["rows"])
    return kind(**values)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lists(item) for name, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, (list, tuple)) else value
