"""At which kinds of unit a role is held: a mediator at a committee or town, a reconsideration officer at an office."""

from __future__ import annotations

from casemgr.organisation.models import Unit

_K = Unit.Kind
_TOWNSHIP = frozenset({_K.TOWN, _K.STREET, _K.ZONE})
_BUREAU = frozenset({_K.DEPARTMENT, _K.OFFICE})
_ABOVE = frozenset({_K.BANNER, _K.GOVERNMENT})
# People's Mediation Law, art. 8, 13: committees appoint mediators. Reconsideration Law 2023, art. 4: the government is
# the authority, its judicial department the office. What is not listed may be held anywhere.
PLACES: dict[str, frozenset[str]] = {
    "mediator": _TOWNSHIP | {_K.COMMITTEE, _K.STUDIO},
    "committee": _TOWNSHIP | {_K.COMMITTEE, _K.STUDIO},
    "town": _TOWNSHIP | {_K.OFFICE},
    "officer": _BUREAU,
    "head": _BUREAU,
    "panel": _BUREAU,
    "authority": _ABOVE,
    "archive": _BUREAU | _ABOVE,
    "liaison": _BUREAU | _ABOVE,
    "finance": _BUREAU | _ABOVE,
    "leader": _BUREAU | _ABOVE,
    "department": _TOWNSHIP | _BUREAU | {_K.GOVERNMENT, _K.BRANCH, _K.PARTY_ORGAN, _K.INSTITUTION},
}


def fits(role: str, unit: Unit) -> bool:
    """Whether the role can be held at a unit of this kind."""
    return role not in PLACES or unit.kind in PLACES[role]


def kinds_for(role: str) -> list[str]:
    """What the kinds are called, for a message."""
    return [str(_K(kind).label) for kind in _K.values if kind in PLACES.get(role, _K.values)]
