"""What people are told, how it reached them, and what they want to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casemgr.audit.history import history
from casemgr.timelimits import registry


class Notice(models.Model):
    """One thing told to one person. `data` holds plain values, never personal numbers; the text is made when shown."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    once = models.CharField(max_length=120, blank=True)
    is_urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["recipient", "once"], condition=~Q(once=""), name="notice_once")]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]


NO_ADDRESS = "NoAddress"
"""The error of a delivery to somebody who entered nothing to send to."""


NOT_DELIVERED = "NotDelivered"
"""The error of a message the carrier took and could not deliver, without a reason of its own."""


class Delivery(models.Model):
    """One sending of a notice or digest by mail or SMS, kept as proof."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("Mail")
        SMS = "sms", _("SMS")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Handed to the carrier")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Uncertain: the system stopped while sending")

    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="deliveries")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    status = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    address = models.CharField(_("address, masked"), max_length=80, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reference = models.CharField(_("reference of the carrier"), max_length=80, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery")
        ordering = ["-id"]
        indexes = [models.Index(fields=["status", "id"], name="delivery_status")]

    @property
    def failure(self) -> str:
        """What went wrong and what to do; empty when nothing was recorded."""
        if self.error == NO_ADDRESS:
            return gettext("The person has entered no address to send to, under the ways of notice.")
        if self.error == NOT_DELIVERED:
            return gettext("The carrier could not deliver it.")
        if self.error:
            return gettext("Not accepted (%(error)s). See the log, then send again.") % {"error": self.error}
        return ""


class Preference(models.Model):
    """What one person wants: channels, digest, and the token of the calendar feed (its digest only)."""

    class Digest(models.TextChoices):
        NONE = "none", _("No summary")
        WORKDAYS = "workdays", _("On working days")
        DAILY = "daily", _("Every day")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preference")
    sends_urgent_mail = models.BooleanField(_("Urgent notices also by mail"), default=True)
    sends_urgent_sms = models.BooleanField(_("Urgent notices also by SMS"), default=False)
    digest = models.CharField(_("Morning summary by mail"), max_length=10, choices=Digest.choices, default=Digest.NONE)
    mobile_key = models.BinaryField(null=True, editable=False)
    mobile = models.BinaryField(null=True, editable=False)
    feed_digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    feed_since = models.DateTimeField(null=True, editable=False)
    history = history(excluded_fields=["mobile", "mobile_key", "feed_digest"])

    class Meta:
        verbose_name = _("notice preference")


class ReminderStep(models.Model):
    """One rung of the ladder: so many days before or after the last day of a period somebody is told.

    `rule` is a code, or empty for every period of ours without rungs of its own. `days` is negative before the day.
    """

    class Unit(models.TextChoices):
        WORKING = "working", _("working days")
        CALENDAR = "calendar", _("days")

    class Whom(models.TextChoices):
        HANDLER = "handler", _("Handler")
        HEAD = "head", _("Head of the office")
        LEADER = "leader", _("Bureau leader")

    rule = models.CharField(_("rule"), max_length=40, blank=True)
    days = models.SmallIntegerField(_("days from the last day"))
    unit = models.CharField(_("counted in"), max_length=10, choices=Unit.choices, default=Unit.WORKING)
    whom = models.CharField(_("whom"), max_length=10, choices=Whom.choices)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    history = history()

    class Meta:
        verbose_name = _("reminder step")
        ordering = ["rule", "days", "whom"]
        constraints = [models.UniqueConstraint(fields=["rule", "days", "unit", "whom"], name="reminder_step_once")]

    @property
    def rule_name(self) -> str:
        """What the period is called; a code that no procedure registers any more stands for itself."""
        return registry.versions(self.rule)[0].name if self.rule in registry.codes() else self.rule

    @property
    def days_before(self) -> int:
        return -self.days


class ReminderRun(models.Model):
    """The last day for which reminders were sent, so that days without a sweep are caught up."""

    on = models.DateField()
