"""Days on the command line."""

from __future__ import annotations

from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

USAGE = 2
"""The exit code for input nothing can be computed from."""


def read_day(text: str, what: str) -> date:
    """:raises CommandError: with exit code 2 and one line that names the argument."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        message = _("%(what)s: %(text)s is not a day that exists; write it as 2026-11-23.") % {
            "what": what,
            "text": text,
        }
        raise CommandError(message, returncode=USAGE) from None
