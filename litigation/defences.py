"""Defences against the suit itself: why a court dismisses it (Interpretation 2018, art. 69), proposed from the file.

A proposal is a hint with its reason. Whether a defence is raised, a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases.matters import Matter
from casemgr.cases.models import Deadline

SUING = ("L-SUE6M", "L-SUE15", "L-SUE1Y", "L-SUEMAX", "L-OMIT-SUE")
LATE = (Deadline.Status.MET_LATE, Deadline.Status.LAPSED)
NEW_LAW = date(2024, 1, 1)
"""Since then more matters must go to reconsideration first (Reconsideration Law 2023, art. 23(1))."""
FIRST_TO_RECONSIDERATION: dict[str, str | Promise] = {
    Matter.OMISSION: gettext_lazy("a duty not performed (Reconsideration Law, art. 23(1)(3))"),
    Matter.DISCLOSURE: gettext_lazy("information not disclosed (art. 23(1)(4))"),
    Matter.RIGHT_DETERMINATION: gettext_lazy("acquired rights to natural resources infringed (art. 23(1)(2))"),
}


class Defence(models.TextChoices):
    """Interpretation 2018, art. 69(1)."""

    LATE = "late", gettext_lazy("Sued too late (art. 69(1)(2))")
    WRONG_DEFENDANT = "defendant", gettext_lazy("Wrong defendant (art. 69(1)(3))")
    RECONSIDERATION_FIRST = "first", gettext_lazy("Reconsideration must come first (art. 69(1)(5))")
    REPEATED = "repeated", gettext_lazy("Sued again (art. 69(1)(6), (7))")
    NO_EFFECT = "no_effect", gettext_lazy("The act does not touch the plaintiff's rights (art. 69(1)(8))")
    BOUND = "bound", gettext_lazy("Decided already by an effective paper (art. 69(1)(9))")
    SCOPE = "scope", gettext_lazy("Not a matter for administrative suits (Litigation Law, art. 13, 49)")
    OTHER = "other", pgettext_lazy("defence", "Another one")


@dataclass(frozen=True)
class Proposal:
    """A defence the file points to, and why."""

    code: Defence
    reason: str


def proposals(case: Any, deadlines: Iterable[Any]) -> list[Proposal]:
    """What the recorded days and the kind of matter point to."""
    facts, found = case.facts, []
    late = [row for row in deadlines if row.rule in SUING and row.status in LATE]
    if late:
        ends = min(row.due_on for row in late if row.due_on)
        found.append(Proposal(Defence.LATE, _("The period to sue ended on %(day)s.") % {"day": ends.isoformat()}))
    acted_on = case.act.acted_on if case.act is not None else None
    is_new = acted_on is None or acted_on >= NEW_LAW
    if not facts.after_reconsideration and is_new and facts.matter in FIRST_TO_RECONSIDERATION:
        words = {"matter": FIRST_TO_RECONSIDERATION[facts.matter]}
        reason = _("No reconsideration is recorded, and this may be %(matter)s.") % words
        found.append(Proposal(Defence.RECONSIDERATION_FIRST, reason))
    return found


__all__ = ["Defence", "Proposal", "proposals"]
