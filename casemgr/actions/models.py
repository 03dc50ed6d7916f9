"""Idempotency keys: what a client-made key has already done."""

from __future__ import annotations

from django.db import models


class PerformedKey(models.Model):
    """One performed action per actor and key, kept so that a double click or a resent form happens once."""

    actor_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_id", "key"], name="performed_once")]
