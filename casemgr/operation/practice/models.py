"""The mark in a practice system's database; a real one has no row."""

from __future__ import annotations

from django.db import models


class PracticeCopy(models.Model):
    """Made once when the empty database was taken for practice; it survives every reset."""

    made_at = models.DateTimeField(auto_now_add=True)
    reset_at = models.DateTimeField(null=True)
    reset_by = models.CharField(max_length=50, blank=True)

    class Meta:
        verbose_name = "practice copy"
