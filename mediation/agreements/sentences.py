"""What the timeline says of an agreement and its performance."""

from __future__ import annotations

from django.utils.translation import gettext as _

from casemgr.cases.models import Event


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
