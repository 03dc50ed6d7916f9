"""The section of the case page on links and referrals."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.actions import registry
from casemgr.cases.links import LinkCases, links_of
from casemgr.cases.models import Case, Referral

LINE_ORDER = 70
"""Behind the papers."""


def line_context(case: Case, user: Any, today: date) -> dict[str, Any]:
    """At most three queries: links and referrals that the person may see, and whether the case can be referred."""
    found = list(links_of(case).select_related("from_case", "to_case")[:20])
    others = {link.from_case_id if link.to_case_id == case.pk else link.to_case_id for link in found}
    visible = (
        set(Case.objects.visible_to(user, today).filter(pk__in=others).values_list("pk", flat=True))
        if others
        else set()
    )
    rows = [
        (link, link.from_case if link.to_case_id == case.pk else link.to_case)
        for link in found
        if (link.from_case_id if link.to_case_id == case.pk else link.to_case_id) in visible
    ]
    draft = registry.get("referral.draft")
    return {
        "case": case,
        "links": rows,
        "referrals": list(Referral.objects.of_case(case).select_related("to_unit", "number")[:20]),
        "may_link": registry.get(LinkCases.name).is_permitted(case, user, today),
        "may_refer": draft.is_permitted(case, user, today) and not draft.state_refusal(case, today),
    }
