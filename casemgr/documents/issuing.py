"""What stands in the way of issuing a paper: what is missing, what cannot be printed, what the case's law refuses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.actions import registry
from casemgr.actions.errors import Refusal
from casemgr.documents import rendering
from casemgr.documents.definition import definition_of, drafted_for, participations_of
from casemgr.documents.models import Document
from casemgr.documents.references import unresolved
from casemgr.organisation.office import PRINTED, office_on


def moves_the_case(document: Document) -> bool:
    """A corrected paper repeats one whose issue already moved the case."""
    return bool(document.kind_info.issue_action) and document.corrects_id is None


def issue_data(document: Document, on: date) -> dict[str, Any]:
    """The form of the case's action, filled from the paper."""
    return {**document.kind_info.issue_data(document), "on": on.isoformat(), "document": document.pk}


def incomplete(document: Document) -> list[Refusal]:
    """What the paper still lacks."""
    found = [
        Refusal(missing.code, missing.message, missing.article, missing.field)
        for missing in document.kind_info.requires(document.case, document.data)
    ]
    whole = "\n".join(line for section in document.sections for line in section["paragraphs"])
    if names := unresolved(whole, participations_of(document)):
        found.append(
            Refusal("reference", _("These references fit nobody in the case: %(names)s.") % {"names": "、".join(names)})
        )
    return found


def outdated(document: Document, today: date) -> list[Refusal]:
    """Names, addresses and courts in the text that have changed since it was drafted: a paper says those of its day.

    Editing the draft takes over the new ones; whoever keeps an old name on purpose saves the draft once more.
    """
    then, now = office_on(drafted_for(document)), office_on(today)
    if then.pk == now.pk:
        return []
    whole = "\n".join(line for section in document.sections for line in section["paragraphs"])
    changes = ((getattr(then, name), getattr(now, name)) for name in PRINTED)
    stale = [f"{old} → {new or '—'}" for old, new in changes if old != new and _names(whole, old, new)]
    if not stale:
        return []
    message = _(
        "Particulars of the office changed after the text was drafted: %(changes)s. "
        "Return the paper for changes and save its draft once more; untouched parts follow by themselves."
    )
    return [Refusal("office-changed", message % {"changes": "；".join(dict.fromkeys(stale))})]


def _names(text: str, old: str, new: str) -> bool:
    """Whether the old words stand in the text by themselves, not merely as a part of the new ones."""
    return bool(old) and old in (text.replace(new, "") if new else text)


def unprintable(document: Document) -> list[Refusal]:
    """Characters that no font of this machine can print."""
    return rendering.unprintable(definition_of(document))


def refused_by_case(document: Document, today: date, actor: Any = None) -> list[Refusal]:
    """What the case's own action says to this paper today."""
    if not moves_the_case(document):
        return []
    action = registry.get(document.kind_info.issue_action)
    case = document.case.typed()
    if refusal := action.state_refusal(case, today):
        return [refusal]
    form = action.build_form(case, issue_data(document, today), None, actor, today)
    if not form.is_valid():
        return [_without_field(refusal) for refusal in _form_refusals(form)]
    cleaned: Mapping[str, Any] = form.cleaned_data
    return [_without_field(refusal) for refusal in action.guard_refusals(case, cleaned, today)]


def _form_refusals(form) -> list[Refusal]:
    return [
        Refusal("invalid", f"{form.fields[name].label or name}：{message}" if name in form.fields else message)
        for name, messages in form.errors.items()
        for message in messages
    ]


def _without_field(refusal: Refusal) -> Refusal:
    """The case's field is not one of the issue form."""
    return Refusal(refusal.code, refusal.message, refusal.article)
