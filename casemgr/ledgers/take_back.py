"""The step by which what one row of an undone import made is taken back; a procedure names its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.cases.actions import CaseAction
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.undoing import is_being_undone, version_left
from casemgr.pages.forms import ContextForm
from casemgr.parties.models import Party


class TakeBackForm(ContextForm):
    of_import = forms.IntegerField(min_value=1)
    reason = forms.CharField(max_length=500)


class Untouched:
    """Mixin: refused when the import did not make the subject, when anybody has touched it since, or when nobody is
    undoing the import: the step is the undoing's alone.

    `own`: relations in which the import itself leaves rows, by the names of their fields on the subject.
    """

    own: ClassVar[frozenset[str]] = frozenset()

    def guard_refusals(self, subject: Any, data: Mapping[str, Any] | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        if not is_being_undone(data["of_import"]):
            return [Refusal("not-undone", _("This import is not being undone. Undo it on its page."))]
        left = version_left(data["of_import"], subject)
        if left is None:
            message = _("It stood in the register before this import, which only added to it. Correct it there.")
            return [Refusal("not-of-this-import", message)]
        if subject.version != left:
            return [Refusal("touched", _("Somebody has worked on it since: it stays as it is."))]
        for relation in _hanging(subject):
            if relation.get_accessor_name() in self.own:
                continue
            if relation.related_model._base_manager.filter(**{relation.field.name: subject.pk}).exists():
                what = relation.related_model._meta.verbose_name
                message = _("Something hangs on it since (%(what)s): it stays as it is.") % {"what": what}
                return [Refusal("touched", message)]
        return []


def _hanging(subject: Any) -> Iterator[Any]:
    """What others may have hung on it: named relations, and nameless ones that forbid to delete it. The other nameless
    ones are derived, like the roll-ups, or go with it, like a reminder of one's own."""
    for relation in subject._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.related_model.__name__.startswith("Historical"):
            continue
        if not relation.hidden or relation.on_delete is models.PROTECT:
            yield relation


class MayLoad:
    """Mixin: whoever may load the ledger of this step may take back what it loaded."""

    name: ClassVar[str]

    def is_permitted(self, subject: Any, actor: Any, today: date) -> bool:
        return any(one.take_back == self.name and one.may_load(actor, today) for one in ledgers().values())


CASES_OWN = frozenset(
    {"participations", "events", "deadlines", "title_grams", "access_grants", "dispute_days", "closed_days"}
)
"""The last two are what figures keep of a case by themselves."""


class TakeBackCase(MayLoad, Untouched, CaseAction):
    """What an import entered by mistake is void: its entries stay readable, its number is free for another import."""

    label = gettext_lazy("Taken back with its import")
    form = TakeBackForm
    listed = False
    topic = None
    annullable = False
    instead = gettext_lazy("Load the row again.")
    transition, event = "take_back", "voided"
    own = CASES_OWN


class TakeBackParty(MayLoad, Untouched, Action):
    """A party nobody uses is gone, and with its key whatever its history could have shown of its numbers."""

    name = "party.take_back"
    label = gettext_lazy("Taken back with its import")
    model = Party
    form = TakeBackForm
    listed = False
    topic = None
    own = frozenset({"other_names", "key"})

    def execute(self, subject: Party, data: Mapping[str, Any], context: ActionContext) -> Party:
        pk = subject.pk
        subject.delete()
        subject.pk = pk
        return subject


__all__ = ["CASES_OWN", "MayLoad", "TakeBackCase", "TakeBackForm", "TakeBackParty", "Untouched"]
