"""The parties of a case page, and the cases of a party's page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casemgr.cases.models import Case, Participation
from casemgr.cases.rows import CaseRow, case_row, with_rows
from casemgr.parties.merging import line_ids

CASES_COUNTED = 99
PARTIES_COUNTED = 30
PARTY_CASES = 20
LINES_PER_ROLE = 20
"""How many of one role the case page lists; all stand on the page of participants."""


@dataclass(frozen=True)
class PartyLine:
    """`cases` is how many cases of the party the viewer may see, this one included, "99+" beyond the bound."""

    part: Participation
    cases: str
    has_others: bool


def party_lines(case: Case, user, today: date) -> list[PartyLine]:
    """Who takes part, with the number of their cases within the viewer's scope; one query."""
    counted: Counter[str] = Counter()
    parts = []
    for part in case.participations.all():
        counted[part.role] += 1
        if counted[part.role] <= LINES_PER_ROLE:
            parts.append(part)
    counts = _counts(list(dict.fromkeys(part.party_id for part in parts)), user, today)
    lines = []
    for part in parts:
        count = counts.get(part.party_id, 0)
        lines.append(PartyLine(part, f"{CASES_COUNTED}+" if count > CASES_COUNTED else str(count), count > 1))
    return lines


def _counts(party_ids: list[int], user, today: date) -> dict[int, int]:
    """Bounded per party: an agency may be in thousands of cases."""
    newest = Q(pk__in=[])
    for pk in party_ids[:PARTIES_COUNTED]:
        parts = Participation.objects.filter(party_id=pk).order_by("-case_id").values("pk")
        newest |= Q(pk__in=parts[: CASES_COUNTED + 1])
    visible = Case.objects.visible_to(user, today).order_by().values("pk")
    found: dict[int, set[int]] = {}
    for pk, case_id in (
        Participation.objects.filter(newest, case_id__in=visible).order_by().values_list("party_id", "case_id")
    ):
        found.setdefault(pk, set()).add(case_id)
    return {pk: len(cases) for pk, cases in found.items()}


@dataclass(frozen=True)
class PartyCase:
    row: CaseRow
    role: str


@dataclass(frozen=True)
class PartyCases:
    """The newest cases of a party in all procedures; `has_more` when there are others."""

    rows: list[PartyCase]
    has_more: bool


def party_cases(party, user, today: date) -> PartyCases:
    """Only what the viewer may see, newest first; three queries."""
    parts = Participation.objects.filter(party_id__in=line_ids([party.pk]))
    visible = Case.objects.visible_to(user, today).filter(pk__in=parts.values("case_id")).order_by("-id")
    cases = list(with_rows(visible)[: PARTY_CASES + 1])
    roles: dict[int, list[str]] = {}
    known = {case.pk: case for case in cases}
    for part in parts.filter(case_id__in=known):
        part.case = known[part.case_id]
        roles.setdefault(part.case_id, []).append(str(part.get_role_display()))
    rows = [PartyCase(case_row(case), " · ".join(roles.get(case.pk, []))) for case in cases[:PARTY_CASES]]
    return PartyCases(rows, len(cases) > PARTY_CASES)
