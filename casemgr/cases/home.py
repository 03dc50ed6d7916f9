"""What a person finds first: their own cases, or what their office waits for from them, by role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases.models import Case, Instruction
from casemgr.cases.panels import worklist_sections
from casemgr.cases.people.standing import HANDLING_ROLES, absent_people
from casemgr.cases.procedure import Text
from casemgr.cases.worklist import QUEUES, Section, unfinished, worklist
from casemgr.organisation.models import User
from casemgr.organisation.roles import HANDLERS
from casemgr.organisation.scope import scope

MINE, OFFICE, ROLE, FOR = "mine", "office", "role", "for-"
LEADING_ROLES = HANDLING_ROLES - {"department"}
"""Who is lead handler of cases. What concerns a department another office leads, and all it sees is its own."""
UNITS_SHOWN = 10
INSTRUCTIONS_SHOWN = 20


@dataclass(frozen=True)
class Home:
    """The first page of those who handle no cases themselves.

    `waits_first`: papers and instructions that wait for the person stand before the cases.
    """

    role: str
    label: Text
    queues: tuple[str, ...]
    waits_first: bool = False
    has_figures: bool = False


HOMES = (
    Home("leader", gettext_lazy("Overview"), tuple(QUEUES), has_figures=True),
    Home("authority", gettext_lazy("To sign and decide"), ("overdue", "today", "week"), waits_first=True),
    Home("archive", gettext_lazy("To be archived"), ("to_archive",)),
)


@dataclass(frozen=True)
class Tab:
    code: str
    label: Text
    is_current: bool


@dataclass
class Work:
    """The page “My work”. `filter` is what a link to the whole list adds to the queue's address."""

    tabs: list[Tab]
    sections: list[Section] = field(default_factory=list)
    awaiting: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    home: Home | None = None
    absent: User | None = None
    filter: str = ""
    overdue_by_unit: list[dict[str, Any]] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)
    is_mediator: bool = False
    may_be_absent: bool = False

    @property
    def is_calm(self) -> bool:
        """Not one case waits: one quiet sentence instead of a page of empty tables."""
        return not any(section.total for section in self.sections)

    @property
    def shown(self) -> list[Section]:
        """The sections below the figures: a leader reads figures first, and rows only of what is overdue."""
        return [s for s in self.sections if s.queue.code == "overdue"] if self.has_figures else self.sections

    @property
    def has_figures(self) -> bool:
        return self.home is not None and self.home.has_figures


def home_of(user: User, today: date) -> Home | None:
    """The home of the person's office; None for those who handle or distribute cases."""
    codes = user.role_codes(today)
    if codes & HANDLING_ROLES:
        return None
    return next((home for home in HOMES if home.role in codes), None)


def work_of(user: User, asked: str, today: date) -> Work:
    """The page as asked: `mine`, `office`, `role`, or `for-` and the id of somebody the person stands in for."""
    if not scope(user, today).procedures:
        return Work(tabs=[])
    home, absent = home_of(user, today), absent_people(user, today)
    handles = bool(user.role_codes(today) & LEADING_ROLES)
    codes = [ROLE] if home else [MINE]
    codes += [*(f"{FOR}{person.pk}" for person in absent), OFFICE]
    whose = asked if asked in codes else ROLE if home else MINE if handles else OFFICE
    labels = {
        MINE: _("My own cases"),
        OFFICE: _("Whole office"),
        ROLE: home.label if home else "",
        **{f"{FOR}{one.pk}": _("Standing in for %(name)s") % {"name": one.full_name} for one in absent},
    }
    work = Work(tabs=[Tab(code, labels[code], code == whose) for code in codes])
    work.is_mediator = "mediator" in user.role_codes(today)
    work.may_be_absent = bool(user.role_codes(today).intersection(HANDLERS))
    if whose == ROLE:
        work.home = home
        work.sections = worklist(user, today, queues=home.queues)
    elif whose == OFFICE:
        work.sections = worklist(user, today)
    else:
        work.absent = next((one for one in absent if whose == f"{FOR}{one.pk}"), None)
        work.sections = worklist(user, today, handlers=[work.absent or user])
        work.filter = f"handler={work.absent.pk if work.absent else 'me'}"
    if work.has_figures:
        work.overdue_by_unit = _overdue_by_unit(user, today)
        work.instructions = _open_instructions(user, today)
    work.awaiting = worklist_sections(user, today)
    return work


def _overdue_by_unit(user: User, today: date) -> list[dict[str, Any]]:
    """Units with their overdue cases, the most first; one query."""
    overdue = unfinished(Case.objects.visible_to(user, today)).filter(QUEUES["overdue"].condition(today))
    rows = overdue.order_by().values("unit_id", "unit__name").annotate(total=Count("pk"))
    return list(rows.order_by("-total", "unit_id")[:UNITS_SHOWN])


def _open_instructions(user: User, today: date) -> list[Instruction]:
    """Unanswered instructions within the scope, the earliest day first."""
    visible = Case.objects.visible_to(user, today).order_by().values("pk")
    found = Instruction.objects.filter(answered_on__isnull=True, case_id__in=visible)
    found = found.select_related("case__lead_handler", "author")
    return list(found.order_by(F("due_on").asc(nulls_last=True), "pk")[:INSTRUCTIONS_SHOWN])
