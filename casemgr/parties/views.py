"""Pages of the registry. No document or phone number is ever read from or written into an address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from casemgr.actions.errors import Conflict, InvalidInput, StaleVersion
from casemgr.actions.news import reconcile
from casemgr.actions.perform import perform
from casemgr.actions.registry import get as get_action
from casemgr.audit.access import record_access
from casemgr.pages.clock import today as clock_today
from casemgr.pages.requests import action_input
from casemgr.parties.capacity import capacity_of
from casemgr.parties.crypto import CannotOpen
from casemgr.parties.data_requests.actions import is_kept_only
from casemgr.parties.data_requests.law import cited
from casemgr.parties.duplicates import Particulars
from casemgr.parties.forms import CorrectPartyForm, LookForm, PartyForm
from casemgr.parties.models import Party
from casemgr.parties.rows import match_rows, party_row, party_rows
from casemgr.parties.scope import is_in_scope, may_handle
from casemgr.parties.search import find, is_number_like, similar_to
from casemgr.parties.splitting import splits_of

LIST_LIMIT = 25
LOOKUP_LIMIT = 8
_NOT_FROM_ADDRESS = gettext_lazy(
    "A document or phone number is not searched from the address line, where it would be kept. "
    "Type it into the box below."
)
CASES_TEMPLATE = "cases/_party_cases.html"

View = Callable[..., HttpResponse]


def party_page(view: View) -> View:
    """For people with any role; what the page shows stays in no cache."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.role_codes(clock_today()):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@party_page
def party_list(request: HttpRequest) -> HttpResponse:
    """Search. Names travel in the address so that Back restores them; numbers only in a POST."""
    if request.method == "POST":
        q = request.POST.get("q", "").strip()
        if not is_number_like(q):
            address = reverse("party_list")
            return redirect(f"{address}?{urlencode({'q': q})}" if q else address)
    else:
        q = request.GET.get("q", "").strip()
        if is_number_like(q):
            messages.warning(request, _NOT_FROM_ADDRESS)
            return redirect("party_list")
    found = find(q, limit=LIST_LIMIT + 1) if q else []
    context = {
        "q": "" if is_number_like(q) else q,
        "asked": bool(q),
        "rows": party_rows(found[:LIST_LIMIT], request.user, clock_today()),
        "has_more": len(found) > LIST_LIMIT,
        "limit": LIST_LIMIT,
        "may_register": get_action("party.register").is_permitted(None, request.user, clock_today()),
    }
    return render(request, "parties/list.html", context)


@require_http_methods(["GET", "HEAD"])
@party_page
def party_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One party with masked numbers. Opening it is recorded."""
    party = get_object_or_404(Party.objects.select_related(*_LINKS), pk=pk)
    if party.merged_into_id:
        return redirect("party_detail", party.survivor().pk)
    record_access(request.user, "party_opened", party)
    return _detail(request, party)


_LINKS = ("unit", "superior", "successor", "registered_by", "merged_into")


def _detail(request: HttpRequest, party: Party, *, look: LookForm | None = None, shown: dict | None = None, status=200):
    today = clock_today()
    visible = is_in_scope(request.user, party, today)
    context = {
        "party": party,
        "row": party_row(party, visible, today),
        "in_scope": visible,
        "may_handle": may_handle(request.user, party, today),
        "may_correct": _may_correct(request, party),
        "age": party.age_on(today) if visible else None,
        "capacity": capacity_of(party, today) if visible and party.kind == Party.Kind.PERSON else None,
        "capacity_facts": list(party.capacity_facts.all()) if visible else [],
        "other_names": list(party.other_names.all()) if visible else [],
        "look": look or LookForm(),
        "shown": shown,
        "splits": splits_of(party),
        "kept_only": cited("47(2)") if is_kept_only(party) else "",
        "may_register_request": get_action("data_request.register").is_permitted(party, request.user, today),
        "cases_template": CASES_TEMPLATE if _exists(CASES_TEMPLATE) else None,
    }
    return render(request, "parties/detail.html", context, status=status)


def _may_correct(request: HttpRequest, party: Party) -> bool:
    today, correct = clock_today(), get_action("party.correct")
    return correct.is_permitted(party, request.user, today) and correct.is_visible(party, request.user, today)


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True


@require_POST
@party_page
def party_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one number in full on this one answer; the look is recorded with its reason."""
    party = get_object_or_404(Party.objects.select_related(*_LINKS), pk=pk)
    if not may_handle(request.user, party, clock_today()):
        raise PermissionDenied(_("Full numbers are shown only to people who handle a case of this party."))
    look = LookForm(request.POST)
    if not look.is_valid():
        return _detail(request, party, look=look, status=422)
    what, reason = look.cleaned_data["what"], look.cleaned_data["reason"]
    try:
        opened = party.full_number if what == "number" else party.full_phone
        number = opened(request.user, reason)
    except CannotOpen:
        look.add_error(None, _("The number cannot be opened: its key was erased or is not configured on this machine."))
        return _detail(request, party, look=look, status=409)
    return _detail(request, party, shown={"what": what, "number": number})


@require_http_methods(["GET", "HEAD", "POST"])
@party_page
def party_new(request: HttpRequest) -> HttpResponse:
    """Enter a party; a known one is found instead of entered twice."""
    if not get_action("party.register").is_permitted(None, request.user, clock_today()):
        raise PermissionDenied(_("Your roles read the registry of parties; they enter nobody."))
    if request.method != "POST":
        return render(request, "parties/new.html", {"form": PartyForm(actor=request.user, today=clock_today())})
    return _perform(request, "party.register", None, "parties/new.html")


@require_http_methods(["GET", "HEAD", "POST"])
@party_page
def party_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put plain data right, with a reason."""
    party = get_object_or_404(Party, pk=pk, merged_into__isnull=True)
    if not _may_correct(request, party):
        raise PermissionDenied(_("Only people who handle a case of this party can correct it."))
    if request.method != "POST":
        form = CorrectPartyForm(subject=party, actor=request.user, today=clock_today())
        return render(request, "parties/correct.html", {"form": form, "party": party, "version": party.version})
    return _perform(request, "party.correct", party, "parties/correct.html")


def _perform(request: HttpRequest, action: str, party: Party | None, template: str) -> HttpResponse:
    sent = action_input(request)
    today = clock_today()
    version, status = sent.version, 422
    try:
        done = perform(action, party, sent.data, request.user, today, version=sent.version, key=sent.key)
    except InvalidInput as error:
        form = error.form
    except StaleVersion as error:
        party = get_object_or_404(Party, pk=party.pk)
        found = reconcile(get_action(action), party, sent.data, sent.version, request.user, today)
        form, version, status = found.form, found.version, error.status
        form.add_error(None, ValidationError(str(error.message)))
    except Conflict as error:
        form_class = PartyForm if party is None else CorrectPartyForm
        form = form_class(sent.data, subject=party, actor=request.user, today=today)
        form.add_error(None, ValidationError(str(error.message)))
    else:
        return redirect("party_detail", done.pk)
    context = {"form": form, "party": party, "version": version}
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@party_page
def party_lookup(request: HttpRequest) -> HttpResponse:
    """Known parties for a typed name or number, masked, as radio buttons of a registration form, or as JSON.

    `q`, or the field `<prefix>-name` or `<prefix>-identity_number` of the form; numbers only by POST.
    """
    sent = request.POST if request.method == "POST" else request.GET
    prefix = sent.get("prefix", "")
    q = (sent.get("q") or sent.get(_named(prefix, "name")) or sent.get(_named(prefix, "identity_number")) or "").strip()
    is_refused = is_number_like(q) and request.method != "POST"
    found = [] if is_refused or not q else find(q, limit=LOOKUP_LIMIT)
    if kind := sent.get("kind", ""):
        found = [party for party in found if party.kind == kind]
    rows = party_rows(found, request.user, clock_today())
    if sent.get("format") == "json" or request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"items": [row.as_dict() for row in rows]})
    context = {"rows": rows, "asked": bool(q), "field": _named(prefix, "known_party")}
    return render(request, "parties/_lookup.html", context)


def _named(prefix: str, name: str) -> str:
    return f"{prefix}-{name}" if prefix else name


@require_POST
@party_page
def party_similar(request: HttpRequest) -> HttpResponse:
    """Known parties that the half-filled form with this `prefix` may double, with level and reason."""
    prefix = request.POST.get("prefix", "")
    form = PartyForm(request.POST, actor=request.user, today=clock_today(), prefix=prefix or None)
    form.is_valid()
    data = form.cleaned_data
    typed = {name: data.get(name) or "" for name in ("name", "identity_number", "identity_kind", "phone", "village")}
    candidate = Particulars(
        name=typed["name"],
        number=typed["identity_number"] or None,
        birth=data.get("birth_on"),
        phone=typed["phone"] or None,
        village=typed["village"],
        kind=data.get("kind") or Party.Kind.PERSON,
        identity_kind=typed["identity_kind"] or None,
    )
    matches = similar_to(candidate)[:LOOKUP_LIMIT] if any(typed.values()) else []
    context = {
        "matches": match_rows(matches, request.user, clock_today()),
        "field": _named(prefix, "known_party"),
        "chosen_row": form.chosen_row(),
    }
    return render(request, "parties/_similar.html", context)
