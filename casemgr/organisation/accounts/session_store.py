"""Sessions in the database, listed by person: Django's own store with columns beside the data (`SESSION_ENGINE`)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

SEEN_AT, BEGUN_AT, DEVICE, ADDRESS = "seen_at", "begun_at", "device", "address"
"""Entries of a session, set at log-in; `seen_at` is renewed now and then, not on every request."""


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls):
        from casemgr.organisation.accounts.models import UserSession

        return UserSession

    def create_model_instance(self, data: dict):
        row = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.device, row.address = data.get(DEVICE, ""), data.get(ADDRESS, "")
        row.begun_at, row.seen_at = _moment(data.get(BEGUN_AT)), _moment(data.get(SEEN_AT))
        return row


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone()) if seconds else None
