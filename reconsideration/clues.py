"""Facts and clues of a reconsideration case for a supervision organ (Reconsideration Law 2023, art. 85, 86)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.clues.sources import About, Source
from casemgr.organisation.office import office_on
from reconsideration.models import PROCEDURE, ReconsiderationCase

AUTHORS, READERS = ("officer", "head"), ("leader", "authority")
"""The office drafts; a leader of the bureau or of the authority releases, and sees what others drafted."""


def _case(user: Any, pk: int, today: date) -> About | None:
    case = ReconsiderationCase.objects.visible_to(user, today).filter(pk=pk).first()
    if case is None:
        return None
    return About(f"{case.number}{case.title}", case.unit_id, _concerned(case), case.pk)


def _concerned(case: Case) -> tuple[int, ...]:
    """The respondents' units: their own people never see the record."""
    rows = case.participations.filter(role=Participation.Role.RESPONDENT).exclude(party__unit=None)
    return tuple(sorted(set(rows.order_by().values_list("party__unit_id", flat=True))))


def _authority(day: date) -> str:
    return office_on(day).authority


SOURCE = Source(
    code="reconsideration",
    label=_("Reconsideration case"),
    find=_case,
    authors=AUTHORS,
    readers=READERS,
    issuer=_authority,
    basis="《中华人民共和国行政复议法》第八十五条、第八十六条和《中华人民共和国行政复议法实施条例》第七十三条",
    of_case=lambda case: case.pk if case.procedure == PROCEDURE else None,
)

__all__ = ["AUTHORS", "READERS", "SOURCE"]
