"""Who signed a mediation paper, and whether that signature binds the party (art. 15(2), 17(2), 73(1))."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from casemgr.cases.models import Mandate, Matter, Participation
from casemgr.cases.representation.acting import refusal_of
from casemgr.pages.forms import DateField
from reconsideration.models import ReconsiderationCase

Role = Participation.Role
SIGNING = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")


@dataclass(frozen=True)
class Signature:
    """One line, "name, day". `on` is None where neither the line nor the paper has a day yet."""

    text: str
    on: date | None


def signatures_of(written: str, on: date | None) -> list[Signature]:
    """Each line with its own day, else with the paper's; one dated after the paper's seal is none."""
    found = [Signature(line, _day_of(line) or on) for line in written.splitlines() if line.strip()]
    return [line for line in found if on is None or line.on is None or line.on <= on]


def _is_named(name: str, text: str) -> bool:
    """Whether the whole name stands in the text, not within a longer one."""
    return re.search(rf"(?<![\w·•]){re.escape(name)}(?!(?!\d)\w|[·•])", text) is not None


def _day_of(line: str) -> date | None:
    if (match := _DAY.search(line)) is None:
        return None
    try:
        return DateField().clean(match[0])
    except ValidationError:
        return None


def unsigned(case: ReconsiderationCase, written: str, on: date | None) -> list[str]:
    """The parties whose signature is missing or does not bind them, with the reason where there is one.

    A line that names an agent is the agent's. A representative's binds every member of the group, given their consent.
    """
    parts = list(case.participations.filter(left_on__isnull=True).select_related("party", "group", "represents"))
    speakers = [part for part in parts if part.role not in SIGNING]
    signed = signatures_of(written, on)
    powers = set(Mandate.objects.filter(principal__case_id=case.pk).values_list("agent_id", "principal_id"))
    powers |= {(other.pk, other.represents_id) for other in speakers}
    by_group: dict[int, str] = {}
    missing = []
    for part in parts:
        if part.role not in SIGNING:
            continue
        reasons = list(_reasons(case, part, speakers, signed, powers, by_group))
        if "" not in reasons:
            reason = next(iter(reasons), "")
            missing.append(f"{part.name}（{reason}）" if reason else part.name)
    return missing


def _reasons(case, part: Participation, speakers, signed: list[Signature], powers, by_group: dict[int, str]):
    """For each signature that may be the party's: empty when it binds, else why it does not."""
    agents = [other for other in speakers if other.role != Role.REPRESENTATIVE]
    for line in signed:
        named = [other for other in agents if other.name in line.text and other.name != part.name]
        if _is_named(part.name, line.text) and not named:
            yield _judged(case, part, None, line)
        for other in named:
            if _is_named(part.name, line.text) or (other.pk, part.pk) in powers:
                yield _judged(case, part, other, line)
        if part.group_id:
            yield from _represented(case, part, speakers, line, by_group)


def _represented(case, part: Participation, speakers, line: Signature, by_group: dict[int, str]):
    for other in speakers:
        if other.role == Role.REPRESENTATIVE and other.group_id == part.group_id and other.name in line.text:
            if part.group_id not in by_group or by_group[part.group_id]:
                by_group[part.group_id] = _judged(case, part, other, line)
            yield by_group[part.group_id]


def _judged(case, part: Participation, through: Participation | None, line: Signature) -> str:
    """Without a day nothing can be judged yet: the step that seals the paper has one."""
    refusal = refusal_of(case, part, through, Matter.SETTLE, line.on) if line.on else None
    return str(refusal.message) if refusal else ""
