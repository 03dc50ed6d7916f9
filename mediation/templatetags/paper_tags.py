"""Printing a form from the row it is about, on the page of the case."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from casemgr.cases.people.standing import has_case_role
from casemgr.cases.procedure import Stage
from casemgr.documents.kinds import kind_of
from casemgr.pages.clock import today

register = template.Library()


@register.inclusion_tag("mediation/_print.html", takes_context=True)
def print_button(context: Context, kind: str, field: str = "", row: Any = None) -> dict[str, Any]:
    """`{% print_button "session_record" "session" session %}`: prints at once; nothing for who may not."""
    case, user = context["case"], context["request"].user
    info = kind_of(case, kind)
    may = (
        case.stage != Stage.ARCHIVED
        and case.state in info.states
        and has_case_role(user, info.drafter_roles, case, today())
    )
    return {
        "may": may,
        "case": case,
        "kind": info,
        "field": field,
        "row": row,
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }
