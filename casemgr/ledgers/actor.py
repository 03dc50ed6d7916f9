"""Who loads a ledger when the command names nobody: the office itself, by the operator's hand."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from django.utils.translation import gettext as _

from casemgr.cases.models import CaseRecusal
from casemgr.organisation.models import Unit
from casemgr.organisation.reference import BANNER, JUSTICE_BUREAU, RECONSIDERATION_OFFICE

ROLES = {"officer": RECONSIDERATION_OFFICE, "head": RECONSIDERATION_OFFICE, "guidance": BANNER,
         "liaison": JUSTICE_BUREAU}  # fmt: skip
"""Where each is held: cases come to the office that handles them, disputes to any committee of the banner,
suits to the bureau that follows them."""


class LedgerActor:
    """Holds the office's own roles; what it enters shows the import as its author."""

    pk = None
    username = "LEDGER"
    is_authenticated = is_active = True

    @property
    def full_name(self) -> str:
        return _("Ledger import")

    @property
    def recusals(self):
        return CaseRecusal.objects.none()

    def assignments(self, today: date) -> list[SimpleNamespace]:
        units = {unit.code: unit for unit in Unit.objects.filter(code__in=ROLES.values())}
        held = [(role, units[code]) for role, code in ROLES.items()]
        return [SimpleNamespace(role=role, unit=unit, unit_id=unit.pk) for role, unit in held]

    def role_codes(self, today: date) -> frozenset[str]:
        return frozenset(ROLES)
