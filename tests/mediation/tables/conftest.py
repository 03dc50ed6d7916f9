"""A day for pages and commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone


@pytest.fixture
def set_today(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Make it this day for everything that asks what day it is."""
    return lambda day: monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: day)
