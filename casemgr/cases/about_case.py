"""What is done about a case without being a step of it: a link, a referral, a material, its volumes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from casemgr.actions.action import Action
from casemgr.cases import held_entries
from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role
from casemgr.cases.queries import is_visible_to


class AboutCase(Action):
    """Base: locks the case; visible as the case is; roles count at the case's unit."""

    model: ClassVar[type[Case]] = Case

    def lock(self, subject: Case) -> Case:
        return held_entries.locked(subject.pk, type(subject).objects.all())

    def is_visible(self, subject: Case, actor, today: date) -> bool:
        return is_visible_to(subject, actor, today)

    def is_permitted(self, subject: Case, actor, today: date) -> bool:
        return has_case_role(actor, self.roles, subject, today)
