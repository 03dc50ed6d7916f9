"""What went wrong in the night is told to people: not every office has a machine that watches the figures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell
from casemgr.organisation.models import RoleAssignment

EVIDENCE, BACKUP = "evidence_broken", "backup_failed"
NOTICES = (
    NoticeKind(
        EVIDENCE,
        gettext_lazy("Evidence is not as it was sealed"),
        lambda data: (
            _("The seals' verification found %(count)s deviations. Change nothing; “Seals” says what they are.")
            % {"count": data["count"]}
        ),
        is_urgent=True,
    ),
    NoticeKind(
        BACKUP,
        gettext_lazy("Backup failed"),
        lambda data: _("The nightly backup failed. See “Backups” for the reason, then back up by hand."),
        is_urgent=True,
    ),
)


def evidence_broken(count: int, on: date) -> None:
    """Auditors and administrators, once a day."""
    tell(EVIDENCE, _holders(("admin", "auditor"), on), once=f"{EVIDENCE}:{on}", count=count)


def backup_failed(on: date) -> None:
    """Administrators, once a day."""
    tell(BACKUP, _holders(("admin",), on), once=f"{BACKUP}:{on}")


def _holders(roles: Collection[str], on: date) -> list[int]:
    held = RoleAssignment.objects.in_force(on).filter(role__in=roles, user__is_active=True)
    return sorted(set(held.values_list("user_id", flat=True)))
