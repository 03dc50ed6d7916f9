"""The condition of archiving that every procedure takes over: the volumes are frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases.models import Case
from casemgr.documents.volumes.contents import contents
from casemgr.documents.volumes.models import Part, Volume

MISSING = "volume-missing"


def _is_kept(case: Case, data: Mapping | None, today: date) -> bool:
    """A case of the past has its volume on paper only."""
    if case.is_past_record:
        return True
    return Volume.objects.filter(case_id=case.pk, part=Part.MAIN).exists() and not contents(case)


def _detail(case: Case, data: Mapping | None, today: date) -> str:
    if not Volume.objects.filter(case_id=case.pk, part=Part.MAIN).exists():
        return ""
    return _("Not in a frozen volume yet: %(names)s.") % {
        "names": "、".join(content.title for content in contents(case)[:5])
    }


# Archives Law 2020, art. 14: what must be filed is filed whole, and nobody keeps it back.
volumes_are_frozen = Guard(
    MISSING,
    "《中华人民共和国档案法》第十四条",
    gettext_lazy("The volumes are not put together and frozen yet. Open “Volumes” and do both in one step."),
    _is_kept,
    detail=_detail,
)
