"""Lawful erasure: the party's own key is dropped, so that its numbers cannot be read again anywhere; name, address and
what else tells of the person go from the record, the rows about it and the histories of all of them (Personal
Information Protection Law, art. 47).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.audit.access import record_access
from casemgr.audit.context import audited
from casemgr.audit.redacting import Blanking, Warrant, redact
from casemgr.parties import erased
from casemgr.parties.models import (
    CapacityFact,
    DataRequest,
    DuplicatePair,
    Party,
    PartyGram,
    PartyKey,
    PartyMerge,
    PartyName,
    PartySplit,
)

ACTION = "party.erase"

EMPTIED = (
    *("address", "village", "service_address", "legal_representative", "representative_post", "ethnicity"),
    *("mongolian_name", "sex", "identity_index", "phone_index", "masked_number", "masked_phone", "identity_note"),
)
NULLED = ("birth_on", "identity_cipher", "phone_cipher")
DERIVED = ("name", "name_key", "pinyin", "initials", "organisation_core", "remark")
UNKEPT = ("identity_index", "phone_index")
"""Columns that the history of parties never had."""
ABOUT: dict[type[models.Model], dict[str, object]] = {
    PartySplit: {"name": "", "reason": "", "decision": "", "kept": {}},
    PartyMerge: {"reason": "", "decision": "", "conflicts": []},
    DataRequest: dict.fromkeys(("requester_name", "wish", "purpose", "identity_check", "answer"), ""),
}
"""Rows about the party that stay, and what is emptied in them."""
DELETED: dict[type[models.Model], dict[str, object]] = {
    PartyName: {"name": "", "name_key": ""},
    CapacityFact: {"kind": "", "paper": ""},
}
"""Rows that go; their histories stay, emptied."""
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
    if party.remark.startswith(erased.MARK):
        raise ErasureRefused(_("The record is erased already."))
    if against := reasons_against(party):
        raise ErasureRefused(" ".join(against))
    with transaction.atomic(), audited(action=ACTION, reason=reason):
        locked = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
        PartyKey.objects.filter(party=locked).delete()
        for model in DELETED:
            model._default_manager.filter(party=locked).delete()
        for model, values in ABOUT.items():
            for row in model._default_manager.filter(_about(model, locked.pk)):
                for name, value in values.items():
                    setattr(row, name, value)
                row.save()
        _empty(locked, today)
        PartyGram.objects.filter(party=locked).delete()
        DuplicatePair.objects.filter(Q(first=locked) | Q(second=locked)).delete()
        record_access(actor, erased.KIND, locked, reason=reason, approved_by=approved_by)
        redact(_histories(locked), Warrant(actor, approved_by, reason), timezone.now())
        transaction.on_commit(erased.hand_out)


def _empty(party: Party, today: date) -> None:
    for name in EMPTIED:
        setattr(party, name, "")
    for name in NULLED:
        setattr(party, name, None)
    party.name = _("Erased on %(day)s") % {"day": today.isoformat()}
    party.remark = f"{erased.MARK}{today.isoformat()}"
    party.version += 1
    party.save()


def _about(model: type[models.Model], pk: int) -> Q:
    """The rows of a model, or of its history, that are about the party."""
    if model is PartySplit:
        return Q(source_id=pk) | Q(created_id=pk)
    if model is PartyMerge:
        return Q(survivor_id=pk) | Q(merged_id=pk)
    return Q(party_id=pk)


def _histories(party: Party) -> Iterator[Blanking]:
    """Every history row of the party and about it. Why something was done is free text too; only of the erasure itself
    the reason stays.
    """
    own = {name: getattr(party, name) for name in (*EMPTIED, *NULLED, *DERIVED) if name not in UNKEPT}
    found = [(Party, Q(id=party.pk), own)]
    found += [(model, _about(model, party.pk), values) for model, values in {**DELETED, **ABOUT}.items()]
    for model, about, values in found:
        rows = model.history.model._base_manager.filter(about)
        yield Blanking(rows.filter(history_action=ACTION), values)
        yield Blanking(rows.exclude(history_action=ACTION), {**values, "history_change_reason": None})
