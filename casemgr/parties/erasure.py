"""Lawful erasure: the party's own key is dropped, so that its numbers cannot be read again anywhere, also not in
history and snapshots; name and address go too (Personal Information Protection Law, art. 47)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casemgr.audit.access import record_access
from casemgr.audit.context import audited
from casemgr.parties.models import Party, PartyGram, PartyKey, PartySplit

MARK = "ERASED "
"""Begins the remark of an erased record."""

EMPTIED = (
    *("address", "village", "service_address", "legal_representative", "representative_post", "ethnicity"),
    *("mongolian_name", "sex", "identity_index", "phone_index", "masked_number", "masked_phone", "identity_note"),
)
Refuser = Callable[[Party], Iterable[str]]
_refusers: list[Refuser] = []


class ErasureRefused(Exception):
    """A duty to keep stands against it; nothing was erased."""


def register_refuser(refuser: Refuser) -> None:
    """The rows above say which duty to keep stands against an erasure; called from AppConfig.ready()."""
    if refuser not in _refusers:
        _refusers.append(refuser)


def reasons_against(party: Party) -> list[str]:
    return [reason for refuser in _refusers for reason in refuser(party)]


def erase(party: Party, *, actor, approved_by: str, reason: str, today: date) -> None:
    """Erase for good. :raises ErasureRefused: a duty to keep stands against it, or it is erased already."""
    if party.remark.startswith(MARK):
        raise ErasureRefused(_("The record is erased already."))
    if against := reasons_against(party):
        raise ErasureRefused(" ".join(against))
    with transaction.atomic(), audited(action="party.erase", reason=reason):
        locked = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
        PartyKey.objects.filter(party=locked).delete()
        locked.other_names.all().delete()
        locked.capacity_facts.all().delete()
        for split in PartySplit.objects.filter(Q(source=locked) | Q(created=locked)):
            split.name = ""
            split.save()
        for asked in locked.data_requests.all():
            asked.requester_name = asked.wish = asked.purpose = ""
            asked.save()
        for name in EMPTIED:
            setattr(locked, name, "")
        locked.birth_on = locked.identity_cipher = locked.phone_cipher = None
        locked.name = _("Erased on %(day)s") % {"day": today.isoformat()}
        locked.remark = f"{MARK}{today.isoformat()}"
        locked.version += 1
        locked.save()
        PartyGram.objects.filter(party=locked).delete()
        record_access(actor, "party_erased", locked, reason=reason, approved_by=approved_by)
