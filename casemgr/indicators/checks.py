"""Refuses to start with an indicator that names what does not exist or cannot be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.core.checks import Error, register
from django.core.exceptions import FieldError

from casemgr.cases.procedure import procedures
from casemgr.indicators.definition import COLUMNS, DIMENSION_LABELS, Dimension, Indicator, Kind, own

SPLIT = (Dimension.CAUSE, Dimension.TOWN)
"""Dimensions that are read off the case, by a way that the indicator names."""


@register()
def check_indicators(**kwargs) -> list[Error]:
    """Every indicator of the ground and of the procedures, read once at start."""
    listed = [*own(), *(one for procedure in procedures() for one in procedure.extra.get("indicators", ()))]
    return check(listed)


def check(listed: Iterable[object]) -> list[Error]:
    """What is wrong with these."""
    listed = list(listed)
    strangers = [one for one in listed if not isinstance(one, Indicator)]
    known = [one for one in listed if isinstance(one, Indicator)]
    found = [f"{one!r} is no indicator" for one in strangers]
    twice = [code for code, count in Counter(one.code for one in known).items() if count > 1]
    found += [f"the code {code} is used twice" for code in twice]
    found += [f"{one.code}: {problem}" for one in known for problem in _problems(one)]
    return [Error(message, id="indicators.E001") for message in found]


def _problems(one: Indicator) -> Iterator[str]:
    if not one.code.replace("-", "").isalnum() or len(one.code) > 40:
        yield "its code is not a short word of letters, digits and hyphens"
    if not one.name or not one.formula:
        yield "it does not say what it is called or how it is counted"
    if one.version < 1:
        yield "its version is not 1 or more"
    if one.kind not in Kind.__members__.values():
        yield f"unknown kind {one.kind}"
    if (one.kind == Kind.DAYS) != (one.days is not None):
        yield "it is a duration without saying how many days, or says so and is none"
    if one.is_kept and (one.case is None or one.within is not None or one.further_units):
        yield "it is rolled up by case, which rows without a case or with a scope of their own cannot be"
    if not one.is_kept and one.case is None and (one.unit is None or len(one.procedures) != 1):
        yield "its rows are no case's: it must name their unit and their procedure"
    for dimension in one.dimensions:
        if dimension not in DIMENSION_LABELS:
            yield f"unknown dimension {dimension}"
        elif (dimension in SPLIT) != (dimension in one.splits):
            yield f"it does not say where to read the dimension {dimension}, or may not"
    if (Dimension.RULE in one.dimensions) != bool(one.rule):
        yield "it is split by rule without naming the column, or names one and is not split by it"
    for code in set(one.procedures) - {procedure.code for procedure in procedures()}:
        yield f"unknown procedure {code}"
    if not one.is_kept:  # its rows may be chosen by what the register holds, which nobody reads at a start
        return
    try:
        str(one.counting().values_list(*(f"c_{column}" for column in COLUMNS)).query)
    except (FieldError, AttributeError, TypeError, ValueError) as error:
        yield f"its rows cannot be counted: {error}"
