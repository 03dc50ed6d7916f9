"""When an agreement takes effect: the last of the acts its rule asks for (dossier §0-5). Pure, without the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.models import Agreement
from mediation.terms import CourtTrack

Rule = Agreement.Rule


class Act(models.TextChoices):
    """What is done under an agreement."""

    SIGNATURES = "signatures", _("Signatures, seals or fingerprints of all parties")
    MEDIATOR = "mediator", _("Signature of the mediator")
    SEAL = "seal", _("Seal of the committee")
    AGREEMENT = "agreement", _("The parties' oral agreement")


ASKED: Mapping[str, tuple[Act, ...]] = {
    # People's Mediation Law, art. 29; Labour Disputes Law, art. 14; Regulation on medical disputes, art. 39
    Rule.ORDINARY: (Act.SIGNATURES, Act.MEDIATOR, Act.SEAL),
    # Rules on online mediation, art. 19(2): when all parties have completed the electronic signature
    Rule.PLATFORM: (Act.SIGNATURES,),
    # Provisions on invited mediation, art. 24, against art. 29: the thirty days count from the earlier [design]
    Rule.COURT: (Act.SIGNATURES,),
    # People's Mediation Law, art. 30
    Rule.ORAL: (Act.AGREEMENT,),
    # Entered from the office's earlier records, which give the day alone
    Rule.RECORDED: (Act.AGREEMENT,),
}
"""The acts without which an agreement under the rule is in no effect."""
IN_THE_FILE = (Act.SIGNATURES, Act.MEDIATOR, Act.SEAL)
"""What every written agreement bears in the end, whether its effect waits for it or not (art. 29)."""


@dataclass(frozen=True)
class Acts:
    """The days of the acts; None: not done yet. `signatures`: by id of the part each required signer has."""

    rule: str
    signatures: Mapping[int, date | None] = field(default_factory=dict)
    mediator_on: date | None = None
    sealed_on: date | None = None
    agreed_on: date | None = None

    def day(self, act: str) -> date | None:
        """The day on which the act was complete."""
        if act == Act.SIGNATURES:
            days = list(self.signatures.values())
            return None if not days or None in days else max(day for day in days if day)
        return {Act.MEDIATOR: self.mediator_on, Act.SEAL: self.sealed_on, Act.AGREEMENT: self.agreed_on}[Act(act)]


@dataclass(frozen=True)
class Effect:
    """`on`: the first day in effect, None while acts are missing. `last`: which of the acts brought it about."""

    on: date | None
    last: tuple[Act, ...] = ()
    missing: tuple[Act, ...] = ()
    to_be_added: tuple[Act, ...] = ()
    """Not asked for the effect, but still owed to the file."""


def effect_of(acts: Acts) -> Effect:
    """The one place that says when an agreement takes effect."""
    asked = ASKED[acts.rule]
    days = {act: acts.day(act) for act in asked}
    missing = tuple(act for act, day in days.items() if day is None)
    owed = (
        ()
        if acts.rule in (Rule.ORAL, Rule.RECORDED)
        else tuple(a for a in IN_THE_FILE if a not in asked and acts.day(a) is None)
    )
    if missing:
        return Effect(None, missing=missing, to_be_added=owed)
    on = max(day for day in days.values() if day)
    return Effect(on, last=tuple(act for act, day in days.items() if day == on), to_be_added=owed)


def rule_for(facts, *, on_paper: bool = False) -> str:
    """Which text decides, by how the dispute came and how it is signed; `on_paper`: not signed on the platform."""
    if facts.on_platform and not on_paper:
        return Rule.PLATFORM
    return Rule.COURT if facts.court_track == CourtTrack.DELEGATED else Rule.ORDINARY
