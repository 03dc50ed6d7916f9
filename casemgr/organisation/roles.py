"""The roles of the office. A role is held at a unit and reaches that unit's subtree, for the procedures named here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIATION, RECONSIDERATION, LITIGATION = "mediation", "reconsideration", "litigation"
ALL_PROCEDURES = (MEDIATION, RECONSIDERATION, LITIGATION)


@dataclass(frozen=True)
class Role:
    """`procedures`: whose cases the role may see in the subtree of the unit it is held at."""

    code: str
    label: str | Promise
    procedures: tuple[str, ...] = ()


_ROLES = (
    Role("mediator", _("Mediator"), (MEDIATION,)),
    Role("committee", _("Committee secretary and seal keeper"), (MEDIATION,)),
    Role("town", _("Town judicial office"), (MEDIATION,)),
    Role("guidance", _("Mediation guidance of the bureau"), (MEDIATION,)),
    Role("officer", _("Reconsideration officer"), (RECONSIDERATION,)),
    Role("head", _("Head of the reconsideration office"), (RECONSIDERATION,)),
    Role("authority", _("Head of the reconsideration authority"), (RECONSIDERATION,)),
    Role("panel", _("Panel member"), (RECONSIDERATION,)),
    Role("archive", _("Archive keeper"), ALL_PROCEDURES),
    Role("liaison", _("Court liaison"), (LITIGATION,)),
    Role("department", _("Department liaison"), (LITIGATION,)),
    Role("finance", _("Finance"), ()),
    Role("leader", _("Bureau leader"), ALL_PROCEDURES),
    Role("auditor", _("Auditor"), ALL_PROCEDURES),
    Role("admin", _("Administrator"), ()),
)
ROLES: dict[str, Role] = {role.code: role for role in _ROLES}
_WATCHING = ("panel", "archive", "finance", "leader", "auditor")
KEEPERS = tuple(code for code in ROLES if code not in _WATCHING)
"""Who enters parties and puts their records right. The others read, judge or examine what these entered."""
HEADS = ("head", "committee", "town", "liaison")
"""Who leads an office that handles cases: gives them out, watches them, approves."""
HANDS = ("officer", "head", "mediator", "committee", "town", "liaison")
"""Who works on the cases of an office."""
HANDLERS = (*HANDS, "department")
"""Who may be a case's handler."""
SYSTEM = "SYSTEM"
"""The role of the nightly sweep: no person holds it."""


def role_choices() -> list[tuple[str, str | Promise]]:
    return [(role.code, role.label) for role in _ROLES]


def roles_for(procedure: str) -> tuple[str, ...]:
    """Codes of the roles that see cases of the procedure."""
    return tuple(role.code for role in _ROLES if procedure in role.procedures)
