"""Pages of tokens: everybody's own, and for administrators all of them and the systems that work here."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from casemgr.actions import registry
from casemgr.actions.performing import attempt, blank, is_allowed, version_of
from casemgr.operation.accounts.reach import visible_users
from casemgr.organisation.tokens.models import ApiToken, SystemAccount
from casemgr.organisation.tokens.scopes import SCOPES
from casemgr.pages.clock import today
from casemgr.pages.pagination import paginate

LATEST_FIRST = ["-id"]


@require_GET
def token_list(request: HttpRequest) -> HttpResponse:
    """The person's own tokens, also those that are over."""
    return _listed(request, ApiToken.objects.filter(user=request.user), is_own=True)


@require_GET
def token_list_all(request: HttpRequest) -> HttpResponse:
    """All tokens of people and systems within the administrator's reach."""
    _require_administrator(request)
    return _listed(request, ApiToken.objects.filter(user__in=visible_users(request.user, today())), is_own=False)


def _listed(request: HttpRequest, tokens, *, is_own: bool) -> HttpResponse:
    page = paginate(tokens.select_related("user", "user__system_account"), LATEST_FIRST, request.GET)
    context = {
        "page": page,
        "rows": [(token, _labels(token), _state(token)) for token in page],
        "is_own": is_own,
        "may_create": is_allowed(request, "token.create", None, today()),
        "is_administrator": _is_administrator(request),
    }
    return render(request, "tokens/list.html", context)


def _labels(token: ApiToken) -> list[str]:
    if set(token.scopes) >= set(SCOPES):
        return [_("Everything the roles allow")]
    return [str(SCOPES[code].label) for code in token.scopes if code in SCOPES]


def _state(token: ApiToken) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "good" if token.is_usable(timezone.now()) else "over"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def token_create(request: HttpRequest) -> HttpResponse:
    """Make a token for one's own scripts; the answer shows it, once."""
    name = "token.create"
    if not is_allowed(request, name, None, today()):
        raise PermissionDenied(_("An account without a role has nothing to use a token for."))
    form, status = blank(request, name, None, today()), 200
    if request.method == "POST":
        outcome = attempt(request, name, None, today())
        if outcome.result is not None:
            return _shown_once(request, outcome.result)
        form, status = outcome.form, outcome.status
    return render(request, "tokens/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a token: one's own, or as an administrator any within reach."""
    token = get_object_or_404(ApiToken.objects.select_related("user"), pk=pk)
    name = "token.revoke"
    if not registry.get(name).is_visible(token, request.user, today()):
        raise Http404
    form, status, version = blank(request, name, token, today()), 200, version_of(name, token)
    back = "api_tokens" if token.user_id == request.user.pk else "token_list_all"
    if request.method == "POST":
        outcome = attempt(request, name, token, today())
        if outcome.result is not None:
            messages.success(request, _("The token is revoked: it works no more."))
            return redirect(back)
        form, status, version = outcome.form, outcome.status, outcome.version
    context = {"token": token, "form": form, "version": version, "back": back, "labels": _labels(token)}
    return render(request, "tokens/revoke.html", context, status=status)


@require_GET
def system_list(request: HttpRequest) -> HttpResponse:
    """The systems that work here under a name of their own."""
    _require_administrator(request)
    systems = SystemAccount.objects.filter(user__in=visible_users(request.user, today())).select_related("user")
    return render(request, "tokens/systems.html", {"page": paginate(systems, ["user__username", "id"], request.GET)})


@require_http_methods(["GET", "POST"])
def system_create(request: HttpRequest) -> HttpResponse:
    """Add a system; its roles are given on the page of its account."""
    _require_administrator(request)
    name = "system.create"
    form, status = blank(request, name, None, today()), 200
    if request.method == "POST":
        outcome = attempt(request, name, None, today())
        if outcome.result is not None:
            messages.success(request, _("The system has an account. Give it roles, then make a token."))
            return redirect("system_detail", outcome.result.pk)
        form, status = outcome.form, outcome.status
    return render(request, "tokens/system_create.html", {"form": form}, status=status)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def system_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One system: its roles and tokens, and the form for a new one."""
    _require_administrator(request)
    account = get_object_or_404(SystemAccount.objects.select_related("user"), pk=pk)
    name = "system.create_token"
    if not registry.get(name).is_visible(account, request.user, today()):
        raise Http404
    form, status = blank(request, name, account, today()), 200
    if request.method == "POST":
        outcome = attempt(request, name, account, today())
        if outcome.result is not None:
            return _shown_once(request, getattr(outcome.result, "new_token", None), account)
        form, status = outcome.form, outcome.status
    page = paginate(ApiToken.objects.filter(user=account.user), LATEST_FIRST, request.GET)
    context = {
        "account": account,
        "form": form,
        "held": account.user.role_assignments.in_force(today()).select_related("unit"),
        "page": page,
        "rows": [(token, _labels(token), _state(token)) for token in page],
    }
    return render(request, "tokens/system.html", context, status=status)


def _shown_once(request: HttpRequest, token: ApiToken | None, account: SystemAccount | None = None) -> HttpResponse:
    """Not redirected to: the secret is in this answer only, and in no session. A form sent twice shows none."""
    secret = getattr(token, "secret", "")
    response = render(request, "tokens/secret.html", {"token": token, "secret": secret, "account": account})
    add_never_cache_headers(response)
    return response


def _is_administrator(request: HttpRequest) -> bool:
    return is_allowed(request, "system.create", None, today())


def _require_administrator(request: HttpRequest) -> None:
    if not _is_administrator(request):
        raise PermissionDenied(_("Systems and the tokens of others are kept by administrators."))
