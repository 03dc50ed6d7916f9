"""Who may word papers: heads whose office issues them, and administrators of the whole."""

from __future__ import annotations

from datetime import date

from casemgr.organisation.models import Unit, User
from casemgr.organisation.reference import RECONSIDERATION_OFFICE
from casemgr.organisation.scope import scope

EDITORS = ("head", "authority", "admin")
APPROVERS = ("head", "authority")


def reaches_office(actor: User, codes: tuple[str, ...], today: date) -> bool:
    """Whether one of the roles is held over the reconsideration office."""
    office = Unit.objects.filter(code=RECONSIDERATION_OFFICE).values_list("pk", flat=True).first()
    return office is not None and scope(actor, today).has_role(codes, unit=office)
