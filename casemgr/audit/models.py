"""The access log: who looked at what, and why. Append-only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(RuntimeError):
    """Raised by any attempt to change or delete an evidence row."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnlyError("append-only rows cannot be updated")

    def delete(self):
        raise AppendOnlyError("append-only rows cannot be deleted")

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise AppendOnlyError("append-only rows cannot be updated")
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """Base of the tables that only grow."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise AppendOnlyError("append-only rows cannot be changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError("append-only rows cannot be deleted")


class AccessLog(AppendOnly):
    """One look, log-in or refusal. Kept at least six months (Cybersecurity Law, art. 23 as amended 2025)."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("user id"), null=True)
    actor_name = models.CharField(_("by"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    subject_type = models.CharField(_("subject type"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("subject id"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    ip_address = models.CharField(_("address"), max_length=45, blank=True)
    data = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("access log entry")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="access_subject"),
            models.Index(fields=["actor_id", "-at"], name="access_actor"),
            models.Index(fields=["kind", "-at", "-id"], name="access_kind"),
            models.Index(fields=["-at", "-id"], name="access_at"),
        ]


class Seal(AppendOnly):
    """One link of the chain: a batch of evidence rows, closed with the digest of the link before it."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    sealed_at = models.DateTimeField(_("sealed at"))
    rows = models.PositiveIntegerField(_("rows"))
    previous = models.CharField(_("digest of the seal before"), max_length=64, blank=True)
    digest = models.CharField(_("digest (SHA-256)"), max_length=64)

    class Meta:
        verbose_name = _("seal")
        ordering = ["number"]


class SealPart(models.Model):
    """The rows of one table in a seal: which ids, which columns as they were then, and a short digest of each row."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="parts")
    table = models.CharField(max_length=80)
    columns = models.JSONField()
    ranges = models.JSONField(help_text="[first, last] pairs of ids, in order")
    count = models.PositiveIntegerField()
    row_digests = models.BinaryField()
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a seal")
        constraints = [models.UniqueConstraint(fields=["seal", "table"], name="seal_part_once")]
        indexes = [models.Index(fields=["table", "seal"], name="seal_part_table")]


class SealMark(models.Model):
    """How far a table is sealed. `gaps`: ids under the mark that were not there: rolled back, or not yet committed.

    A convenience that verification does not trust: it counts the rows under the mark again.
    """

    table = models.CharField(max_length=80, unique=True)
    highest = models.BigIntegerField(default=0)
    gaps = models.JSONField(default=list, help_text="[first, last, seal number] of ids still waited for")


class Redaction(AppendOnly):
    """One sealed row of a history whose personal columns were blanked lawfully: `old` is its digest as it was sealed,
    `new` the one it has since. Written by `audit.redacting` alone.
    """

    at = models.DateTimeField(_("at"))
    table = models.CharField(max_length=80)
    row = models.BigIntegerField()
    columns = models.JSONField(_("blanked columns"))
    old = models.CharField(_("digest before"), max_length=64)
    new = models.CharField(_("digest after"), max_length=64)
    actor_id = models.BigIntegerField(_("user id"), null=True)
    actor_name = models.CharField(_("by"), max_length=80)
    approved_by = models.CharField(_("approved by"), max_length=80)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("redaction of a history")
        indexes = [models.Index(fields=["table", "row", "id"], name="redaction_row")]
