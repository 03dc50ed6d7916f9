"""For tests that say the same on both databases (most bring one of their own): they run beside SQLite's."""

from __future__ import annotations

import pytest
from django.conf import settings

runs_once = pytest.mark.skipif(
    "postgresql" in settings.DATABASES["default"]["ENGINE"], reason="runs once: it says the same on both databases"
)
