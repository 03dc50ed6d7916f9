"""The structured text of a paper: parts with a heading and paragraphs. Parts nobody touched follow the case's data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from casemgr.documents.kinds import Composed, Part
from casemgr.parties.identity import check_resident

Section = dict[str, Any]


def lines_of(text: str | Iterable[str]) -> list[str]:
    """Paragraphs, one a line; empty lines are dropped."""
    lines = text.splitlines() if isinstance(text, str) else text
    return [line.strip() for line in lines if line.strip()]


def fingerprint(heading: str, paragraphs: Iterable[str]) -> str:
    """Short mark by which text that was drafted by the system is known again."""
    return hashlib.sha256("\n".join((heading.strip(), *paragraphs)).encode()).hexdigest()[:16]


def drafted(composed: Composed) -> list[Section]:
    """The parts as stored in a new draft."""
    return [_section(part) for part in composed.parts]


def _section(part: Part) -> Section:
    paragraphs = lines_of(part.paragraphs)
    return {
        "code": part.code,
        "heading": part.heading,
        "paragraphs": paragraphs,
        "made": fingerprint(part.heading, paragraphs),
    }


def is_untouched(section: Mapping[str, Any]) -> bool:
    """Whether the part still reads as the system drafted it."""
    return section.get("made") == fingerprint(section["heading"], section["paragraphs"])


def redrafted(sections: Iterable[Section], composed: Composed) -> list[Section]:
    """Untouched parts drafted anew, typed ones kept; new parts of the draft come in at their place."""
    kept = {section["code"]: section for section in sections}
    result: list[Section] = []
    for part in composed.parts:
        section = kept.pop(part.code, None)
        result.append(_section(part) if section is None or is_untouched(section) else section)
    own = [section for section in kept.values() if not is_untouched(section) and section["paragraphs"]]
    return _at_their_place(result, own, list(sections))


def _at_their_place(result: list[Section], own: list[Section], before: list[Section]) -> list[Section]:
    """Parts people added stay behind the part they stood behind."""
    codes = [section["code"] for section in before]
    for section in own:
        earlier = codes[: codes.index(section["code"])]
        position = max((i + 1 for i, other in enumerate(result) if other["code"] in earlier), default=0)
        result.insert(position, section)
    return result


_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def personal_numbers(text: str, today: date) -> list[str]:
    """Identity and mobile numbers in a text: a draft holds a reference instead, resolved when it is printed."""
    found = [number for number in _LONG_NUMBER.findall(text) if check_resident(number, today).is_acceptable]
    return found + _MOBILE.findall(text)
