"""The one place where pages, commands and jobs learn what day it is; rules are told."""

from __future__ import annotations

from datetime import date

from django.utils import timezone


def today() -> date:
    """The day in Asia/Shanghai (settings.TIME_ZONE)."""
    return timezone.localdate()
