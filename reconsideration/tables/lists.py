"""The lists of reconsideration's tables as an office has them on its first day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.cases.matters import Matter
from casemgr.indicators.tables.lists import Line, Seed, TableList
from casemgr.parties.models import Party
from reconsideration.models import ManagementAreaRow
from reconsideration.terms import RefusalGround

Kind = Party.AgencyKind


def _areas() -> list[Line]:
    """Every field of the office's own list; one that is used no more stays a line, or past years would lose it."""
    rows = ManagementAreaRow.objects.values_list("pk", "name")
    return [Line(str(pk), name, frozenset({str(pk)})) for pk, name in rows]


MATTERS = TableList(
    "matter",
    _("Matters (T2)"),
    seeds=tuple(Seed(code, label, (code,)) for code, label in Matter.choices),
    words=lambda: list(Matter.choices),
)
AREAS = TableList("area", _("Fields of administration (T3)"), kept_elsewhere=_areas)
LEVELS = TableList(
    "level",
    _("Levels of respondents (T4)"),
    seeds=(
        Seed("town", _("Sumu, town and street"), (Kind.TOWN_GOVERNMENT.value,)),
        Seed("department", _("Departments of the banner"), (Kind.DEPARTMENT.value, Kind.JUSTICE_BUREAU.value)),
        Seed("banner", _("Government of the banner"), (Kind.BANNER_GOVERNMENT.value,)),
        Seed("dispatched", _("Dispatched organs and bodies"),
             (Kind.DISPATCHED_ORGAN.value, Kind.DISPATCHED_BODY.value)),
        Seed("authorised", _("Authorised organisations"), (Kind.AUTHORISED_ORGANISATION.value,)),
        Seed("upper", _("Branches of the city and vertically led agencies"),
             (Kind.CITY_BRANCH.value, Kind.VERTICAL.value)),
        Seed("other", _("Other agencies"), (Kind.OTHER.value,)),
    ),
    words=lambda: list(Kind.choices),
)  # fmt: skip
REFUSALS = TableList(
    "refusal",
    _("Grounds of not accepting (T5)"),
    seeds=tuple(Seed(code, label, (code,)) for code, label in RefusalGround.choices),
    words=lambda: list(RefusalGround.choices),
)
LISTS = (MATTERS, AREAS, LEVELS, REFUSALS)
