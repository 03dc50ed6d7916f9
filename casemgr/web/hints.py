"""First-visit hints: a few sentences on the pages where a role works, until the person puts them away."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.organisation.roles import HANDLERS
from casemgr.pages.clock import today


@dataclass(frozen=True)
class Hint:
    """One sentence or two for people with one of `roles` on the page `url_name`."""

    code: str
    url_name: str
    roles: tuple[str, ...]
    text: str | Promise


_READING = ("leader", "auditor")
HINTS = (
    Hint(
        "work-day",
        "worklist",
        HANDLERS,
        _("This is your day: what is overdue stands first, then what is due next. Every number opens its cases."),
    ),
    Hint(
        "work-archive",
        "worklist",
        ("archive",),
        _("A closed case comes here when no period and no paper of it is open any more; you bind and file it."),
    ),
    Hint(
        "work-authority",
        "worklist",
        ("authority",),
        _("Papers that wait for your signature stand here. Read one whole; you may send it back with a word."),
    ),
    Hint(
        "work-panel",
        "worklist",
        ("panel",),
        _("Cases you were invited to stand here while you are needed for them."),
    ),
    Hint(
        "work-leader",
        "worklist",
        _READING,
        _("You see every case and change none. “Figures” shows where the office stands; each figure opens its cases."),
    ),
    Hint(
        "case-next",
        "case_detail",
        HANDLERS,
        _(
            "The blue button is the next step the law allows. What is not possible yet says which article asks for "
            "what. A wrong step can be annulled with a reason; nothing is ever deleted."
        ),
    ),
    Hint(
        "case-days",
        "case_detail",
        (*HANDLERS, *_READING, "authority", "panel", "archive"),
        _("Open a deadline to see how it was counted, day by day, with its article."),
    ),
    Hint(
        "paper-draft",
        "document_edit",
        HANDLERS,
        _(
            "The text was drafted from the case and saves itself. Parts you do not touch follow when the case changes; "
            "parts you have typed in stay as you wrote them."
        ),
    ),
    Hint(
        "parties-find",
        "party_list",
        HANDLERS,
        _("Type part of a name, its pinyin initials or a whole number. Each person and office is entered only once."),
    ),
    Hint(
        "list-filters",
        "case_list",
        (*HANDLERS, *_READING, "archive", "authority"),
        _("The filters stand in the address: keep it as a bookmark, or save them here under a name."),
    ),
    Hint(
        "figures-rows",
        "indicator_list",
        (*HANDLERS, *_READING, "admin", "authority"),
        _("Each figure says how it is counted and opens exactly the cases it counts."),
    ),
    Hint(
        "admin-begin",
        "administration",
        ("admin",),
        _("“Going live” lists what is left to do before people work with real cases, in order."),
    ),
    Hint(
        "audit-begin",
        "administration",
        ("auditor",),
        _("The access log says who looked at what; “Seals” proves that no row was changed afterwards."),
    ),
)


def hints_of(request: HttpRequest) -> list[Hint]:
    """What this person has not put away yet, for the page they are on."""
    user, match = getattr(request, "user", None), request.resolver_match
    if user is None or match is None or request.method != "GET" or not user.is_authenticated:
        return []
    here = [hint for hint in HINTS if hint.url_name == match.url_name and hint.code not in user.hints_seen]
    if not here:
        return []
    codes = user.role_codes(today())
    return [hint for hint in here if codes.intersection(hint.roles)]


def put_away(user, codes: list[str]) -> None:
    """Do not show these again. Codes nobody knows are ignored."""
    known = {hint.code for hint in HINTS}
    _keep(user, sorted({*user.hints_seen, *codes} & known))


def show_again(user) -> None:
    """Show every hint anew."""
    _keep(user, [])


def _keep(user, codes: list[str]) -> None:
    # A preference, not evidence: no history row.
    get_user_model().objects.filter(pk=user.pk).update(hints_seen=codes)
    user.hints_seen = codes
