"""What every page needs: navigation, the office's name, the person's roles."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casemgr.notices.models import Notice
from casemgr.organisation.office import entered_name
from casemgr.organisation.roles import ROLES
from casemgr.pages.clock import today
from casemgr.web.hints import hints_of
from casemgr.web.manual.addresses import help_address
from casemgr.web.navigation import menu

SHOWN_ROLES = 2
UNREAD_LIMIT = 100


def page(request: HttpRequest) -> dict:
    """Lazy, so that a fragment that shows none of it pays for none of it."""
    return {
        "office_name": SimpleLazyObject(_office_name),
        "navigation": SimpleLazyObject(lambda: menu(request)),
        "user_roles": SimpleLazyObject(lambda: _role_labels(request)),
        "hints": SimpleLazyObject(lambda: hints_of(request)),
        "unread_notices": SimpleLazyObject(lambda: _unread(request)),
        "session_seconds": settings.SESSION_COOKIE_AGE,
        "today": today(),
        "help_address": SimpleLazyObject(lambda: help_address(request)),
        "practice": settings.PRACTICE,
    }


def _office_name() -> str:
    """As entered; before that, or while the database does not answer, as the server's settings say."""
    try:
        entered = entered_name(today())
    except DatabaseError:  # an error page is shown all the same
        entered = ""
    return entered or settings.OFFICE_NAME or _("Dalad Banner Justice Bureau")


def _unread(request: HttpRequest) -> str:
    """Unread notices, counted up to a hundred."""
    if not request.user.is_authenticated:
        return ""
    count = Notice.objects.filter(recipient=request.user, read_at__isnull=True)[:UNREAD_LIMIT].count()
    return f"{UNREAD_LIMIT - 1}+" if count == UNREAD_LIMIT else str(count or "")


def _role_labels(request: HttpRequest) -> str:
    codes = request.user.role_codes(today()) if request.user.is_authenticated else ()
    labels = [str(role.label) for code, role in ROLES.items() if code in codes]
    text = pgettext("between two roles", ", ").join(labels[:SHOWN_ROLES])
    return _("%(roles)s and others") % {"roles": text} if len(labels) > SHOWN_ROLES else text
