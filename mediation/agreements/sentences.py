"""What the timeline says of an agreement and its performance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.cases.models import Event
from casemgr.pages.dates import long_date
from casemgr.parties.names import list_mask


def signed(event: Event) -> str:
    """How, and through whom."""
    from mediation.models import AgreementSignature

    how = dict(AgreementSignature.Kind.choices).get(event.data.get("how", ""), "")
    words = {"how": how, "by": event.data.get("by", "")}
    if not how:
        return _("Agreement signed")
    text = _("Agreement signed (%(how)s), by %(by)s") if words["by"] else _("Agreement signed (%(how)s)")
    return text % words


def paid(event: Event) -> str:
    """Who performed what."""
    words = {name: event.data.get(name, "") for name in ("debtor", "what", "amount")}
    text = _("%(debtor)s: %(what)s, %(amount)s yuan") if words["amount"] else _("%(debtor)s: %(what)s")
    return _("Performed: ") + text % words


def waived(event: Event) -> str:
    return _("Waived: %(what)s") % {"what": event.data.get("what", "")}


def debt(data: Mapping[str, Any], masked: bool = False) -> str:
    """Whose debt, what for and how much; `masked` as a list shows the name to those outside the case."""
    if not data.get("what"):
        return ""
    name = data.get("debtor", "")
    words = {"debtor": list_mask(name) if masked else name, "what": data["what"], "amount": data.get("amount", "")}
    return (_("%(debtor)s: %(what)s, %(amount)s yuan") if words["amount"] else _("%(debtor)s: %(what)s")) % words


def counted(event: Event) -> str:
    """From which day, and for which debt."""
    day = long_date(date.fromisoformat(event.data["planned_on"]))
    return _("Two years for enforcement counted from %(day)s: %(debt)s") % {"day": day, "debt": debt(event.data)}


def debt_performed(event: Event) -> str:
    return _("Debt performed: %(debt)s") % {"debt": debt(event.data)}


def enforcement(event: Event) -> str:
    which = debt(event.data)
    return _("Enforcement applied for: %(debt)s") % {"debt": which} if which else _("Enforcement applied for")
