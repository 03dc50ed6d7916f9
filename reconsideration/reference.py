"""What a reconsideration office has on its first day: the fields of administration of table T3."""

from __future__ import annotations

from casemgr.audit.context import audited
from reconsideration.terms import ManagementArea


def load_reference() -> int:
    """Create the missing rows; those the office renamed or closed stay as they are. Returns how many were created."""
    from reconsideration.models import ManagementAreaRow

    known = set(ManagementAreaRow.objects.values_list("name", flat=True))
    created = 0
    with audited(action="reconsideration.load_reference"):
        for order, name in enumerate(ManagementArea, start=1):
            if name not in known:
                ManagementAreaRow(name=name, order=order).save()
                created += 1
    return created
