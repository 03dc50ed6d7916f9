"""Proposals: what the case knows about its persons comes first, then whatever has the shape of a personal detail.

Pure: texts and known words in, places out. A place is (piece, first sign, end), so that a proposal can be kept without
the words it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import pgettext_lazy

BLANK = "××"
Place = tuple[int, int, int]


class Kind(models.TextChoices):
    """What a person is told a proposal is about."""

    NAME = "name", pgettext_lazy("redaction", "Name of a person")
    MINOR = "minor", pgettext_lazy("redaction", "Minor")
    NUMBER = "number", pgettext_lazy("redaction", "Identity number")
    PHONE = "phone", pgettext_lazy("redaction", "Telephone number")
    ACCOUNT = "account", pgettext_lazy("redaction", "Bank account")
    ADDRESS = "address", pgettext_lazy("redaction", "Address below the banner")
    BIRTH = "birth", pgettext_lazy("redaction", "Date of birth")
    SCHOOL = "school", pgettext_lazy("redaction", "School of a minor")
    PLATE = "plate", pgettext_lazy("redaction", "Number plate")
    EMAIL = "email", pgettext_lazy("redaction", "E-mail address")
    SECRET = "secret", pgettext_lazy("redaction", "Trade secret")
    OTHER = "other", pgettext_lazy("redaction", "Other")


@dataclass(frozen=True)
class Known:
    """Words the case's own records hold about a person, and what the public reads instead."""

    kind: str
    words: str
    replacement: str = BLANK

    @property
    def pattern(self) -> re.Pattern[str]:
        return _spaced(self.words)


@dataclass
class Proposal:
    """The same words wherever they stand."""

    kind: str
    words: str
    replacement: str
    is_known: bool
    places: list[Place] = field(default_factory=list)


_HAN = r"(?:(?![旗县区市盟省住址在于至到由向是为的和与对年月日])[\u4e00-\u9fff])"
_COUNT = r"[\d一二三四五六七八九十百]+"
_DOOR = rf"(?:{_COUNT}(?:社|组|队|号楼|单元|室|号|栋|幢|户))"
_AREA = rf"(?:{_HAN}{{1,8}}?(?:苏木|镇|(?<!城)乡|街道(?:办事处)?))"
_SPOT = rf"(?:{_HAN}{{1,10}}?(?:村|嘎查|社区|小区|路|街|巷|家园|苑))"
_DAY = r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (Kind.NUMBER, re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")),
    (Kind.NUMBER, re.compile(r"(?<![0-9A-Za-z*])\d{1,6}\*{4,}[\dXx]{1,4}(?![0-9A-Za-z*])")),
    (Kind.PHONE, re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?(?:\d|\*){4}[- ]?\d{4}(?!\d)")),
    (Kind.PHONE, re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")),
    (Kind.ACCOUNT, re.compile(r"(?<!\d)[1-9]\d{3}(?:[ -]?\d{4}){2,3}[ -]?\d{1,7}(?!\d)")),
    (Kind.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (
        Kind.PLATE,
        re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·・]?[0-9A-Z]{5,6}"),
    ),
    (Kind.BIRTH, re.compile(rf"{_DAY}(?=出生)|(?<=出生于){_DAY}")),
    (Kind.ADDRESS, re.compile(rf"{_AREA}?{_SPOT}{_DOOR}+|{_AREA}{_SPOT}")),
)
SCHOOL = re.compile(rf"{_HAN}{{2,14}}?(?:小学|中学|学校|幼儿园)(?:{_COUNT}年级)?(?:{_COUNT}班)?")


def propose(
    texts: Sequence[str], known: Iterable[Known], *, exempt: Iterable[str] = (), with_schools: bool = False
) -> list[Proposal]:
    """Longest known words first, then patterns where nothing is taken yet.

    :param exempt: words that are public though they have such a shape, like an agency's own address.
    :param with_schools: a minor takes part.
    """
    found: dict[tuple[str, str], Proposal] = {}
    taken: dict[int, list[tuple[int, int]]] = {}
    public = [words for words in exempt if words]
    for one in sorted(known, key=lambda one: -len(one.words)):
        for place, words in _occurrences(texts, one.pattern):
            _take(found, taken, place, one.kind, words, one.replacement, is_known=True)
    patterns = [*PATTERNS, *([(Kind.SCHOOL, SCHOOL)] if with_schools else [])]
    for kind, pattern in patterns:
        for place, words in _occurrences(texts, pattern):
            if not any(words in one for one in public):
                _take(found, taken, place, kind, words, BLANK, is_known=False)
    return sorted(found.values(), key=lambda one: one.places[0])


def occurrences(texts: Sequence[str], words: str) -> list[Place]:
    """Where the words stand, blanks between their signs or not."""
    return [place for place, _words in _occurrences(texts, _spaced(words))] if words.strip() else []


def still_there(texts: Sequence[str], known: Iterable[Known]) -> list[Known]:
    """Those of the known words that can still be read."""
    return [one for one in known if any(one.pattern.search(text) for text in texts)]


def _take(
    found: dict[tuple[str, str], Proposal],
    taken: dict[int, list[tuple[int, int]]],
    place: Place,
    kind: str,
    words: str,
    replacement: str,
    *,
    is_known: bool,
) -> None:
    piece, start, end = place
    spans = taken.setdefault(piece, [])
    if any(start < last and first < end for first, last in spans):
        return
    spans.append((start, end))
    one = found.setdefault((kind, words), Proposal(kind, words, replacement, is_known))
    one.places.append(place)


def _occurrences(texts: Sequence[str], pattern: re.Pattern[str]) -> Iterator[tuple[Place, str]]:
    for piece, text in enumerate(texts):
        for match in pattern.finditer(text):
            if match.end() > match.start():
                yield (piece, match.start(), match.end()), match[0]


def _spaced(words: str) -> re.Pattern[str]:
    """The words also with blanks or hyphens between their signs, as numbers and two-sign names are often set."""
    return re.compile(r"[ \t\u3000-]?".join(re.escape(sign) for sign in words if not sign.isspace()))


__all__ = ["BLANK", "Kind", "Known", "Place", "Proposal", "occurrences", "propose", "still_there"]
