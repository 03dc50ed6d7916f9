"""The periods that a person who applies should know, from the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casemgr.cases.procedure import Text
from casemgr.pages.articles import basis_in_words
from casemgr.timelimits import registry
from casemgr.timelimits.wording import period_words
from reconsideration.timelimits.laws import LAW_2023

TOLD = (
    "R-APPLY",
    "R-APPLY-1Y",
    "R-APPLY-MAX",
    "R-ACC",
    "R-CORR-1",
    "R-CORR-2",
    "R-REPLY",
    "R-DEC",
    "R-DEC-S",
    "R-SUE15",
)


@dataclass(frozen=True)
class Line:
    name: Text
    length: str
    article: str
    on_expiry: Text


def periods(today: date) -> list[Line]:
    """Those in force today, in the order of a case."""
    found = []
    for code in TOLD:
        try:
            rule = registry.rule(code, today, LAW_2023.version)
        except (registry.NotInForce, registry.UnknownRule):
            continue
        if rule.period is not None:
            article = basis_in_words(rule.citation.partition("；")[0], str(LAW_2023.name))
            found.append(Line(rule.name, period_words(rule.period), article, rule.on_expiry))
    return found


__all__ = ["Line", "periods"]
