"""A person's roles are part of what a form on the account rests on: a role given or ended makes it out of date."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from casemgr.organisation.models import RoleAssignment, User
from casemgr.organisation.roles import ROLES
from casemgr.pages.dates import long_date

SHOWN = 20


def new_version_of(user: User) -> None:
    """The person's roles changed: a form on the account that was opened before is out of date."""
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    locked.version += 1
    locked.save(update_fields=["version"])
    user.version = locked.version


def role_news(user: User, since: datetime) -> list[str]:
    """Roles of the person that were given or ended since then, in sentences."""
    rows = RoleAssignment.history.filter(user_id=user.pk, history_date__gt=since).select_related("unit")
    lines = []
    for row in rows.order_by("history_id")[:SHOWN]:
        words = {"role": ROLES[row.role].label, "unit": row.unit.name}
        if row.until_on:
            words["day"] = long_date(row.until_on)
            lines.append(_("Role “%(role)s” at %(unit)s, until %(day)s") % words)
        else:
            lines.append(_("Role “%(role)s” at %(unit)s") % words)
    return lines
