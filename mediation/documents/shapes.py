"""The two shapes of a mediation paper: a form printed and signed at once, and a letter that the committee signs.

A mediator prints a record with one click: nobody approves what people sign themselves (People's Mediation Law,
art. 27, 29). What leaves the house in the committee's name is signed by its secretary first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Issuer, KindForm, Missing
from casemgr.organisation.office import seal_on
from mediation.actions.base import COMMITTEE as SIGNERS
from mediation.actions.base import MEDIATOR
from mediation.documents.casefile import file_of
from mediation.states import WITH_PAPERS


def _committee(case: Case, on: date) -> str:
    return file_of(case).committee.name


def _seal(case: Case, on: date) -> str:
    """Never a studio's: it has no seal of its own (People's Mediation Law, art. 29)."""
    committee = file_of(case).committee
    return seal_on(committee.code, on) or committee.name


COMMITTEE = Issuer(name=_committee, seal=_seal)


PARTIES = Issuer(name=lambda case, on: "", seal=lambda case, on: "")
"""Of papers that a party makes out: no head, no seal of ours."""


def printed_form(**values: Any) -> DocumentKind:
    """Filled in from the case, printed by the mediator in one step, signed by hand."""
    given = {
        "issuer": COMMITTEE,
        "states": WITH_PAPERS,
        "drafter_roles": MEDIATOR,
        "signer_roles": (),
        "issuer_roles": MEDIATOR,
        "layout": "record",
        "is_form": True,
        "is_single": False,
        "signed_by_issuer": False,
        "finds_case": True,
    }
    return DocumentKind(**{**given, **values})


def sealed_form(**values: Any) -> DocumentKind:
    """A form that also bears the committee's seal: printing it asks the keeper for the seal, the day is written in."""
    return printed_form(**{"signed_by_issuer": True, "dated_by_hand": True, **values})


def letter(**values: Any) -> DocumentKind:
    """Drafted by the mediator, signed by the committee's secretary or the town, dated and sealed.

    In a village both may be the same person; the approval sheet says so.
    """
    given = {
        "issuer": COMMITTEE,
        "states": WITH_PAPERS,
        "drafter_roles": MEDIATOR,
        "signer_roles": SIGNERS,
        "issuer_roles": MEDIATOR,
        "may_pass_own_draft": True,
        "finds_case": True,
    }
    return DocumentKind(**{**given, **values})


class ChoiceForm(KindForm):
    """Asks which row of the case the form is about; the latest is proposed, and an only one is taken."""

    rows: ClassVar[dict[str, Callable[[Case], QuerySet]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in self.rows.items():
            found = rows(self.case)
            self.fields[name].queryset = found
            if not self.is_bound:
                self.fields[name].initial = found.last()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in self.rows:
            if not data.get(name) and name not in self.errors:
                found = list(self.fields[name].queryset[:2])
                data[name] = found[0] if len(found) == 1 else None
        return data


def chosen(rows: Sequence[Any], data: Data, name: str) -> Any:
    """The row a paper is about, or None."""
    return next((row for row in rows if row.pk == data.get(name)), None)


def wants(name: str, message: Any) -> Callable[[Case, Data], list[Missing]]:
    """`requires` of a form that is nothing without its row."""
    return lambda case, data: [] if data.get(name) else [Missing(name, message, field=name)]


def no_text(case: Case, data: Data, today: date) -> Composed:
    """A form whose content is all in its table."""
    return Composed(())
