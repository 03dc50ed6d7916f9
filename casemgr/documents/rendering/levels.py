"""The four levels of an official text (GB/T 9704-2012, 7.3.3): 一、 （一） 1. （1）."""

import re
from dataclasses import dataclass, replace

_NUMERAL = "[一二三四五六七八九十百]{1,5}"
_MARKERS = (
    (1, re.compile(rf"{_NUMERAL}、")),
    (2, re.compile(rf"[（(]{_NUMERAL}[）)]、?")),
    (3, re.compile(r"\d{1,3}(?:[.．](?!\d)|、)")),
    (4, re.compile(r"[（(]\d{1,3}[）)]、?")),
)
# A heading stands alone without a full stop, or opens the paragraph as one short sentence.
_LONGEST_HEADING = 40
_LONGEST_OPENING = 24
TO = "此致"
"""Closes a pleading; the court it is handed in to follows."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its level (0: plain text), its marker, the part set as a heading and the rest."""

    level: int
    marker: str
    heading: str
    rest: str
    is_to: bool = False
    """Whom 此致 in the line before is said to: the name begins at the edge, and stays with that line."""

    @property
    def announces(self) -> bool:
        """Whether what follows stands on the same page."""
        return (self.rest or self.heading).endswith("：") or self.rest == TO

    @property
    def is_heading(self) -> bool:
        """Whether the whole paragraph is a heading."""
        return bool(self.heading) and not self.rest


def read(text: str) -> Paragraph:
    """Recognise the level of one paragraph."""
    text = text.strip()
    for level, pattern in _MARKERS:
        if found := pattern.match(text):
            heading = _heading(text, found.end())
            return Paragraph(level, found.group(), heading, text[len(heading) :])
    return Paragraph(0, "", "", text)


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a section's text; empty lines are dropped."""
    found = [read(line) for line in text.splitlines() if line.strip()]
    return [
        replace(one, is_to=True) if number and found[number - 1].rest == TO else one for number, one in enumerate(found)
    ]


def _heading(text: str, after_marker: int) -> str:
    if not any(mark in text for mark in "。；;！？"):
        return text if len(text) <= _LONGEST_HEADING and text[-1] not in "，、：:" else ""
    stop = text.find("。", after_marker)
    is_opening = 0 <= stop < after_marker + _LONGEST_OPENING and stop < len(text) - 1
    return text[: stop + 1] if is_opening and not any(mark in text[:stop] for mark in "；，") else ""
