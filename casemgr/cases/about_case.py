"""What is done about a case without being a step of it: a link, a referral, a material, its volumes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from casemgr.actions.action import Action
from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role


class AboutCase(Action):
    """Base: locks the case; visible as the case is; roles count at the case's unit."""

    model: ClassVar[type[Case]] = Case

    def lock(self, subject: Case) -> Case:
        return type(subject).objects.select_for_update(of=("self",)).get(pk=subject.pk)

    def is_visible(self, subject: Case, actor, today: date) -> bool:
        return Case.objects.visible_to(actor, today).filter(pk=subject.pk).exists()

    def is_permitted(self, subject: Case, actor, today: date) -> bool:
        return has_case_role(actor, self.roles, subject, today)
