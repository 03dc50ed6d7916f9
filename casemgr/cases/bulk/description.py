"""A case in plain words, before it is a row: what a validated entry says. Both lanes write from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from casemgr.cases.models import Event
from casemgr.parties.models import Party


@dataclass(frozen=True)
class ActDescription:
    """The attacked act; the register holds it once (`same_as`)."""

    agency: Party
    number: str
    acted_on: date | None
    kind: str
    title: str

    @property
    def same_as(self) -> tuple | None:
        """What one act's rows share: its number, or without one its day, kind and title. None: nothing tells it."""
        if self.number:
            return (self.agency.pk, self.number)
        return (self.agency.pk, "", self.acted_on, self.kind, self.title) if self.acted_on else None


@dataclass(frozen=True)
class Part:
    """A party with its part in the case. `order` counts within the role."""

    party: Party
    role: str
    electronic_address: str = ""
    consents_to_electronic_service: bool = False


@dataclass(frozen=True)
class Happening:
    """What becomes an event; without a day it is one of unknown date."""

    kind: str
    occurred_on: date | None
    precision: str = Event.Precision.DAY
    as_written: str = ""
    party: Party | None = None
    subject: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class CaseDescription:
    """`columns`: those of the case that the entry decides (title, unit, state, opened_on, closed_on, outcome …).

    `number`: (text, year, sequence) of a paper register; None takes the next one of the year of `numbered_on`.
    `numbered_by`: code and name of whoever counts for itself in the series; of an office-wide series nobody.
    `facts`: the procedure's row of facts, still without its case.
    `key`, `fingerprint`: of an entry that must happen once, as `perform` keeps them.
    """

    procedure: str
    columns: dict[str, Any]
    facts: models.Model | None = None
    parts: list[Part] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    act: ActDescription | None = None
    number: tuple[str, int, int] | None = None
    numbered_on: date | None = None
    numbered_by: tuple[str, str] = ("", "")
    key: str = ""
    fingerprint: str = ""
