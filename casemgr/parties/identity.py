"""Document numbers: what they say and whether they can be right. Pure: needs neither Django nor a database.

Numbers are compared in their normal form (`normalise_number`).
An old 15-digit number stays one, it is never computed up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import mul
from typing import Any

RESIDENT, HOUSEHOLD, HMT_RESIDENCE, FOREIGN_RESIDENCE = "RID", "HKB", "HMT", "FPR"
PASSPORT, TRAVEL_PERMIT, CREDIT_CODE, OLD_ORGANISATION, NONE = "PASS", "PERMIT", "USCC", "ORG_OLD", "NONE"
KINDS = (
    RESIDENT,
    HOUSEHOLD,
    HMT_RESIDENCE,
    FOREIGN_RESIDENCE,
    PASSPORT,
    TRAVEL_PERMIT,
    CREDIT_CODE,
    OLD_ORGANISATION,
    NONE,
)

# GB/T 2260 province level. Counties are not checked: the codes of abolished ones stay valid for life.
PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82),
    )
    for code in codes
)
HMT_ADDRESS_CODES = frozenset({"810000", "820000", "830000"})
EARLIEST_BIRTH_YEAR = 1880
RESIDENT_WEIGHTS = tuple(2 ** (17 - i) % 11 for i in range(17))
RESIDENT_CHECKS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(3**i % 31 for i in range(17))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

OK, FORMAT, CHECKSUM, DATE, FUTURE, REGION = "ok", "format", "checksum", "date", "future", "region"
LEGACY15, WRONG_KIND, MISSING, UNWANTED = "legacy15", "kind", "missing", "unwanted"
ORGCODE_CHECKSUM = "orgcode-checksum"


@dataclass(frozen=True)
class IdentityCheck:
    """`code` is `ok`, `legacy15` (acceptable as an old number) or what is wrong; `detail` is what the number says."""

    code: str
    detail: Mapping[str, Any] | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_acceptable(self) -> bool:
        return self.code in {OK, LEGACY15}


def plain(text: str) -> str:
    """Full-width signs to half-width, upper case, without blanks, hyphens and invisible signs."""
    if text and text.isascii() and text.isalnum():
        return text.upper()
    text = unicodedata.normalize("NFKC", text or "").upper()
    return "".join(c for c in text if not (c.isspace() or unicodedata.category(c) in {"Cf", "Cc", "Pd"}))


def normalise_number(kind: str, text: str) -> str:
    """The form in which numbers of this kind are stored and compared; empty for `NONE`."""
    return "" if kind == NONE else plain(text)


def normalise_phone(text: str) -> str:
    """Digits only, without the country's own prefix; a foreign number keeps its plus sign."""
    text = re.sub(r"[^\d+]", "", unicodedata.normalize("NFKC", text or ""))
    text = re.sub(r"^(\+86|0086)", "", text)
    return text[:1] + text[1:].replace("+", "")


def is_phone(number: str) -> bool:
    """Mobile, landline with or without area code, service number, or foreign number with its plus sign."""
    return bool(re.fullmatch(r"1[3-9]\d{9}|0\d{2,3}[2-9]\d{6,7}|[2-9]\d{6,7}|[48]00\d{7}|\+\d{6,15}", number))


def age_on(birth: date, day: date) -> int:
    """Full years of age; the birthday itself counts."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def resident_check_digit(first17: str) -> str:
    """GB 11643, ISO 7064 MOD 11-2."""
    return RESIDENT_CHECKS[sum(map(mul, map(int, first17), RESIDENT_WEIGHTS)) % 11]


def credit_check_digit(first17: str) -> str:
    """GB 32100: (31 − Σ) mod 31 over the alphabet without I O S V Z."""
    total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(first17, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def organisation_check_digit(first8: str) -> str:
    """GB 11714."""
    total = sum(int(c, 36) * w for c, w in zip(first8, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _birth(text: str) -> date | None:
    try:
        birth = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
    return birth if birth.year >= EARLIEST_BIRTH_YEAR else None


def check_resident(number: str, today: date) -> IdentityCheck:
    """An 18-digit number of a resident card, of a residence permit for Hong Kong, Macao and Taiwan residents, or of a
    foreigner's permanent residence card of 2023; `detail["kind"]` says which."""
    return _check_resident(plain(number), today)


@lru_cache(maxsize=16)
def _check_resident(number: str, today: date) -> IdentityCheck:
    """One entry is looked at several times: by the sheet, the form, the registry. Only the last few are kept."""
    if re.fullmatch(r"[0-9]{15}", number):
        return _check_legacy(number, today)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return IdentityCheck(FORMAT)
    if number[:6] in HMT_ADDRESS_CODES:
        kind = "hmt-residence"
    elif number[0] == "9":
        kind = "foreign-PR-2023"
    else:
        kind = "resident"
    province = number[1:3] if kind == "foreign-PR-2023" else number[:2]
    if kind != "hmt-residence" and province not in PROVINCES:
        return IdentityCheck(REGION)
    birth = _birth(number[6:14])
    if birth is None:
        return IdentityCheck(DATE)
    if birth > today:
        return IdentityCheck(FUTURE)
    if number[17] != resident_check_digit(number[:17]):
        return IdentityCheck(CHECKSUM)
    sex = "M" if int(number[16]) % 2 else "F"
    detail = {"kind": kind, "number": number, "birth": birth, "sex": sex, "age": age_on(birth, today)}
    return IdentityCheck(OK, detail)


def _check_legacy(number: str, today: date) -> IdentityCheck:
    if number[:2] not in PROVINCES:
        return IdentityCheck(REGION)
    birth = _birth("19" + number[6:12])
    if birth is None:
        return IdentityCheck(DATE)
    return IdentityCheck(FUTURE) if birth > today else IdentityCheck(LEGACY15)


def check_uscc(text: str) -> IdentityCheck:
    """A unified social credit code. The organisation code inside is only a warning: some registrars' are irregular."""
    number = plain(text)
    if len(number) != 18 or any(c not in CREDIT_ALPHABET for c in number):
        return IdentityCheck(FORMAT)
    warnings = () if number[16] == organisation_check_digit(number[8:16]) else (ORGCODE_CHECKSUM,)
    if number[17] != credit_check_digit(number[:17]):
        return IdentityCheck(CHECKSUM, None, warnings)
    return IdentityCheck(OK, {"kind": "uscc", "number": number}, warnings)


_PATTERNS = {
    FOREIGN_RESIDENCE: r"[A-Z]{3}[0-9]{12}",
    PASSPORT: r"[A-Z0-9]{5,20}",
    TRAVEL_PERMIT: r"[A-Z]{0,3}[0-9]{7,12}",
    OLD_ORGANISATION: r"[A-Z0-9]{6,20}",
}
_RESIDENT_KINDS = {
    RESIDENT: "resident",
    HOUSEHOLD: "resident",
    HMT_RESIDENCE: "hmt-residence",
    FOREIGN_RESIDENCE: "foreign-PR-2023",
}


def check_number(kind: str, text: str, today: date) -> IdentityCheck:
    """Whether `text` can be a number of this kind. A household register may lack one; `NONE` must not have one."""
    number = plain(text)
    if kind == NONE:
        return IdentityCheck(UNWANTED if number else OK)
    if not number:
        return IdentityCheck(OK if kind == HOUSEHOLD else MISSING)
    if kind == CREDIT_CODE:
        return check_uscc(number)
    if kind in _PATTERNS and re.fullmatch(_PATTERNS[kind], number):
        return IdentityCheck(OK, {"kind": kind, "number": number})
    if kind not in _RESIDENT_KINDS:
        return IdentityCheck(FORMAT)
    result = check_resident(number, today)
    if result.code == LEGACY15 and kind not in {RESIDENT, HOUSEHOLD}:
        return IdentityCheck(FORMAT)
    if result.code == OK and result.detail and result.detail["kind"] != _RESIDENT_KINDS[kind]:
        return IdentityCheck(WRONG_KIND, result.detail)
    return result


@dataclass(frozen=True)
class Told:
    """What a resident number, new or old, says of its holder."""

    birth: date
    sex: str


def told_by(kind: str, text: str, today: date) -> Told | None:
    """Birth and sex, when the kind of document has them in its number and the number checks."""
    number = plain(text)
    if kind not in _RESIDENT_KINDS:
        return None
    check = check_resident(number, today)
    if check.code == OK and check.detail:
        return Told(check.detail["birth"], check.detail["sex"])
    if check.code == LEGACY15 and (birth := _birth("19" + number[6:12])):
        return Told(birth, "M" if int(number[14]) % 2 else "F")
    return None


PERSONS_KINDS = frozenset({RESIDENT, HOUSEHOLD, HMT_RESIDENCE, FOREIGN_RESIDENCE, PASSPORT, TRAVEL_PERMIT, NONE})
ORGANISATIONS_KINDS = frozenset({CREDIT_CODE, OLD_ORGANISATION, NONE})


def guess_kind(text: str, *, is_person: bool, today: date) -> str:
    """The document a number most likely comes from, when nobody has said; empty when it cannot be told."""
    number = plain(text)
    if not is_person:
        return CREDIT_CODE if len(number) == 18 else ""
    if re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", number):
        detail = check_resident(number, today).detail or {}
        return {"hmt-residence": HMT_RESIDENCE, "foreign-PR-2023": FOREIGN_RESIDENCE}.get(
            detail.get("kind", ""), RESIDENT
        )
    return ""


def index_group(kind: str) -> str:
    """Kinds that share one number space: a child's household register holds the number its card will have."""
    return RESIDENT if kind == HOUSEHOLD else kind


def old_form(number: str) -> str | None:
    """The 15-digit number a person born before 2000 had, of an 18-digit one; only to find it, never to store it."""
    return number[:6] + number[8:17] if len(number) == 18 and number[6:8] == "19" else None


def upgraded_forms(number: str) -> list[str]:
    """The 18-digit number a 15-digit one became (year 19xx); only to find it, never to store it."""
    if not re.fullmatch(r"[0-9]{15}", number):
        return []
    first17 = number[:6] + "19" + number[6:]
    return [first17 + resident_check_digit(first17)]


def mask_number(number: str) -> str:
    """1506**********0017; shorter numbers show less."""
    head, tail = (4, 4) if len(number) >= 15 else (1, min(4, len(number) // 3))
    return _mask(number, head, tail)


def mask_phone(number: str) -> str:
    """138****0000; a short local number shows its last three digits."""
    head, tail = (3, 4) if len(number) >= 11 else (0, min(3, len(number) // 2))
    return _mask(number, head, tail)


def _mask(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[len(text) - tail :] if hidden > 0 else "*" * len(text)
