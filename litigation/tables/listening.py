"""Where the tables hear what no change of a counted file itself tells: backlog items, and suits linked with letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.signals import performed
from casemgr.cases.models import Case, CaseLink
from casemgr.indicators.tables.keeping import refresh, refresh_rows
from litigation.models import PROCEDURE, BacklogItem, BacklogYear
from litigation.tables.base import BACKLOG, SUITS

LINKS = ("cases.link", "cases.unlink")


def _on_action(
    sender: Any, *, action: Action, subject: Any, data: Mapping[str, Any], context: ActionContext, **kwargs: Any
) -> None:
    if isinstance(subject, BacklogItem):
        refresh_rows(BACKLOG, [subject.pk], context.today)
    elif isinstance(subject, BacklogYear):
        refresh_rows(BACKLOG, _locked(BacklogItem.objects.all()), context.today)
    elif action.name in LINKS and getattr(subject, "procedure", "") == PROCEDURE:
        refresh(_locked(Case.objects.filter(pk__in=_ends(data))), context.today, [SUITS])


def _ends(data: Mapping[str, Any]) -> set[int]:
    """The cases of a link that is made or removed."""
    link: CaseLink | None = data.get("link")
    return {link.from_case_id, link.to_case_id} if link is not None else {data["other"].pk}


def _locked(rows: QuerySet) -> list[int]:
    return [row.pk for row in rows.select_for_update(of=("self",)).order_by("pk").only("pk")]


def connect() -> None:
    performed.connect(_on_action, dispatch_uid="litigation.tables")
