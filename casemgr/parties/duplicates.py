"""How alike two parties are, from what is known of each. Pure; the registry's queries are in `search`.

Levels: SAME (reuse), SAME? (ask), LIKELY (show, a person decides), POSSIBLE (list), NO,
CONFLICT (block, check the card).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from casemgr.parties.identity import (
    CREDIT_CODE,
    OLD_ORGANISATION,
    RESIDENT,
    credit_check_digit,
    index_group,
    normalise_number,
    normalise_phone,
    old_form,
    resident_check_digit,
)
from casemgr.parties.names import full_pinyin, name_key, organisation_core

SAME, SAME_Q, LIKELY, POSSIBLE, NO, CONFLICT = "SAME", "SAME?", "LIKELY", "POSSIBLE", "NO", "CONFLICT"
URGENCY = {CONFLICT: 0, SAME: 1, SAME_Q: 2, LIKELY: 3, POSSIBLE: 4, NO: 5}


@dataclass(frozen=True)
class Particulars:
    """What a comparison looks at. Texts may be as entered; `other_names` are former names and aliases."""

    name: str
    number: str | None = None
    birth: date | str | None = None
    phone: str | None = None
    village: str | None = None
    kind: str = "person"
    identity_kind: str | None = None
    other_names: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return name_key(self.name)

    @property
    def keys(self) -> set[str]:
        return {self.key, *map(name_key, self.other_names)}

    @property
    def group(self) -> str:
        default = RESIDENT if self.kind == "person" else CREDIT_CODE
        return index_group(self.identity_kind or default)

    @property
    def normal_number(self) -> str:
        return normalise_number(self.identity_kind or "", self.number) if self.number else ""

    @property
    def birth_text(self) -> str:
        """ISO date; a resident number tells it when nothing else does."""
        if self.birth:
            return str(self.birth)
        number = self.normal_number
        if self.group == RESIDENT and len(number) == 18 and _checks(self.group, number):
            return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        return ""


def _particulars(value: Particulars | Mapping) -> Particulars:
    if isinstance(value, Particulars):
        return value
    known = {field.name for field in fields(Particulars)}
    return Particulars(**{name: entry for name, entry in value.items() if name in known})


def compare(a: Particulars | Mapping, b: Particulars | Mapping) -> tuple[str, str]:
    """The level and the code of the reason (texts in `messages.WHY`). Symmetric."""
    a, b = _particulars(a), _particulars(b)
    if (a.kind == "person") != (b.kind == "person"):
        return NO, "different-kind"
    if a.normal_number and b.normal_number and a.group == b.group:
        by_number = _by_number(a, b)
        if by_number is not None:
            return by_number
    return _by_name(a, b) if a.kind == "person" else _organisations_by_name(a, b)


def _by_number(a: Particulars, b: Particulars) -> tuple[str, str] | None:
    first, second = a.normal_number, b.normal_number
    if first == second:
        if a.birth_text and b.birth_text and a.birth_text != b.birth_text:
            return CONFLICT, "same-number-other-birth"
        if a.key == b.key:
            return SAME, "same-number"
        if a.key in b.keys or b.key in a.keys:
            return LIKELY, "renamed"
        return CONFLICT, "same-number-other-name"
    if second in (old_form(first), *_shortened(first)) or first in (old_form(second), *_shortened(second)):
        return SAME_Q, "old-number"
    both_valid = _checks(a.group, first) and _checks(b.group, second)
    if not both_valid and a.key == b.key and _one_sign_differs(first, second):
        return SAME_Q, "one-digit"
    return (NO, "different-number") if both_valid else None


def _shortened(number: str) -> tuple[str, ...]:
    """The organisation code inside a credit code."""
    return (number[8:17],) if len(number) == 18 else ()


def _checks(group: str, number: str) -> bool:
    if group in {CREDIT_CODE, OLD_ORGANISATION} and len(number) == 18:
        try:
            return number[17] == credit_check_digit(number[:17])
        except ValueError:
            return False
    if len(number) == 18 and number[:17].isdecimal():
        return number[17] == resident_check_digit(number[:17])
    return group != RESIDENT


def _one_sign_differs(first: str, second: str) -> bool:
    return len(first) == len(second) and sum(x != y for x, y in zip(first, second, strict=True)) == 1


def _by_name(a: Particulars, b: Particulars) -> tuple[str, str]:
    same_name = a.key == b.key or a.key in b.keys or b.key in a.keys
    same_phone = bool(a.phone and b.phone) and normalise_phone(a.phone) == normalise_phone(b.phone)
    same_village = bool(a.village and b.village) and name_key(a.village) == name_key(b.village)
    births = (a.birth_text, b.birth_text)
    same_birth = bool(births[0]) and births[0] == births[1]
    birth_conflict = bool(births[0] and births[1]) and not same_birth
    if same_name:
        if same_birth and same_phone:
            return LIKELY, "name-birth-phone"
        if same_birth and same_village:
            return LIKELY, "name-birth-village"
        if same_birth:
            return POSSIBLE, "name-birth"
        if same_phone and not birth_conflict:
            return POSSIBLE, "name-phone"
        return NO, "name-only"
    if same_birth and _one_sign_differs(a.key, b.key) and full_pinyin(a.name) == full_pinyin(b.name):
        return POSSIBLE, "sound-birth"
    return NO, "household-phone" if same_phone else "nothing"


def _organisations_by_name(a: Particulars, b: Particulars) -> tuple[str, str]:
    if a.key == b.key or a.key in b.keys or b.key in a.keys:
        same_phone = bool(a.phone and b.phone) and normalise_phone(a.phone) == normalise_phone(b.phone)
        return (LIKELY, "name-phone") if same_phone else (POSSIBLE, "organisation-name")
    if organisation_core(a.name) == organisation_core(b.name):
        return POSSIBLE, "organisation-core"
    return NO, "nothing"
