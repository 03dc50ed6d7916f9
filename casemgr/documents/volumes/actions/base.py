"""What the actions on a case's file and on its frozen volumes share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from casemgr.actions.action import Action
from casemgr.actions.errors import Refusal
from casemgr.cases import held_entries
from casemgr.cases.about_case import AboutCase
from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role
from casemgr.documents.volumes.access import KEEPERS, PREPARERS
from casemgr.documents.volumes.models import Volume


class FileAction(AboutCase):
    """On the case's file: no step of the case, so it moves nothing and is possible in an archived case as well.

    Not listed: the page of the volume offers it, not the case page.
    """

    roles = PREPARERS
    listed = False
    topic = None

    def lock(self, subject: Case | None) -> Case | None:
        if subject is None:
            return None
        locked = super().lock(subject)
        locked.become_typed()
        return locked

    def version_of(self, subject: Case) -> int | None:
        return None

    def is_permitted(self, subject: Case | None, actor, today: date) -> bool:
        return subject is not None and has_case_role(actor, self.roles, subject, today)


class VolumeAction(Action):
    """On a frozen volume: locks the case, then the volume; roles count at the case's unit."""

    model: ClassVar = Volume
    roles: ClassVar[Collection[str]] = KEEPERS

    def lock(self, subject: Volume) -> Volume:
        held_entries.locked(subject.case_id)
        return Volume.objects.select_for_update(of=("self",)).select_related("case").get(pk=subject.pk)

    def is_visible(self, subject: Volume, actor, today: date) -> bool:
        return Volume.objects.visible_to(actor, today).filter(pk=subject.pk).exists()

    def is_permitted(self, subject: Volume, actor, today: date) -> bool:
        return has_case_role(actor, self.roles, subject.case, today)

    def state_refusal(self, subject: Volume, today: date) -> Refusal | None:
        return destroyed_refusal(subject)


def destroyed_refusal(volume: Volume) -> Refusal | None:
    if volume.destroyed_on is None:
        return None
    return Refusal("destroyed", _("The volume was destroyed; only its record is kept."))


def saved(volume: Volume, **values: Any) -> Volume:
    for name, value in values.items():
        setattr(volume, name, value)
    volume.version += 1
    volume.save()
    return volume
