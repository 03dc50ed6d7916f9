"""A party as one person may see it: ready values for lists, fragments and the API."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.functional import Promise

from casemgr.parties.messages import LEVELS, WHY
from casemgr.parties.models import Party
from casemgr.parties.scope import in_scope
from casemgr.parties.search import Match


@dataclass(frozen=True)
class PartyRow:
    """Numbers are masked always, name and address outside the viewer's scope."""

    id: int
    kind: str
    kind_label: str
    name: str
    identity_kind: str
    identity_label: str
    masked_number: str
    masked_phone: str
    birth_year: int | None
    address: str
    is_in_scope: bool

    def as_dict(self) -> dict:
        return asdict(self)


def party_row(party: Party, is_in_scope: bool, today: date) -> PartyRow:
    return PartyRow(
        id=party.pk,
        kind=party.kind,
        kind_label=str(party.get_kind_display()),
        name=party.shown_name(is_in_scope, today),
        identity_kind=party.identity_kind,
        identity_label=str(party.get_identity_kind_display()) if party.identity_kind else "",
        masked_number=party.masked_number,
        masked_phone=party.masked_phone,
        birth_year=party.birth_on.year if party.birth_on and is_in_scope else None,
        address=party.shown_address(is_in_scope),
        is_in_scope=is_in_scope,
    )


def party_rows(parties: Collection[Party], actor, today: date) -> list[PartyRow]:
    """Rows for the viewer, in the same order; a fixed number of queries."""
    visible = in_scope(actor, parties, today)
    return [party_row(party, party.pk in visible, today) for party in parties]


@dataclass(frozen=True)
class MatchRow:
    """A known party that a new entry may double."""

    row: PartyRow
    level: str
    level_label: str | Promise
    why: str | Promise


def match_rows(matches: Collection[Match], actor, today: date) -> list[MatchRow]:
    rows = party_rows([match.party for match in matches], actor, today)
    return [
        MatchRow(row, match.level, LEVELS[match.level], WHY[match.why])
        for match, row in zip(matches, rows, strict=True)
    ]
