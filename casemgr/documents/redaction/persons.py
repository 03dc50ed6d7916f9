"""What a case's records know about its persons, in words that must not be read outside the office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from casemgr.cases.models import Case, Participation
from casemgr.documents.redaction.finding import BLANK, Kind, Known
from casemgr.parties.models import Party
from casemgr.parties.names import public_masks

_TO_BANNER = re.compile(
    r"^(?:(?:(?![镇乡村])[\u4e00-\u9fff]){1,8}?(?:自治区|省|盟|市))*(?:(?![镇乡村])[\u4e00-\u9fff]){1,6}?(?:旗|县|区|市)"
)
_SHORTEST = 2


@dataclass
class KnownWords:
    """`exempt`: what agencies and organisations say of themselves; `has_minor`: schools are looked for too."""

    known: list[Known] = field(default_factory=list)
    exempt: list[str] = field(default_factory=list)
    has_minor: bool = False


def known_words(case: Case) -> KnownWords:
    """Of everybody who takes or took part, agents and representatives too. Opens numbers in memory only.

    Who was a minor when the case was opened stays one in its paper.
    """
    found = KnownWords()
    parts = Participation.objects.filter(case_id=case.pk).select_related("party").prefetch_related("party__other_names")
    people: dict[int, tuple[Party, set[str]]] = {}
    for part in parts.order_by("pk"):
        if part.party.kind != Party.Kind.PERSON:
            found.exempt += [part.party.address, part.party.name, part.name]
            continue
        party, names = people.setdefault(part.party_id, (part.party, set()))
        names |= {part.name, party.name, *(other.name for other in party.other_names.all())}
    for (party, names), mask in zip(people.values(), _masks(people.values(), case.opened_on), strict=True):
        is_minor = bool(case.opened_on and party.is_minor_on(case.opened_on))
        found.has_minor = found.has_minor or is_minor
        kind = Kind.MINOR if is_minor else Kind.NAME
        found.known += [Known(kind, name, mask) for name in names if len(name) >= _SHORTEST]
        found.known += _details(party)
    return found


def _masks(people, opened_on: date | None) -> list[str]:
    """张某1, 张某2; a minor has no name at all."""
    people = [party for party, _names in people]
    minors = [party for party in people if opened_on and party.is_minor_on(opened_on)]
    adults = [party for party in people if party not in minors]
    shown = dict(zip((party.pk for party in adults), public_masks([party.name for party in adults]), strict=True))
    for number, party in enumerate(minors, 1):
        shown[party.pk] = f"某未成年人{number if len(minors) > 1 else ''}"
    return [shown[party.pk] for party in people]


def _details(party: Party) -> list[Known]:
    pairs: Sequence[tuple[str, str]] = (
        (Kind.NUMBER, party.open_number()),
        (Kind.NUMBER, party.masked_number),
        (Kind.PHONE, party.open_phone()),
        (Kind.PHONE, party.masked_phone),
        (Kind.ADDRESS, below_banner(party.address)),
        (Kind.ADDRESS, below_banner(party.village)),
    )
    return [Known(kind, words, BLANK) for kind, words in dict.fromkeys(pairs) if len(words) > _SHORTEST]


def below_banner(address: str) -> str:
    """树林召镇东园村3社 of 内蒙古自治区鄂尔多斯市达拉特旗树林召镇东园村3社: what the public is not told."""
    return _TO_BANNER.sub("", address.strip())


__all__ = ["KnownWords", "below_banner", "known_words"]
