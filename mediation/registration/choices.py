"""The lists of the registration form in the order a mediator looks for them, and what is proposed unasked."""

from __future__ import annotations

from typing import Any

from casemgr.organisation.models import Unit
from mediation.terms import SUB_SOURCES, DisputeSubType, DisputeType, Source, SubSource

COMMITTEE_WORDS = ("人民调解委员会", "人民调解工作室", "调解工作室", "调委会")
AREA_KINDS = (Unit.Kind.TOWN, Unit.Kind.STREET, Unit.Kind.ZONE)
DEFAULT_SUB_SOURCE = {Source.APPLICATION: SubSource.ORAL, Source.OWN_MOTION: SubSource.MEDIATOR}
"""A referral's clock hangs on who sent it, so that nothing is proposed there."""


def types_with_sub_types() -> list[Any]:
    """Types, and under those that have some their sub-types, in one list: `04`, `0401`."""
    choices: list[Any] = [("", "—")]
    for kind in DisputeType:
        own = [sub for sub in DisputeSubType if sub.value.startswith(kind.value)]
        if own:
            choices.append((kind.label, [(kind.value, kind.label), *((sub.value, sub.label) for sub in own)]))
        else:
            choices.append((kind.value, kind.label))
    return choices


def split_type(chosen: str) -> tuple[str, str]:
    """`0401` → type 04, sub-type 0401."""
    return (chosen[:2], chosen) if len(chosen) == 4 else (chosen, "")


def sub_sources_by_source() -> list[Any]:
    return [
        ("", "—"),
        *((Source(source).label, [(s.value, s.label) for s in subs]) for source, subs in SUB_SOURCES.items()),
    ]


def source_of(sub_source: str) -> str:
    """The one source a sub-source belongs to; empty for none."""
    return next((str(source) for source, subs in SUB_SOURCES.items() if sub_source in subs), "")


def area_of(unit: Unit | None) -> Unit | None:
    """The town or street a unit lies in."""
    while unit is not None and unit.kind not in AREA_KINDS:
        unit = unit.parent
    return unit


def place_of(unit: Unit | None) -> str:
    """Where a committee's disputes usually are: its name without the words that say it is a committee."""
    if unit is None:
        return ""
    if unit.kind == Unit.Kind.STUDIO:
        return place_of(unit.parent)
    for words in COMMITTEE_WORDS:
        if unit.name.endswith(words):
            return unit.name.removesuffix(words)
    return unit.name if unit.kind in AREA_KINDS else ""
