"""What hangs on a step outside the register: rows above, such as papers, say whether and how it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from casemgr.actions.errors import Refusal
from casemgr.cases.models import Case, CaseStep
from casemgr.cases.procedure import Text


@dataclass(frozen=True)
class Consequence:
    """`refuse`: why the step cannot be taken back. `undo`: do it. `describe`: what will happen, in sentences."""

    refuse: Callable[[Case, CaseStep, date], Iterable[Refusal]]
    undo: Callable[[Case, CaseStep, str, date], None]
    describe: Callable[[Case, CaseStep], Iterable[Text]]


_consequences: dict[str, Consequence] = {}


def register(name: str, consequence: Consequence) -> None:
    """Called from AppConfig.ready() of the row above."""
    _consequences[name] = consequence


def every() -> tuple[Consequence, ...]:
    return tuple(_consequences.values())
