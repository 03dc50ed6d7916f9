"""What the rows above add to the case page: sections and next steps, registered in their AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases.models import Case
from casemgr.cases.procedure import Text

PanelContext = Callable[[Case, Any, date], dict[str, Any]]
"""`(case, user, today)` → the variables of the section's template, in a fixed number of queries."""

PROCEDURE_ORDER = 50
"""Where a procedure's own sections stand among the registered ones; parties stand before, the timeline after all."""


@dataclass(frozen=True)
class NextStep:
    """A step the page may propose; of those that are possible the one with the highest `primary` is the next one.

    `refusals` say why the step is blocked now; a step with `primary` 0 is only offered under the other actions.
    `too_early`: it can be prepared, but not completed yet, for these reasons; told where nothing else comes next.
    """

    label: Text
    url: str
    primary: int = 0
    why: Text = ""
    refusals: tuple[Refusal, ...] = ()
    topic: Topic = Topic.COURSE
    too_early: tuple[Refusal, ...] = ()

    @property
    def is_possible(self) -> bool:
        return not self.refusals


StepProvider = Callable[[Case, Any, date], Iterable[NextStep]]


@dataclass(frozen=True)
class Panel:
    order: int
    template: str
    context: PanelContext


Whereabouts = Callable[[Case], Iterable[Text]]
"""Says in sentences with whom something of the case lies now, from what the page has loaded already."""

WorklistContext = Callable[[Any, date], dict[str, Any]]
"""`(user, today)` → the variables of a section above the worklist, in a fixed number of queries."""


@dataclass(frozen=True)
class ActionNote:
    """A link on the page of a step: a rule of the office's own that governs it."""

    label: Text
    url: str


ActionNotes = Callable[[Case, str, date], Iterable[ActionNote]]
"""`(case, name of the action, today)`."""

_panels: dict[str, Panel] = {}
_action_notes: list[ActionNotes] = []
_worklist: dict[str, WorklistContext] = {}
_step_providers: list[StepProvider] = []
_whereabouts: list[Whereabouts] = []


def register_panel(order: int, template: str, context: PanelContext) -> None:
    """Add a section to every case page (registering a template again replaces it)."""
    _panels[template] = Panel(order, template, context)


def register_worklist_section(template: str, context: WorklistContext) -> None:
    """Add what waits for the person beside the cases' own deadlines, such as papers to sign."""
    _worklist[template] = context


def worklist_sections(user, today: date) -> list[tuple[str, dict[str, Any]]]:
    return [(template, context(user, today)) for template, context in _worklist.items()]


def register_steps(provider: StepProvider) -> None:
    """Add steps that are no action of the case itself, such as drafting the paper that comes next."""
    if provider not in _step_providers:
        _step_providers.append(provider)


def panels_of(case: Case, user, today: date) -> list[tuple[str, dict[str, Any]]]:
    """Template and variables of every section, in order: the registered ones and the procedure's own."""
    own = [Panel(PROCEDURE_ORDER, template, context) for template, context in case.definition.case_sections]
    panels = sorted([*_panels.values(), *own], key=lambda panel: panel.order)
    return [(panel.template, panel.context(case, user, today)) for panel in panels]


def registered_steps(case: Case, user, today: date) -> list[NextStep]:
    return [step for provider in _step_providers for step in provider(case, user, today)]


def register_action_notes(provider: ActionNotes) -> None:
    """Add links to the pages of steps on a case."""
    if provider not in _action_notes:
        _action_notes.append(provider)


def action_notes(case: Case, action: str, today: date) -> list[ActionNote]:
    return [note for provider in _action_notes for note in provider(case, action, today)]


def register_whereabouts(provider: Whereabouts) -> None:
    """Add to the next step with whom the case's papers lie."""
    if provider not in _whereabouts:
        _whereabouts.append(provider)


def whereabouts_of(case: Case) -> list[Text]:
    return [text for provider in _whereabouts for text in provider(case)]
