"""Court numbers such as （2026）内0621行初12号: taken apart, compared in one spelling, and kept as written.

The parts are those of the Supreme People's Court's rules on case numbers (2015): year, court, type, serial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from litigation.terms import Level

_NUMBER = re.compile(
    r"[（(〔\[](?P<year>\d{4})[）)〕\]](?P<court>[^\d\s（()）]{1,4}\d{0,4}|[^\d（()）]{1,12}?)"
    r"(?P<type>行赔初|行赔终|行赔申|行赔再|行初|行终|行申|行再|行监|行抗|行审|行保|行他|执恢|执保|执异|执复|执|"
    r"民初|民终|民申|民再|行指|司惩)(?:字)?(?:第)?(?P<serial>\d+)号"
)
_TYPES: dict[str, Level] = {
    "初": Level.FIRST,
    "终": Level.SECOND,
    "申": Level.RETRIAL_REVIEW,
    "监": Level.RETRIAL_REVIEW,
    "再": Level.RETRIAL,
    "抗": Level.RETRIAL,
    "行审": Level.REVIEW,
    "执恢": Level.RESUMED,
    "执": Level.EXECUTION,
}


@dataclass(frozen=True)
class CourtNumber:
    """The parts of a court number."""

    year: int
    court: str
    type: str
    serial: int

    @property
    def text(self) -> str:
        """One spelling for comparison: full-width brackets, no 字第."""
        return f"（{self.year}）{self.court}{self.type}{self.serial}号"

    @property
    def level(self) -> Level | None:
        """The instance its type stands for, or None for a type that is none (保全, 指定管辖)."""
        if self.type in _TYPES:
            return _TYPES[self.type]
        return _TYPES.get(self.type[-1]) if self.type[:1] in "行民" else None


def parse(text: str) -> CourtNumber | None:
    """The number's parts, or None when it is written in no known way; then it stands as it was written."""
    plain = "".join(text.split())
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    return CourtNumber(int(match["year"]), match["court"], match["type"], int(match["serial"]))


def key_of(text: str) -> str:
    """What two spellings of the same number have in common; of an unknown form, the text without blanks."""
    parsed = parse(text)
    return parsed.text if parsed else "".join(text.split())
