"""Saving, opening and ending drafts. Their text lies encrypted, each under a data key of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from casemgr.actions.models import PerformedKey
from casemgr.cases.drafts.forms import kept_actions, kept_form
from casemgr.cases.drafts.titles import names_of_chosen
from casemgr.cases.models import RegistrationDraft
from casemgr.organisation.field_keys import CannotOpen, decrypt, encrypt, new_data_key, unwrap, wrap

KEPT_DAYS = 30
SHOWN = 20
LARGEST = 200_000
"""Bytes of one draft; the longest registration of a test has a tenth of it."""


class TooLarge(Exception):
    """More was typed than a draft keeps."""


@dataclass(frozen=True)
class DraftRow:
    """One line of a person's list of drafts."""

    id: int
    title: str
    label: Any
    url: str
    saved_at: datetime


def _label(user_id: int, action: str, key: str) -> bytes:
    """Binds the bytes to their place: nobody's draft can be put under another name."""
    return f"draft|{user_id}|{action}|{key}".encode()


def save(user: Any, action: str, key: str, data: Mapping[str, Any]) -> RegistrationDraft:
    """Keep what the page holds now. :raises TooLarge:"""
    body = json.dumps(dict(data), ensure_ascii=False).encode()
    if len(body) > LARGEST:
        raise TooLarge
    data_key = new_data_key()
    wrapped, _key_id = wrap(data_key)
    kept = {
        "wrapped_key": wrapped,
        "body": encrypt(data_key, _label(user.pk, action, key), body),
        "saved_at": timezone.now(),
    }
    return RegistrationDraft.objects.update_or_create(user=user, action=action, key=key, defaults=kept)[0]


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

    opened = [(draft, kept_form(draft.action), _entries(draft)) for draft in drafts_of(user)[:SHOWN]]
    found = [(draft, form, entries) for draft, form, entries in opened if form is not None and entries is not None]
    names = names_of_chosen([(entries, form.blocks) for _draft, form, entries in found], user, today)
    return [
        DraftRow(
            draft.pk,
            form.title(entries, names),
            registry.get(draft.action).label,
            f"{reverse(form.url_name)}?draft={draft.key}",
            draft.saved_at,
        )
        for draft, form, entries in found
    ]


def worklist_context(user: Any, today: date) -> dict[str, Any]:
    """The drafts of who registers such cases; nobody else is asked for any."""
    from casemgr.actions import registry

    keeps = any(registry.get(action).is_permitted(None, user, today) for action in kept_actions())
    return {"drafts": rows(user, today) if keeps else []}


def end_with_registration(sender: Any, action: Any, context: Any, **kwargs: Any) -> None:
    """What was registered is no draft any more; inside the registration's transaction."""
    if action.creates and context.key and kept_form(action.name) is not None:
        RegistrationDraft.objects.filter(user_id=context.actor.pk, key=context.key).delete()


def purge(now: datetime) -> int:
    """Remove drafts nobody went on with; returns how many."""
    return RegistrationDraft.objects.filter(saved_at__lt=now - timedelta(days=KEPT_DAYS)).delete()[0]
