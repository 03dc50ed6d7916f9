"""Saving, opening and ending drafts. Their text lies encrypted, each under a data key of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.actions.models import PerformedKey
from casemgr.cases.drafts.forms import kept_actions, kept_form
from casemgr.cases.drafts.titles import names_of_chosen
from casemgr.cases.models import RegistrationDraft
from casemgr.organisation.field_keys import CannotOpen, decrypt, encrypt, new_data_key, unwrap, wrap

LARGEST = 200_000
"""Bytes of one draft; the longest registration of a test has a tenth of it."""


class TooLarge(Exception):
    """More was typed than a draft keeps."""


class TooMany(Exception):
    """The person keeps as many drafts as there is room for; none is dropped for a new one."""


@dataclass(frozen=True)
class DraftRow:
    """One line of a person's list of drafts; without `url` it can only be discarded."""

    id: int
    title: str
    label: Any
    url: str
    saved_at: datetime

    @property
    def kept_until(self) -> date:
        """The last day on which it is surely there."""
        return timezone.localdate(self.saved_at) + timedelta(days=settings.DRAFTS_KEPT_DAYS - 1)


def _label(user_id: int, action: str, key: str) -> bytes:
    """Binds the bytes to their place: nobody's draft can be put under another name."""
    return f"draft|{user_id}|{action}|{key}".encode()


def save(user: Any, action: str, key: str, data: Mapping[str, Any]) -> RegistrationDraft:
    """Keep what the page holds now. :raises TooLarge: :raises TooMany: the page is none of those kept already."""
    body = json.dumps(dict(data), ensure_ascii=False).encode()
    if len(body) > LARGEST:
        raise TooLarge
    if not user.registration_drafts.filter(key=key).exists() and drafts_of(user).count() >= settings.DRAFTS_KEPT:
        raise TooMany
    data_key = new_data_key()
    wrapped, _key_id = wrap(data_key)
    kept = {
        "action": action,
        "wrapped_key": wrapped,
        "body": encrypt(data_key, _label(user.pk, action, key), body),
        "saved_at": timezone.now(),
    }
    return RegistrationDraft.objects.update_or_create(user=user, key=key, defaults=kept)[0]


def open_draft(user: Any, action: str, key: str) -> dict[str, Any] | None:
    """The entries of the person's own draft; None when there is none, or its key is gone."""
    draft = RegistrationDraft.objects.filter(user=user, action=action, key=key).first()
    return _entries(draft) if draft is not None else None


def _entries(draft: RegistrationDraft) -> dict[str, Any] | None:
    try:
        body = decrypt(unwrap(draft.wrapped_key), _label(draft.user_id, draft.action, draft.key), draft.body)
    except CannotOpen:
        return None
    return json.loads(body)


def performed_with(user: Any, action: str, key: str) -> PerformedKey | None:
    """What the page's key has registered already."""
    done = PerformedKey.objects.filter(actor_id=user.pk, action=action, key=key, subject_id__isnull=False)
    return done.first()


def drafts_of(user: Any) -> QuerySet[RegistrationDraft]:
    """Those whose case is not registered yet, the newest first."""
    done = PerformedKey.objects.filter(actor_id=user.pk, action=OuterRef("action"), key=OuterRef("key"))
    return RegistrationDraft.objects.filter(~Exists(done), user=user).order_by("-saved_at")


def rows(user: Any, today: date) -> list[DraftRow]:
    """The person's drafts for the page “My work”."""
    from casemgr.actions import registry

    kept = [(draft, kept_form(draft.action), _entries(draft)) for draft in drafts_of(user)]
    opened = [(entries, form.blocks) for _draft, form, entries in kept if form is not None and entries is not None]
    names = names_of_chosen(opened, user, today)
    found = []
    for draft, form, entries in kept:
        if form is None or entries is None:
            found.append(DraftRow(draft.pk, _("This draft cannot be opened any more"), "", "", draft.saved_at))
            continue
        url = f"{reverse(form.url_name)}?draft={draft.key}"
        label = registry.get(draft.action).label
        found.append(DraftRow(draft.pk, form.title(entries, names), label, url, draft.saved_at))
    return found


def worklist_context(user: Any, today: date) -> dict[str, Any]:
    """The drafts of who registers such cases; nobody else is asked for any."""
    from casemgr.actions import registry

    keeps = any(registry.get(action).is_permitted(None, user, today) for action in kept_actions())
    return {
        "drafts": rows(user, today) if keeps else [],
        "most": settings.DRAFTS_KEPT,
        "days": settings.DRAFTS_KEPT_DAYS,
    }


def end_with_registration(sender: Any, action: Any, context: Any, **kwargs: Any) -> None:
    """What was registered is no draft any more; inside the registration's transaction."""
    if action.creates and context.key and kept_form(action.name) is not None:
        RegistrationDraft.objects.filter(user_id=context.actor.pk, key=context.key).delete()


def purge(now: datetime) -> int:
    """Remove drafts nobody went on with; returns how many."""
    return RegistrationDraft.objects.filter(saved_at__lt=now - timedelta(days=settings.DRAFTS_KEPT_DAYS)).delete()[0]
