"""Refuses to start with a kind of paper that could not be drafted, numbered or issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.checks import Error, register

from casemgr.actions import registry
from casemgr.cases.procedure import Procedure, procedures
from casemgr.numbering.series import declared
from casemgr.organisation.roles import ROLES


@register("documents")
def check_document_kinds(app_configs=None, **kwargs) -> list[Error]:
    """System check over every registered procedure."""
    return [Error(message, id="documents.E001") for message in problems(procedures())]


def problems(checked: Iterable[Procedure]) -> Iterator[str]:
    """What is wrong with the document kinds of the procedures, one sentence each."""
    actions, series = registry.every(), declared()
    for procedure in checked:
        states = {state.code for state in procedure.states}
        seen: set[str] = set()
        for kind in procedure.document_kinds:
            where = f"Document kind {procedure.code}.{kind.code}"
            if kind.code in seen:
                yield f"{where} is declared twice."
            seen.add(kind.code)
            if not callable(kind.compose):
                yield f"{where} has no function that composes its text."
            if kind.series and kind.series not in series:
                yield f"{where} takes numbers from {kind.series}, which is no declared series."
            for name in filter(None, (kind.issue_action, kind.served_action)):
                if name not in actions:
                    yield f"{where} names the action {name}, which does not exist."
                elif not actions[name].nested_only:
                    yield f"{where} names the action {name}, which people could perform without the paper."
            for state in kind.states:
                if state not in states:
                    yield f"{where} names the state {state}, which {procedure.code} does not have."
            for role in (*kind.drafter_roles, *kind.reviewer_roles, *kind.signer_roles, *kind.issuer_roles):
                if role not in ROLES:
                    yield f"{where} names the role {role}, which does not exist."
