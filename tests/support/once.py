"""For tests that bring a database of their own: they say the same on both, so they run beside SQLite's."""

from __future__ import annotations

import pytest
from django.conf import settings

runs_once = pytest.mark.skipif(
    "postgresql" in settings.DATABASES["default"]["ENGINE"], reason="runs once, with a database of its own"
)
