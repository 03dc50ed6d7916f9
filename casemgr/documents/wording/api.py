"""Standing wording and phrases through the API, for those who word papers."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casemgr.actions.resources import Resource
from casemgr.documents.wording.models import Phrase, Wording
from casemgr.documents.wording.people import EDITORS, reaches_office


def _demand_editor(user, today: date) -> None:
    if not reaches_office(user, EDITORS, today):
        raise PermissionDenied(_("Standing wording is kept by the heads of the office and by administrators."))


def _wordings(user, today: date) -> QuerySet[Wording]:
    _demand_editor(user, today)
    return Wording.objects.all()


def _phrases(user, today: date) -> QuerySet[Phrase]:
    _demand_editor(user, today)
    return Phrase.objects.all()


WORDINGS = Resource(
    "wordings",
    Wording,
    _wordings,
    columns=("passage", "text", "reason", "effective_on", "state", "author", "tried_on", "approver", "approved_on"),
    creating=("wording.propose",),
    filters=("passage", "state"),
)
PHRASES = Resource(
    "phrases",
    Phrase,
    _phrases,
    columns=("procedure", "kind", "part", "text", "is_offered"),
    creating=("wording.add_phrase",),
)
