"""Names of studios by the formula that is kept as data, and whether a name is taken in the banner."""

from __future__ import annotations

import re
import unicodedata

from django.db.models import Q

from casemgr.organisation.models import Unit
from mediation.models import Committee, Studio, StudioPolicy

PLACES = ("committee", "name")
"""What a formula may name in braces."""
_PLACE = re.compile(r"\{(\w*)\}")


def unknown_places(formula: str) -> list[str]:
    return [name for name in _PLACE.findall(formula) if name not in PLACES]


def full_and_short(policy: StudioPolicy, committee: Committee, word: str) -> tuple[str, str]:
    """The full and the short name of a studio of the committee with this name of a person or special name."""
    values = {"committee": committee.unit.name, "name": word}
    return tuple(
        _PLACE.sub(lambda found: values[found[1]], formula)
        for formula in (policy.full_name_formula, policy.short_name_formula)
    )


def name_key(name: str) -> str:
    """What two names are compared by: without blanks and dots, letters of one width and case."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def clash(short_name: str, full_name: str, but: Studio | None = None) -> str:
    """The name of the living studio or existing unit that bears the same name; empty when there is none."""
    wanted = {name_key(short_name), name_key(full_name)}
    studios = Studio.objects.living()
    units = Unit.objects.filter(Q(kind=Unit.Kind.STUDIO) | Q(kind=Unit.Kind.COMMITTEE), ended_on__isnull=True)
    if but is not None:
        studios = studios.exclude(pk=but.pk)
        units = units.exclude(pk=but.unit_id)
    for short, full in studios.values_list("short_name", "full_name"):
        if {name_key(short), name_key(full)} & wanted:
            return short
    for name in units.values_list("name", flat=True):
        if name_key(name) in wanted:
            return name
    return ""
