"""The class of a case's volumes by the office's table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casemgr.cases.models import Case
from casemgr.documents.volumes.models import RetentionRule, Term
from casemgr.documents.volumes.models.retention import end_of

CLASSES = "《机关文件材料归档范围和文书档案保管期限规定》（国家档案局令第8号）：永久、30年、10年"
OFFICE = "本机关决定，待旗档案馆审核"
UNKNOWN = "保管期限表中没有该类案件，暂按永久保管"


@dataclass(frozen=True)
class Keeping:
    """How long, until when, and on what basis."""

    term: str
    until: date | None
    source: str


def keeping_of(case: Case, closed_on: date) -> Keeping:
    """The line of the case's outcome, else the procedure's general one; without any, for ever: nothing is lost."""
    rules = RetentionRule.objects.filter(procedure=case.procedure, outcome__in=("", case.outcome))
    rule = max(rules, key=lambda one: bool(one.outcome), default=None)
    if rule is None:
        return Keeping(Term.PERMANENT, None, UNKNOWN)
    return Keeping(rule.term, end_of(rule.term, closed_on), rule.source)


DEFAULTS: dict[str, dict[str, str]] = {
    "reconsideration": {
        "": Term.YEARS_30,
        "annulled": Term.PERMANENT,
        "partly_annulled": Term.PERMANENT,
        "changed": Term.PERMANENT,
        "confirmed_illegal": Term.PERMANENT,
        "confirmed_void": Term.PERMANENT,
        "perform_ordered": Term.PERMANENT,
        "compensation": Term.PERMANENT,
        "not_accepted": Term.YEARS_10,
        "not_handled": Term.YEARS_10,
        "taken_up": Term.YEARS_10,
        "abandoned": Term.YEARS_10,
    },
    "mediation": {"": Term.YEARS_30},
    "litigation": {"": Term.PERMANENT},
}
"""A start for the office, which decides: no national text fixes the class of these files (dossiers, 2026)."""
