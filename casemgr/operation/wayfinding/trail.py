"""What hangs on one action, with its lines: form, conditions, entries, the periods these move, papers, tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from casemgr.actions import registry
from casemgr.actions.action import Action, EmptyForm
from casemgr.cases.actions import CaseAction
from casemgr.cases.procedure import Procedure, procedures
from casemgr.documents.kinds import DocumentKind
from casemgr.operation.wayfinding import places
from casemgr.operation.wayfinding.places import Place
from casemgr.timelimits.rules import Rule

RECORDED = re.compile(r'(?:record|happened)\(\s*[\w.]+,\s*"(\w+)"')
"""How an action's own code names the kind of an entry it makes."""
BASES = (Action, CaseAction)


@dataclass(frozen=True)
class Hop:
    """One stop on the way: `kind` is the sort of thing, `what` its name, `place` its line where it has one."""

    kind: str
    what: str
    place: Place | None = None


def matching(words: Iterable[str]) -> list[Action]:
    """The actions in whose name, label, description, paper or entries each word stands, in English or Chinese."""
    wanted = [word.casefold() for word in words]
    exact = [action for name, action in registry.every().items() if [name.casefold()] == wanted]
    return exact or [action for action in registry.every().values() if _has_all(spoken_of(action), wanted)]


def _has_all(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def spoken_of(action: Action) -> str:
    """Everything by which a person may call the action."""
    things = [action.label, action.submit_label]
    things += [kind.name for kind, _why in _papers(action)]
    if procedure := procedure_of(action):
        things += [procedure.event_kind(code).label for code in entries_of(action)]
    texts = [action.name, type(action).__doc__ or ""]
    for language in ("en", "zh-hans"):
        with translation.override(language):
            texts += [str(thing) for thing in things]
    return "\n".join(texts).casefold()


def labels_of(action: Action) -> tuple[str, str]:
    """The label in Chinese and in English."""
    with translation.override("zh-hans"):
        chinese = str(action.label)
    with translation.override("en"):
        return chinese, str(action.label)


def trail(action: Action) -> list[Hop]:
    """From the page to the test, in the order in which `perform` goes."""
    hops = [Hop("action", action.name, places.of_class(type(action)))]
    hops += _doors(action)
    if action.form is not EmptyForm:
        hops.append(Hop("form", "", places.of_class(action.form)))
    procedure = procedure_of(action)
    if procedure is not None:
        hops += _states(action, procedure)
    hops += _conditions(action)
    if procedure is not None:
        hops += _entries(action, procedure)
    return hops + [Hop("test", path) for path in _tests(action)]


def procedure_of(action: Action) -> Procedure | None:
    if not isinstance(action, CaseAction):
        return None
    return next((one for one in procedures() if type(action) in one.actions), None)


def entries_of(action: Action) -> list[str]:
    """Kinds of the entries that the action's own code makes; what follows from them is not among them."""
    if not isinstance(action, CaseAction):
        return []
    procedure = procedure_of(action)
    own = [cls for cls in type(action).__mro__ if issubclass(cls, Action) and cls not in (*BASES, *Action.__mro__)]
    found = [action.event] + [kind for cls in own for kind in RECORDED.findall("".join(places.source_of(cls)[0]))]
    known = procedure.own_event_kinds if procedure else frozenset()
    return [kind for kind in dict.fromkeys(found) if kind in known]


def _doors(action: Action) -> Iterator[Hop]:
    """Where people come to it: its page, or the paper that performs it."""
    if isinstance(action, CaseAction) and action.listed and not action.nested_only and not action.creates:
        address = reverse("case_action", args=[0, action.name]).replace("/0/", "/…/")
        yield Hop("page", address, Place("casemgr/cases/action_page.py", 1))
    if template := getattr(action.form, "page_template", ""):
        yield Hop("template", f"templates/{template}")
    for kind, why in _papers(action):
        with translation.override("zh-hans"):
            yield Hop(f"paper {why}", f"{kind.code} {kind.name}", places.of_object(kind))
        if why == "issued":
            yield Hop("paper's form", "", places.of_class(kind.form))


def _papers(action: Action) -> Iterator[tuple[DocumentKind, str]]:
    """The kinds of paper that perform it, when issued or when served."""
    for procedure in procedures():
        for kind in procedure.document_kinds:
            for why, name in (("issued", kind.issue_action), ("served", kind.served_action)):
                if name == action.name:
                    yield kind, why


def _states(action: CaseAction, procedure: Procedure) -> Iterator[Hop]:
    if action.states:
        yield Hop("in", " ".join(action.states))
    if action.transition:
        method = getattr(procedure.case_model, action.transition)
        yield Hop("moves", action.transition, places.of_function(method))


def _conditions(action: Action) -> Iterator[Hop]:
    """In the order of its article; without those of `offered_if` the step is not even shown."""
    for kind, guards in (("offered if", getattr(action, "offered_if", ())), ("guard", action.guards)):
        for guard in guards:
            place = places.of_object(guard) or places.of_function(guard.check)
            yield Hop(kind, f"{guard.code} {guard.article}".strip(), place)


def _entries(action: Action, procedure: Procedure) -> Iterator[Hop]:
    for kind in entries_of(action):
        yield Hop("entry", kind, places.of_member(procedure.event_kind(kind), f'"{kind}"'))
        for rule in procedure.rules:
            if part := ", ".join(_parts(rule, kind)):
                where = places.of_member(rule, f'code="{rule.code}"')
                yield Hop("rule", ", ".join(filter(None, (f"{rule.code} {part}", rule.version_code))), where)


def _parts(rule: Rule, kind: str) -> Iterator[str]:
    """What an entry of the kind does to the period."""
    starts = rule.starts_on if isinstance(rule.starts_on, str | tuple) else getattr(rule.starts_on, "kinds", ())
    pauses = [kind for pair in rule.pauses for kind in pair]
    for part, kinds in (
        ("starts", (starts,) if isinstance(starts, str) else starts),
        ("met", rule.met_by),
        ("ended", rule.ended_by),
        ("extended", rule.extended_by),
        ("paused", pauses),
    ):
        if kind in kinds:
            yield part


def _tests(action: Action) -> list[str]:
    """Those that name it in full; a procedure's own tests and the helpers of all also by the second part alone."""
    owner, _dot, short = action.name.partition(".")
    found = places.files_quoting(action.name, "tests")
    for folder in (f"tests/{owner}", "tests/support"):
        found += places.files_quoting(short, folder)
    return sorted(set(found))


__all__ = ["Hop", "entries_of", "labels_of", "matching", "procedure_of", "spoken_of", "trail"]
