"""Real and practice never work on each other's database: asked before a process serves or a reset empties anything."""

from __future__ import annotations

from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from casemgr.operation.practice.models import PracticeCopy
from casemgr.organisation.models import User


def is_marked() -> bool:
    """Whether the database was taken for practice; one without tables was not."""
    return _has(PracticeCopy) and PracticeCopy.objects.exists()


def refuse_wrong_database() -> None:
    """:raises CommandError: practice on a database with people in it that is not marked, or work on one that is."""
    marked = is_marked()
    if settings.PRACTICE and not marked and _has(User) and User.objects.exists():
        raise CommandError(
            _("This database holds a real installation; practice does not touch it. Check PRACTICE_DATABASE_URL.")
        )
    if marked and not settings.PRACTICE:
        raise CommandError(_("This database belongs to the practice system. Check DATABASE_URL."))


def mark() -> None:
    """Take the database, empty of people, for practice."""
    refuse_wrong_database()
    if not is_marked():
        PracticeCopy.objects.create()


def _has(model) -> bool:
    return model._meta.db_table in connection.introspection.table_names()
