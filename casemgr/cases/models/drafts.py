"""A registration that is not finished: what somebody has typed so far, kept for them alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistrationDraft(models.Model):
    """One page of a registration form as it was last typed. The text is encrypted: it may hold personal numbers.

    A draft is no evidence: it has no history, and goes when its case is registered or its time is over.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="registration_drafts")
    action = models.CharField(_("form"), max_length=80)
    """Name of the action the form belongs to."""
    key = models.CharField(max_length=80)
    """The page's request key: the case registered with it ends the draft."""
    wrapped_key = models.BinaryField()
    body = models.BinaryField()
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("draft of a registration")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]
        indexes = [models.Index(fields=["saved_at"], name="draft_saved")]
