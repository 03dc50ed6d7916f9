"""Who makes out, seals and hands in the papers of a suit.

Before a court each agency speaks for itself: what it hands in bears its own name and its own seal, kept in its own
office, never the government's as reconsideration authority nor the justice bureau's. Its head signs on paper in that
office, so that no level of approval stands here: whoever works on the suit drafts, finishes and prints. The papers
bear no number: an agency does not number what it hands in. The justice bureau, which organises the answers, numbers and
seals what it sends to the agencies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Data, DocumentKind, Issuer, KindForm, Missing, Part
from casemgr.organisation.office import office_on, seal_on
from casemgr.organisation.reference import JUSTICE_BUREAU
from casemgr.organisation.scope import scope
from litigation.documents.suitfile import SuitFile, file_of
from litigation.roles import BOTH, LIAISON
from litigation.states import EVERYWHERE

BUREAU = Issuer(
    name=lambda case, on: office_on(on).office,
    seal=lambda case, on: seal_on(JUSTICE_BUREAU, on),
)
"""It organises the answers of the agencies (Reconsideration Law 2023, art. 4(2))."""


def agency_issuer(case: Case, data: Data) -> Issuer:
    """The agency whose paper it is: its name, and its seal, which lies in its own office."""
    part = file_of(case).agency(data)
    name = part.name if part is not None else ""
    unit = part.party.unit if part is not None else None
    return Issuer(
        name=lambda case, on: name,
        seal=lambda case, on: (seal_on(unit.code, on) if unit is not None else "") or name,
        is_sealed_elsewhere=True,
    )


ANY_AGENCY = Issuer(
    name=lambda case, on: agency_issuer(case, {}).name(case, on),
    seal=lambda case, on: agency_issuer(case, {}).seal(case, on),
    is_sealed_elsewhere=True,
)


class AgencyForm(KindForm):
    """Asks whose paper it is; a department's liaison is offered only agencies of its own."""

    agency = forms.ModelChoiceField(Participation.objects.none(), label=_("Agency"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [part for part in self.file.agencies if self._is_own(part)]
        self.fields["agency"].queryset = Participation.objects.filter(pk__in=[part.pk for part in found])
        self.fields["agency"].label_from_instance = lambda part: part.name
        self.proposed = found[0] if found else None
        self.propose(agency=self.proposed)

    @property
    def file(self) -> SuitFile:
        return file_of(self.case)

    def propose(self, **values: Any) -> None:
        """What a new draft begins with; a draft begun keeps what people made of it."""
        if self.is_bound or self.subject is not self.case:
            return
        for name, value in values.items():
            self.fields[name].initial = value

    def _is_own(self, part: Participation) -> bool:
        if self.actor is None:
            return True
        reach = scope(self.actor, self.today)
        if reach.has_role(LIAISON, procedure=self.case.procedure, unit=self.case.unit_id):
            return True
        unit = part.party.unit_id
        return unit is not None and reach.has_role(BOTH, procedure=self.case.procedure, unit=unit)

    def clean_agency(self) -> Participation | None:
        return self.cleaned_data["agency"] or self.proposed


def text_field(label: Any, rows: int = 4, help_text: Any = "") -> forms.CharField:
    """Sentences a line each, as they go into the paper."""
    return forms.CharField(
        label=label, required=False, max_length=10_000, widget=forms.Textarea({"rows": rows}), help_text=help_text
    )


def court_paper(**values: Any) -> DocumentKind:
    """What an agency hands in to the court: no head over the title, no number, its own seal under the text."""
    given = {
        "issuer": ANY_AGENCY,
        "issuer_from": agency_issuer,
        "states": EVERYWHERE,
        "drafter_roles": BOTH,
        "signer_roles": (),
        "issuer_roles": BOTH,
        "form": AgencyForm,
        "is_headed": False,
        "is_single": False,
    }
    made = {**given, **values}
    return DocumentKind(**{**made, "requires": _with_agency(made.get("requires"))})


def agency_paper(**values: Any) -> DocumentKind:
    """A report or letter of an agency under its own head, such as an answer to a suggestion."""
    return court_paper(**{"is_headed": True, **values})


def _with_agency(more: Callable[[Case, Data], Sequence[Missing]] | None) -> Callable[[Case, Data], list[Missing]]:
    def requires(case: Case, data: Data) -> list[Missing]:
        further = list(more(case, data)) if more else []
        if file_of(case).agency(data) is not None:
            return further
        return [Missing("agency", _("No agency of the suit is entered: whose paper is it?"), field="agency"), *further]

    return requires


def needs_court(case: Case, data: Data) -> list[Missing]:
    """The court and its number, by which it finds the case."""
    file = file_of(case)
    found = []
    if not file.court:
        found.append(Missing("court", _("The court is not entered.")))
    if not file.number:
        found.append(Missing("court-number", _("The court's number is not entered.")))
    return found


def needs_head(case: Case, data: Data) -> list[Missing]:
    """A pleading names who represents the agency."""
    part = file_of(case).agency(data)
    if part is None or part.party.legal_representative:
        return []
    message = _("The legal representative of %(agency)s is not entered. Enter name and post with the party.")
    return [Missing("legal-representative", message % {"agency": part.name})]


def needs(data: Data, *wanted: tuple[str, Any] | tuple[str, Any, str]) -> list[Missing]:
    """Fields of the paper's own form that are empty: name, message, article."""
    return [
        Missing(name, message, *(more[:1] or [""]), field=name) for name, message, *more in wanted if not data.get(name)
    ]


def to_court(court: str) -> Part:
    """此致 达拉特旗人民法院."""
    return Part("closing", ("此致", court))


__all__ = [
    "ANY_AGENCY",
    "BUREAU",
    "AgencyForm",
    "agency_issuer",
    "agency_paper",
    "court_paper",
    "needs",
    "needs_court",
    "needs_head",
    "text_field",
    "to_court",
]
