"""What the ground knows of a procedure: one `Procedure` object, registered in the procedure's AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casemgr.cases.representation import sentences

if TYPE_CHECKING:
    from casemgr.cases.events import Fact
    from casemgr.cases.models import Case, Event

Text = str | Promise


class Stage(StrEnum):
    """Common to all procedures, so that lists across them filter without mixing their words."""

    INTAKE = "intake"
    WAITING = "waiting"
    OPEN = "open"
    DECIDED = "decided"
    PERFORMING = "performing"
    CLOSED = "closed"
    ARCHIVED = "archived"


STAGE_LABELS: Mapping[str, Text] = {
    Stage.INTAKE: _("Intake"),
    Stage.WAITING: _("Waiting for others"),
    Stage.OPEN: _("In progress"),
    Stage.DECIDED: _("Decided"),
    Stage.PERFORMING: _("Performing"),
    Stage.CLOSED: _("Closed"),
    Stage.ARCHIVED: _("Archived"),
}
ENDED_STAGES = (Stage.CLOSED, Stage.ARCHIVED)


@dataclass(frozen=True)
class State:
    """A procedure's own word for where a case stands, and the common stage it belongs to."""

    code: str
    label: Text
    stage: Stage


@dataclass(frozen=True)
class EventKind:
    """`label` names what happened. `sentence`, if given, says it with the event's data.

    `about(data, masked)`: what a period that begins with it is about, where a case may have several of one rule;
    `masked` with names as those see them who are not shown the case.
    """

    code: str
    label: Text
    sentence: Callable[[Event], Text] | None = None
    is_milestone: bool = False
    about: Callable[[Mapping[str, Any], bool], str] | None = None


@dataclass(frozen=True)
class Step:
    """One step of the case page's stepper: reached when any of `events` has happened.

    `is_optional(case)`: the way may go on without it; it is shown only once reached. `is_unfinished(case)`: it has
    happened for some of several people, and others are left. `counts(case, fact)`: whether such an event is the step,
    where not each is.
    """

    label: Text
    events: tuple[str, ...]
    is_optional: Callable[[Case], bool] | None = None
    is_unfinished: Callable[[Case], bool] | None = None
    counts: Callable[[Case, Fact], bool] | None = None


@dataclass(frozen=True)
class Procedure:
    """Everything the ground needs; lists it cannot read itself are opaque and read by the row that owns the idea."""

    code: str
    name: Text
    case_model: type[Case]
    states: tuple[State, ...]
    event_kinds: tuple[EventKind, ...]
    rules: tuple[Any, ...]
    actions: tuple[type, ...]
    number_series: str
    register_action: str
    steps: tuple[Step, ...] = ()
    document_kinds: tuple[Any, ...] = ()
    case_sections: tuple[Any, ...] = ()
    """Templates the case page includes, each with its context function: `(template, context(case, user, today))`."""
    facts_of: Callable[[Case], Any] = lambda case: None
    own_bodies: tuple[str, ...] = ("office",)
    """Bound-party codes whose duties are our own side's."""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def state(self, code: str) -> State:
        return self._states()[code]

    def event_kind(self, code: str) -> EventKind:
        return self._kinds().get(code) or COMMON_EVENTS[code]

    @property
    def own_event_kinds(self) -> frozenset[str]:
        """Codes of the kinds that only this procedure knows."""
        return frozenset(self._kinds())

    def _states(self) -> dict[str, State]:
        return {state.code: state for state in self.states}

    def _kinds(self) -> dict[str, EventKind]:
        return {kind.code: kind for kind in self.event_kinds}


def _referral_sent(event: Event) -> Text:
    return gettext("Referred to %(where)s, %(number)s") % {
        name: event.data.get(name, "") for name in ("where", "number")
    }


def _referral_result(event: Event) -> Text:
    words = {name: event.data.get(name, "") for name in ("where", "number")}
    if event.data.get("late"):
        return gettext("Referral %(number)s to %(where)s came back without result: its day had passed") % words
    return gettext("Result of referral %(number)s came back from %(where)s") % words


def _handler_changed(event: Event) -> Text:
    before, after = event.data.get("from", ""), event.data.get("to", "")
    if event.data.get("second"):
        text = gettext("Second handler: %(to)s") if after else gettext("Second handler left: %(from)s")
    else:
        text = gettext("Handler: %(from)s → %(to)s") if before else gettext("Handler: %(to)s")
    return text % {"from": before, "to": after}


def _data_corrected(event: Event) -> Text:
    words = {name: event.data.get(name, "") for name in ("was", "now")}
    return gettext("Corrected: %(was)s → %(now)s") % words


def _recused(event: Event) -> Text:
    text = gettext("Recusal: %(name)s") if event.kind == "recused" else gettext("Recusal ended: %(name)s")
    return text % {"name": event.data.get("name", "")}


def _instructed(event: Event) -> Text:
    return gettext("Instruction of %(name)s") % {"name": event.data.get("name", "")}


COMMON_EVENTS: dict[str, EventKind] = {
    kind.code: kind
    for kind in (
        EventKind("date_corrected", _("Date corrected")),
        EventKind("struck", _("Entry struck")),
        EventKind("handler_changed", _("Handler changed"), sentence=_handler_changed),
        EventKind("note", _("Note")),
        EventKind("data_corrected", _("Entry corrected"), sentence=_data_corrected),
        EventKind("recused", _("Recusal recorded"), sentence=_recused),
        EventKind("recusal_ended", _("Recusal ended"), sentence=_recused),
        EventKind("instruction", _("Leader's instruction"), sentence=_instructed),
        EventKind("instruction_answered", _("Instruction answered")),
        EventKind("agent_appointed", _("Agent's power recorded"), sentence=sentences.agent_appointed),
        EventKind("statutory_agent_recorded", _("Statutory agent recorded"), sentence=sentences.statutory_agent),
        EventKind("agent_ended", _("Agent's power ended"), sentence=sentences.agent_ended),
        EventKind("members_entered", _("Participants entered from a sheet"), sentence=sentences.members_entered),
        EventKind("representatives_elected", _("Representatives elected"), sentence=sentences.elected),
        EventKind("representation_ended", _("Representation ended")),
        EventKind("consent_recorded", _("Members' consent recorded"), sentence=sentences.consented),
        EventKind("consent_revoked", _("Members' consent taken back"), sentence=sentences.consented),
        EventKind("party_split", _("Party record split"), sentence=sentences.split),
        EventKind("law_version_changed", _("Law version changed")),
        EventKind("referral_sent", _("Referred to another organ"), sentence=_referral_sent),
        EventKind("referral_result", _("Result of the referral received"), sentence=_referral_result),
    )
}

_procedures: dict[str, Procedure] = {}


def register_procedure(procedure: Procedure) -> None:
    _procedures[procedure.code] = procedure


def get_procedure(code: str) -> Procedure:
    return _procedures[code]


def procedures() -> tuple[Procedure, ...]:
    return tuple(_procedures.values())
