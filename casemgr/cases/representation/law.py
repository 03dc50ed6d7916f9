"""What a procedure's statute says of agents and representatives: `Procedure.extra["representation"]`, read here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casemgr.cases.models import Case


@dataclass(frozen=True)
class Limit:
    """At most so many at a time, with the article; `counts` are the professions that share the number (empty: all)."""

    most: int
    article: str
    counts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ElectionRule:
    """`duty`: with that many they are to elect, not only may; `all_sign`: the article by which all sign the paper."""

    least: int
    most: int
    article: str
    duty: bool = False
    all_sign: str = ""


@dataclass(frozen=True)
class RepresentationLaw:
    """Functions of the case and the day, because the text in force on the day decides.

    `election` gives None where no text knows an election by so few, with `no_election` as the article.
    `consent`: the articles by matter that need every member's consent.
    """

    agents: Callable[[Case, str, str, date], Limit | None]
    """(case, role of the principal, profession of the agent, day)"""
    authority: Callable[[Case, date], str]
    """The article that lets an agent do only what the power of attorney says."""
    election: Callable[[Case, str, int, date], ElectionRule | None]
    consent: Callable[[Case, date], Mapping[str, str]]
    applied_on: Callable[[Case], date | None]
    """The day on which the case was brought: capacity is judged on it."""
    statutory: Callable[[Case], str]
    """The article by which the statutory agent brings the case."""
    needs_staff: Callable[[Case, str, date], str] = lambda case, role, day: ""
    """The article that forbids this side to be spoken for by a lawyer alone; empty: none does."""
    groups: tuple[str, ...] = field(default=("applicant",))
    """The sides that may elect representatives."""
    persons: tuple[str, ...] = field(default=("applicant", "third_party"))
    """The sides on which persons stand, whose capacity is looked at."""
    bars_acceptance: bool = True
    """Whether a case in which somebody without any capacity stands alone cannot be taken up."""


def law_of(case: Case) -> RepresentationLaw | None:
    """None: the procedure has not said; its cases then offer no such step."""
    return case.definition.extra.get("representation")
