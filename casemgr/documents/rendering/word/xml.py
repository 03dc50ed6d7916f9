"""Paragraphs and runs in WordprocessingML. Kept as plain values until written, so that a later part may still
bind an earlier one to itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from casemgr.documents.rendering import wording
from casemgr.documents.rendering.word.measures import twips

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML cannot hold
_BREAKS = re.compile(r"([\n\t])")
UNDERLINED_TAB = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>'


def run(text: str, style: str = "") -> str:
    """A run of text in one type; line breaks and tabs are kept."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{look}{''.join(_piece(piece) for piece in _BREAKS.split(text) if piece)}</w:r>"


def _piece(text: str) -> str:
    if text == "\n":
        return "<w:br/>"
    if text == "\t":
        return "<w:tab/>"
    return f'<w:t xml:space="preserve">{escape(_FORBIDDEN.sub(wording.MISSING, text))}</w:t>'


@dataclass
class Paragraph:
    """One paragraph: its style, its runs, and what differs from the style. Lengths in points."""

    style: str
    runs: str
    keep: bool | None = None
    """Whether it stays on a page with the next one; None leaves it to the style."""
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float = 0
    right: float = 0
    first: float = 0
    """Indent of the first line against the others; negative lets the others hang."""
    align: str = ""
    tabs: tuple[tuple[str, float], ...] = ()
    rules: str = ""

    def xml(self) -> str:
        """The paragraph with its properties in the order the format asks for."""
        properties = "".join(
            (
                f'<w:pStyle w:val="{self.style}"/>',
                "" if self.keep is None else f'<w:keepNext w:val="{int(self.keep)}"/>',
                self.rules,
                self._tabs(),
                self._spacing(),
                self._indent(),
                f'<w:jc w:val="{self.align}"/>' if self.align else "",
            )
        )
        return f"<w:p><w:pPr>{properties}</w:pPr>{self.runs}</w:p>"

    def _tabs(self) -> str:
        stops = "".join(f'<w:tab w:val="{side}" w:pos="{twips(at)}"/>' for side, at in self.tabs)
        return f"<w:tabs>{stops}</w:tabs>" if stops else ""

    def _spacing(self) -> str:
        values = {"before": self.before, "after": self.after, "line": self.line}
        given = "".join(f' w:{name}="{twips(value)}"' for name, value in values.items() if value is not None)
        exact = ' w:lineRule="exact"' if self.line is not None else ""
        return f"<w:spacing{given}{exact}/>" if given else ""

    def _indent(self) -> str:
        given = [(name, value) for name, value in (("left", self.left), ("right", self.right)) if value]
        if self.first:
            given.append(("firstLine", self.first) if self.first > 0 else ("hanging", -self.first))
        return (
            f"<w:ind{''.join(f' w:{name}={chr(34)}{twips(value)}{chr(34)}' for name, value in given)}/>"
            if given
            else ""
        )


@dataclass
class Raw:
    """What is no paragraph: a table."""

    text: str

    def xml(self) -> str:
        """As it is."""
        return self.text
