"""A command met a database that is not there, or has not the tables of this version: what to do, in one line."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _


def advice(error: DatabaseError) -> str:
    """One line for the person at the keyboard; empty when tables are not what is missing."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        first = (str(error).strip().splitlines() or [""])[0]
        return _("The database does not answer: %(error)s. Check that it runs, and DATABASE_URL.") % {"error": first}
    if not is_behind:
        return ""
    return _(
        "The database has no tables yet, or not those of this version. Prepare it first: “make run”, or "
        "“python manage.py migrate” and then “python manage.py load_reference”."
    )
