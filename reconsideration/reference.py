"""What a reconsideration office has on its first day: the fields of administration of table T3, and a
checklist for the review of closed files."""

from __future__ import annotations

from casemgr.audit.context import audited
from reconsideration.quality import checklist
from reconsideration.terms import ManagementArea


def load_reference() -> int:
    """Create the missing rows; those the office renamed or closed stay as they are. Returns how many were created."""
    from reconsideration.models import ManagementAreaRow, ReviewChecklist

    known = set(ManagementAreaRow.objects.values_list("name", flat=True))
    created = 0
    with audited(action="reconsideration.load_reference"):
        for order, name in enumerate(ManagementArea, start=1):
            if name not in known:
                ManagementAreaRow(name=name, order=order).save()
                created += 1
        if not ReviewChecklist.objects.exists():
            ReviewChecklist(number=1, title=checklist.TITLE, from_on=checklist.FROM, items=checklist.FIRST).save()
            created += 1
    return created
