"""One page for any action on a case: form, confirmation of a binding step, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casemgr.actions import registry
from casemgr.actions.action import Action
from casemgr.actions.errors import (
    ActionError,
    Forbidden,
    GuardRefused,
    InvalidInput,
    NotVisible,
    Refusal,
    StaleVersion,
    WrongState,
)
from casemgr.actions.news import News, reconcile
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from casemgr.cases.panels import action_notes
from casemgr.cases.timeline import Entry, since
from casemgr.cases.visibility import visible_case
from casemgr.pages.clock import today as clock_today
from casemgr.pages.dates import long_date
from casemgr.pages.requests import NOT_DATA, ActionInput, action_input
from casemgr.pages.row_forms import Rows, forget_errors

STEP, CONFIRMED, EDIT, ADD = "step", "confirmed", "edit", "add"
"""`add`: the button that adds a row to a block of the form sends the block's name; nothing is performed then."""


@dataclass
class ActionPage:
    """What the template shows. `refusals` carry their article; errors of the form itself are in the form."""

    case: Case
    action: Action
    form: forms.BaseForm | None = None
    version: int = 0
    refusals: tuple[Refusal, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    news: News | None = None
    answers: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    confirmation: Mapping[str, Any] = field(default_factory=dict)

    def response(self, request: HttpRequest, status: int = 200, template: str = "cases/action.html") -> HttpResponse:
        return render(
            request,
            template,
            {
                "page": self,
                "case": self.case,
                "action": self.action,
                "news": self.news,
                "notes": action_notes(self.case, self.action.name, clock_today()),
            },
            status=status,
        )


def action_of(case: Case, name: str) -> Action:
    """:raises Http404: no such action, not one of this kind of case, or one that no page offers."""
    action = registry.every().get(name)
    if action is None or action.creates or not action.listed or not isinstance(case, action.model or ()):
        raise Http404
    return action


def show(request: HttpRequest, case: Case, action: Action, today: date) -> HttpResponse:
    """The empty form, filled as far as the address says; or why the step is not possible now."""
    _require_permission(case, action, request.user, today)
    refusals = registry.refusals(action, case, request.user, today)
    if refusals:
        return ActionPage(case, action, refusals=tuple(refusals)).response(request, 409)
    form = action.build_form(case, None, None, request.user, today)
    form.initial.update({name: request.GET[name] for name in form.fields if name in request.GET})
    return ActionPage(case, action, form, case.version).response(request)


def receive(request: HttpRequest, case: Case, action: Action, today: date) -> HttpResponse:
    """Confirm a binding step, or perform it; whatever is refused, what was typed stays."""
    _require_permission(case, action, request.user, today)
    sent = action_input(request)
    step, block = sent.data.pop(STEP, ""), sent.data.pop(ADD, "")
    if block:
        form = _with_one_more(case, action, sent.data, block, request.user, today)
        return ActionPage(case, action, form, _version(sent, case)).response(request)
    if step == EDIT:
        form = action.build_form(case, sent.data, request.FILES, request.user, today)
        return ActionPage(case, action, form, _version(sent, case)).response(request)
    try:
        if action.binding and step != CONFIRMED and not request.FILES:
            form = _checked(case, action, sent, request.user, today)
            page = ActionPage(case, action, form, _version(sent, case), answers=spoken(form), kept=_kept(request))
            if getattr(action, "confirm_template", ""):
                page.confirmation = action.confirmation(case, form.cleaned_data, today)
            return page.response(request, template="cases/action_confirm.html")
        perform(
            action.name, case, sent.data, request.user, today, version=sent.version, key=sent.key, files=request.FILES
        )
    except NotVisible as error:
        raise Http404 from error
    except Forbidden as error:
        raise PermissionDenied(str(error.message)) from error
    except ActionError as error:
        return _refused(request, case, action, sent, error, today)
    messages.success(request, _("Done and recorded: %(action)s") % {"action": action.label})
    return redirect("case_detail", case.pk)


def _with_one_more(case: Case, action: Action, data: Mapping[str, Any], block: str, user, today: date) -> Any:
    """The form as typed, unjudged, with an empty row more in the block. :raises Http404: it has no such block."""
    form = action.build_form(case, data, None, user, today)
    rows = getattr(form, str(block), None)
    if not isinstance(rows, Rows):
        raise Http404
    first = next(iter(rows.empty_form.fields))
    form = action.build_form(case, {**data, f"{block}-{rows.next_index}-{first}": ""}, None, user, today)
    blocks = [value for value in vars(form).values() if isinstance(value, Rows)]
    for part in (form, *chain.from_iterable(blocks)):
        forget_errors(part)
    return form


def _require_permission(case: Case, action: Action, user, today: date) -> None:
    if not action.is_permitted(case, user, today):
        raise PermissionDenied(_("Your roles do not allow “%(action)s” here.") % {"action": action.label})


def _version(sent: ActionInput, case: Case) -> int:
    return sent.version if sent.version is not None else case.version


def _checked(case: Case, action: Action, sent: ActionInput, user, today: date) -> forms.BaseForm:
    """What `perform` would refuse is refused before the confirmation already. Returns the valid form."""
    if sent.version is not None and sent.version != case.version:
        raise StaleVersion(case.version)
    if refusal := action.state_refusal(case, today):
        raise WrongState(refusals=[refusal])
    form = action.build_form(case, sent.data, None, user, today)
    if not form.is_valid():
        raise InvalidInput(form)
    if refusals := action.guard_refusals(case, form.cleaned_data, today):
        raise GuardRefused(refusals=refusals)
    return form


def _refused(
    request: HttpRequest, case: Case, action: Action, sent: ActionInput, error: ActionError, today: date
) -> HttpResponse:
    """The form again with every entry kept, and why it was refused; after somebody else's change also what is new."""
    if isinstance(error, InvalidInput):
        return ActionPage(case, action, error.form, _version(sent, case)).response(request, error.status)
    case = visible_case(request.user, case.pk, today)
    refusals, entries, news, version = list(error.refusals), [], None, _version(sent, case)
    if isinstance(error, StaleVersion):
        found = reconcile(action, case, sent.data, sent.version, request.user, today, request.FILES)
        form, news, version, entries = found.form, found.news, found.version, since(case, sent.version)
        refusals += registry.refusals(action, case, request.user, today)
    else:
        form = action.build_form(case, sent.data, request.FILES, request.user, today)
    if form.is_valid():
        for refusal in refusals:
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal.message))
    page = ActionPage(case, action, form, version, refusals=tuple(refusals), entries=entries, news=news)
    return page.response(request, error.status)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was typed, to travel on with the confirmation."""
    return [(name, value) for name, values in request.POST.lists() if name not in {*NOT_DATA, STEP} for value in values]


def spoken(form: forms.BaseForm) -> list[tuple[str, str]]:
    """The filled fields of a valid form as a person reads them: label and value."""
    answers = []
    for bound in form.visible_fields():
        value = form.cleaned_data.get(bound.name)
        if value not in (None, "", [], ()):
            answers.append((str(bound.label), _in_words(bound.field, value)))
    return answers


def _in_words(entry: forms.Field, value: Any) -> str:
    if isinstance(entry, forms.ModelMultipleChoiceField):
        return _joined(entry.label_from_instance(item) for item in value)
    if isinstance(entry, forms.ModelChoiceField):
        return str(entry.label_from_instance(value))
    if isinstance(entry, forms.MultipleChoiceField):
        labels = _flat(entry.choices)
        return _joined(labels.get(str(item), str(item)) for item in value)
    if isinstance(entry, forms.ChoiceField):
        return _flat(entry.choices).get(str(value), str(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return long_date(value) if isinstance(value, date) else str(value)


def _joined(texts: Iterable[object]) -> str:
    return pgettext("between two names", ", ").join(str(text) for text in texts)


def _flat(choices: Iterable) -> Mapping[str, str]:
    """Labels by value; groups are opened."""
    found: dict[str, str] = {}
    for value, label in choices:
        found |= _flat(label) if isinstance(label, list | tuple) else {str(value): str(label)}
    return found
