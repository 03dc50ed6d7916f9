"""What of litigation a handover to a supervision organ can be about: a suit, an absence from court, a backlog item."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Case
from casemgr.documents.clues.sources import About, Source
from casemgr.organisation.models import Unit
from casemgr.organisation.office import office_on
from casemgr.organisation.reference import JUSTICE_BUREAU
from litigation.instances import running_instance
from litigation.models import PROCEDURE, BacklogItem, LitigationCase, Standing
from litigation.roles import LIAISON

READERS = ("leader",)
"""The bureau's leaders: they release what the court liaison drafts, and see what others drafted."""


def _bureau() -> int:
    return Unit.objects.values_list("pk", flat=True).get(code=JUSTICE_BUREAU)


def _suit(user: Any, pk: int, today: date) -> About | None:
    case = LitigationCase.objects.visible_to(user, today).filter(pk=pk).first()
    if case is None:
        return None
    instance = running_instance(case)
    number = instance.court_number if instance is not None else ""
    return About(f"{number or case.number}{case.title}一案", _bureau(), _concerned(case), case.pk)


def _concerned(case: Case) -> tuple[int, ...]:
    """The banner's units of every agency in it."""
    found = case.participations.exclude(party__unit=None).values_list("party__unit_id", flat=True)
    return tuple(sorted(set(found.order_by())))


def _absence(user: Any, pk: int, today: date) -> About | None:
    seen = LitigationCase.objects.visible_to(user, today).values("pk")
    rows = Standing.objects.filter(in_instance__case_id__in=seen, pk=pk).exclude(seen="")
    standing = rows.select_related("in_instance__case", "participation__party").first()
    if standing is None:
        return None
    unit = standing.participation.party.unit_id
    text = f"{standing.participation.name}在{standing.in_instance}案中负责人出庭应诉情况"
    return About(text, _bureau(), (unit,) if unit else (), standing.in_instance.case_id)


def _backlog(user: Any, pk: int, today: date) -> About | None:
    item = BacklogItem.objects.visible_to(user, today).filter(pk=pk).first()
    if item is None:
        return None
    units = {item.unit_id, *item.joint_units.values_list("unit_id", flat=True)}
    return About(f"{item.court_number}生效裁判未履行（积案）", _bureau(), tuple(sorted(units)), item.case_id)


def _issuer(day: date) -> str:
    return office_on(day).office


def _of_case(case: Case) -> int | None:
    return case.pk if case.procedure == PROCEDURE else None


_Source = partial(Source, authors=LIAISON, readers=READERS, issuer=_issuer)
SUIT = _Source(
    code="suit",
    label=pgettext_lazy("clues", "Suit"),
    find=_suit,
    basis="《中华人民共和国行政诉讼法》第六十六条第一款和向监察机关移送问题线索的有关规定",
    of_case=_of_case,
)
ABSENCE = _Source(
    code="absence",
    label=_("Absence from court"),
    find=_absence,
    basis="《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》第十二条和向监察机关移送问题线索的有关规定",
)
BACKLOG = _Source(
    code="backlog",
    label=_("Backlog item"),
    find=_backlog,
    basis="《中华人民共和国行政诉讼法》第九十六条和向监察机关移送问题线索的有关规定",
)
SOURCES = (SUIT, ABSENCE, BACKLOG)
