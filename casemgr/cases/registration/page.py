"""The page on which a case of any procedure is registered: kept while it is typed, and done once for each key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from casemgr.actions import registry
from casemgr.actions.action import Action
from casemgr.actions.errors import ActionError, Forbidden, InvalidInput, KeyReused
from casemgr.actions.perform import perform
from casemgr.cases.drafts import keeping
from casemgr.cases.models import Case
from casemgr.cases.registration.form import RegistrationForm
from casemgr.pages.clock import today as clock_today
from casemgr.pages.requests import ActionInput, action_input

ADD = "add"
"""The button that adds a row sends the block's name; nothing is registered then."""
DRAFT = "draft"
MOST_SHOWN = 20

View = Callable[[HttpRequest], HttpResponse]
Initial = Callable[[HttpRequest, date], Mapping[str, Any]]
"""What a page that begins empty proposes, such as what is known of the lead its address names."""


def _nothing(request: HttpRequest, today: date) -> Mapping[str, Any]:
    return {}


def registration_view(action: type[Action], template: str, *, initial: Initial = _nothing) -> View:
    """The view of one procedure's registration form; `action.form` is a `RegistrationForm`.

    The template extends `cases/registration/page.html`. The procedure registers its `KeptForm` beside.
    """
    page = _RegistrationPage(action, template, initial)

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        return page.answer(request, clock_today())

    return view


@dataclass(frozen=True)
class _RegistrationPage:
    action: type[Action]
    template: str
    initial: Initial

    def answer(self, request: HttpRequest, today: date) -> HttpResponse:
        """`?draft=` goes on with one that was saved; a POST registers, or adds a row."""
        if not registry.get(self.action.name).is_permitted(None, request.user, today):
            raise PermissionDenied
        if request.method != "POST":
            return self._begin(request, today)
        sent = action_input(request)
        if (block := request.POST.get(ADD)) in self.action.form.blocks:
            return self._show(request, self._with_row(sent.data, block, request.user, today), sent.key)
        return self._register(request, sent, today)

    # beginning

    def _begin(self, request: HttpRequest, today: date) -> HttpResponse:
        key = request.GET.get(DRAFT, "")
        if key and (case := self._registered(request, key)) is not None:
            return redirect(case)
        entries = keeping.open_draft(request.user, self.action.name, key) if key else None
        if entries is not None:
            return self._show(request, self._form(entries, request.user, today).unjudged(), key)
        if key:
            messages.warning(request, _("This draft is not here any more: it was discarded, or its time was over."))
        shown = {f"{block}_shown": asked for block in self.action.form.blocks if (asked := _count(request, block))}
        initial = dict(self.initial(request, today))
        return self._show(request, self.action.form(actor=request.user, today=today, initial=initial, **shown))

    def _registered(self, request: HttpRequest, key: str | None) -> Case | None:
        """The case that the page's key has registered already."""
        done = keeping.performed_with(request.user, self.action.name, key) if key else None
        return Case.objects.filter(pk=done.subject_id).first() if done is not None else None

    # sending

    def _register(self, request: HttpRequest, sent: ActionInput, today: date) -> HttpResponse:
        try:
            case = perform(self.action.name, None, sent.data, request.user, today, key=sent.key)
        except InvalidInput as error:
            return self._show(request, self._judged(error, sent, request.user, today), sent.key, error.status)
        except KeyReused as error:
            return self._sent_before(request, error, sent, today)
        except Forbidden as error:
            raise PermissionDenied(str(error.message)) from error
        except ActionError as error:
            return self._show(request, self._refused(error, sent, request.user, today), sent.key, error.status)
        messages.success(request, _("Registered as %(number)s.") % {"number": case.number})
        return HttpResponseClientRedirect(case.get_absolute_url()) if request.htmx else redirect(case)

    def _sent_before(self, request: HttpRequest, error: KeyReused, sent: ActionInput, today: date) -> HttpResponse:
        """The line was cut after the registration arrived, and something was changed before it was sent again."""
        if (case := self._registered(request, sent.key)) is None:  # the key did something else: this needs a new one
            return self._show(request, self._refused(error, sent, request.user, today), status=error.status)
        form = self._form(sent.data, request.user, today).unjudged()
        return self._show(request, form, sent.key, error.status, registered=case)

    # the form

    def _form(self, data: Mapping[str, Any], user: Any, today: date) -> RegistrationForm:
        return self.action.form(data, actor=user, today=today)

    def _with_row(self, data: Mapping[str, Any], block: str, user: Any, today: date) -> RegistrationForm:
        """As typed, unjudged, with one more empty row at the end of the block."""
        row = f"{block}-{self._form(data, user, today).rows_of(block).next_index}"
        added = {f"{row}-{name}": value for name, value in self.action.form.blocks[block].items()}
        return self._form({**data, **added}, user, today).unjudged()

    def _judged(self, error: InvalidInput, sent: ActionInput, user: Any, today: date) -> RegistrationForm:
        """The form that was refused; when a step within the registration refused its own, that one's reasons here."""
        if isinstance(error.form, self.action.form):
            return error.form
        return self._refused(error, sent, user, today)

    def _refused(self, error: ActionError, sent: ActionInput, user: Any, today: date) -> RegistrationForm:
        form = self._form(sent.data, user, today)
        form.is_valid()
        if not error.refusals:
            form.add_error(None, str(error.message))
        for refusal in error.refusals:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return form

    def _show(
        self, request: HttpRequest, form: RegistrationForm, key: str | None = None, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {"form": form, "key": key or "", "action": registry.get(self.action.name), **more}
        return render(request, self.template, context, status=status)


def _count(request: HttpRequest, block: str) -> int:
    """How many empty rows the address asks for, as in `?people=2`; 0 when it does not say."""
    asked = request.GET.get(block, "")
    return min(int(asked), MOST_SHOWN) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0


__all__ = ["registration_view"]
