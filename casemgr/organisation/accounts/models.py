"""What an account logs in with besides its password, where it is logged in, and what it may not use again."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.organisation.models import User
from casemgr.organisation.roles import role_choices


class SecondFactor(models.Model):
    """A person's authenticator. Outside history: what happened to it is in the access log, without the secret."""

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    secret = models.BinaryField(editable=False)
    secret_key = models.BinaryField(editable=False, help_text="the data key of the secret, wrapped by FIELD_KEYS")
    confirmed_at = models.DateTimeField(null=True, help_text="empty: begun, no code has been shown yet")
    last_step = models.BigIntegerField(default=0, help_text="a code of this step or before is used up")
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("second factor")


class RecoveryCode(models.Model):
    """One of ten codes on paper, for the day the telephone is lost; kept as a keyed digest, used once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]


class SecondFactorRule(models.Model):
    """From which day holders of a role need a second factor to log in. No row, or no day: it is theirs to choose."""

    role = models.CharField(_("role"), max_length=16, choices=role_choices(), unique=True)
    required_from = models.DateField(_("required from"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = history()

    class Meta:
        verbose_name = _("rule about second factors")

    def __str__(self) -> str:
        return self.get_role_display()


class UserSession(AbstractBaseSession):
    """A log-in. The columns repeat what the session's own data says, written with it: no request costs a query more."""

    user_id = models.BigIntegerField(null=True, db_index=True)
    device = models.CharField(_("device"), max_length=80, blank=True)
    address = models.CharField(_("network address"), max_length=45, blank=True)
    begun_at = models.DateTimeField(_("begun"), null=True)
    seen_at = models.DateTimeField(_("last seen"), null=True)

    class Meta:
        verbose_name = _("session")

    @classmethod
    def get_session_store_class(cls):
        from casemgr.organisation.accounts.session_store import SessionStore

        return SessionStore

    @property
    def reference(self) -> str:
        """Names the session on a page; its key would open it."""
        return reference_of(self.session_key)


def reference_of(session_key: str) -> str:
    return salted_hmac("casemgr.session-reference", session_key, algorithm="sha256").hexdigest()[:24]


class KnownDevice(models.Model):
    """A browser in which the person has logged in before, known by a cookie of its own."""

    user = models.ForeignKey(User, models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64, editable=False)
    device = models.CharField(_("device"), max_length=80, blank=True)
    first_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("known device")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="known_device_once")]


class UsedPassword(models.Model):
    """The hash of a password the person has or had, so that it is not chosen again; the newest says since when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="used_passwords")
    password = models.CharField(max_length=128, editable=False)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("used password")
        ordering = ["-pk"]
