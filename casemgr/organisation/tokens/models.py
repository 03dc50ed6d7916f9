"""Keys of programs: tokens of people and of other systems, the systems themselves, and how often somebody tried."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.organisation.models import User

MARK = "cmgr"
"""How every token begins, so that a leaked one is recognised by whoever finds it."""
PREFIX_LENGTH = 13


def digest_of(token: str) -> str:
    """What the database keeps of a token. Keyed: a copy of the table alone proves no guess."""
    return salted_hmac("casemgr.organisation.tokens", token, algorithm="sha256").hexdigest()


class SystemAccount(models.Model):
    """Another system that works here under its own name. Its user has no password and never logs in."""

    user = models.OneToOneField(User, models.PROTECT, related_name="system_account", verbose_name=_("account"))
    purpose = models.CharField(_("what it is for"), max_length=200)
    contact = models.CharField(_("who answers for it"), max_length=100)
    version = models.PositiveIntegerField(default=1)
    history = history()

    class Meta:
        verbose_name = _("system account")
        ordering = ["user__full_name"]

    def __str__(self) -> str:
        return str(self.user)


class ApiTokenQuerySet(models.QuerySet):
    def usable(self, now: datetime) -> ApiTokenQuerySet:
        return self.filter(Q(revoked_at__isnull=True), expires_at__gt=now)


class ApiToken(models.Model):
    """One token. `secret` is there only on the object that made it: shown once, kept nowhere.

    `login_stamp` is the state of the owner's log-in when it was made: a changed password ends it as it ends sessions.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens", verbose_name=_("account"))
    name = models.CharField(_("what it is for"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=PREFIX_LENGTH, db_index=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    login_stamp = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    by_log_in = models.BooleanField(_("made by logging in through the API"), default=False)
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    last_used_from = models.CharField(_("last used from"), max_length=45, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoke_reason = models.CharField(_("why it was revoked"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    history = history(excluded_fields=["digest", "login_stamp", "last_used_at", "last_used_from"])

    secret: str = ""

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        ordering = ["-id"]
        indexes = [models.Index(fields=["user", "-id"], name="token_of_user")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @classmethod
    def make(cls, user: User, **values) -> ApiToken:
        """A new token, not saved yet, with its `secret`."""
        secret = f"{MARK}_{secrets.token_hex(4)}_{secrets.token_urlsafe(32)}"
        token = cls(
            user=user,
            prefix=secret[:PREFIX_LENGTH],
            digest=digest_of(secret),
            login_stamp=user.get_session_auth_hash(),
            **values,
        )
        token.secret = secret
        return token

    def is_usable(self, now: datetime | None = None) -> bool:
        return self.revoked_at is None and self.expires_at > (now or timezone.now())

    def allows(self, scope: str) -> bool:
        return scope in self.scopes


class AttemptWindow(models.Model):
    """How many log-ins were tried within one minute, by address or by name. The key is a keyed digest of either."""

    key = models.CharField(max_length=32)
    minute = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "minute"], name="attempt_window")]
        indexes = [models.Index(fields=["minute"], name="attempt_minute")]
