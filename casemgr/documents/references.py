"""References in a draft, like {申请人1证件号码}: resolved, masked, only when the paper is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casemgr.cases.models import Participation

# Documents are in Chinese whatever the language of the pages.
ROLE_WORDS: dict[str, str] = {
    Participation.Role.APPLICANT: "申请人",
    Participation.Role.RESPONDENT: "被申请人",
    Participation.Role.THIRD_PARTY: "第三人",
    Participation.Role.REPRESENTATIVE: "代表人",
    Participation.Role.AGENT: "委托代理人",
    Participation.Role.STATUTORY_AGENT: "法定代理人",
}
IDENTITY_WORDS: dict[str, str] = {
    "RID": "公民身份号码",
    "HKB": "户口簿记载的公民身份号码",
    "HMT": "港澳台居民居住证号码",
    "FPR": "外国人永久居留身份证号码",
    "PASS": "护照号码",
    "PERMIT": "通行证号码",
    "USCC": "统一社会信用代码",
    "ORG_OLD": "登记证号码",
}
PUBLIC_KINDS = ("USCC", "ORG_OLD")
"""Numbers of organisations are public and printed in full."""
_REFERENCE = re.compile(r"\{(" + "|".join(sorted(ROLE_WORDS.values(), key=len, reverse=True)) + r")(\d+)证件号码\}")
_ANY_BRACES = re.compile(r"\{[^{}]*\}")


def number_reference(part: Participation) -> str:
    """What a draft writes in place of the participant's number."""
    return f"{{{ROLE_WORDS[part.role]}{part.order}证件号码}}"


def resolve(text: str, participations: Iterable[Participation]) -> str:
    """The text with each reference replaced by the masked number, or the full one where it is public."""
    if "{" not in text:
        return text
    known = {(ROLE_WORDS[part.role], part.order): part for part in participations}

    def number(found: re.Match) -> str:
        part = known.get((found[1], int(found[2])))
        return _printed(part) if part is not None else found[0]

    return _REFERENCE.sub(number, text)


def _printed(part: Participation) -> str:
    party = part.party
    if party.identity_kind in PUBLIC_KINDS:
        return party.open_number()
    return party.masked_number


def unresolved(text: str, participations: Iterable[Participation]) -> list[str]:
    """References no participant answers."""
    return _ANY_BRACES.findall(resolve(text, participations))
