"""What a token may be used for, besides what its owner's roles allow: a script that only reads holds no pen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.organisation.roles import ALL_PROCEDURES, LITIGATION, MEDIATION, RECONSIDERATION

READ = "read"
PARTIES_READ, PARTIES_WRITE = "parties.read", "parties.write"
FIGURES = "figures.read"
OFFICE = "office.write"


@dataclass(frozen=True)
class TokenScope:
    code: str
    label: str | Promise


def write_to(procedure: str) -> str:
    """The scope that registers cases of a procedure and acts on them and on their papers."""
    return f"{procedure}.write"


SCOPES: dict[str, TokenScope] = {
    scope.code: scope
    for scope in (
        TokenScope(READ, _("Read cases, papers and work lists")),
        TokenScope(PARTIES_READ, _("Search and read parties, numbers masked")),
        TokenScope(PARTIES_WRITE, _("Enter and correct parties, see a number in full with a reason")),
        TokenScope(write_to(MEDIATION), _("Register mediation cases and act on them")),
        TokenScope(write_to(RECONSIDERATION), _("Register reconsideration cases and act on them")),
        TokenScope(write_to(LITIGATION), _("Register litigation cases and act on them")),
        TokenScope(FIGURES, _("Read indicators and ledgers")),
        TokenScope(OFFICE, _("Everything else: units, accounts, calendar, background work")),
    )
}
assert {write_to(procedure) for procedure in ALL_PROCEDURES} < set(SCOPES)


def scope_choices() -> list[tuple[str, str | Promise]]:
    return [(scope.code, scope.label) for scope in SCOPES.values()]


def known(codes: Iterable[object]) -> list[str]:
    """Those of the codes that exist, each once, in the order of the list."""
    asked = {code for code in codes if isinstance(code, str)}
    return [code for code in SCOPES if code in asked]
