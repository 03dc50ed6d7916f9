"""The parties of a registration's rows: found in the registry or created, none of them twice, none on both sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casemgr.actions.errors import InvalidInput
from casemgr.cases.bulk.description import Part
from casemgr.cases.models import Participation
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData
from casemgr.parties.scope import is_in_scope

Role = Participation.Role
FindOrCreate = Callable[[PartyData], Party]


def resolve(form: Any, rows: Sequence[tuple[Any, str]], find_or_create: FindOrCreate) -> list[Part]:
    """One part for each `(row, role)`, in their order.

    :raises InvalidInput: a row contradicts the registry, or a party is entered twice or on both sides.
    """
    parts: list[Part] = []
    for row, role in rows:
        try:
            party = find_or_create(row.party_data())
        except ValidationError as error:
            form._errors[row.prefix] = form.error_class(error.messages)
            raise InvalidInput(form) from error
        if any(part.party == party and part.role == role for part in parts):
            _refuse_double(form, row, party, role)
        parts.append(
            Part(
                party,
                role,
                row.cleaned_data.get("electronic_address") or "",
                bool(row.cleaned_data.get("consents_to_electronic_service")),
            )
        )
    applicants = [part.party for part in parts if part.role == Role.APPLICANT]
    for (row, role), part in zip(rows, parts, strict=True):
        if role == Role.RESPONDENT and part.party in applicants:
            _refuse_double(form, row, part.party, role)
    return parts


def _refuse_double(form: Any, row: Any, party: Party, role: str) -> NoReturn:
    message = _("%(name)s is entered twice (%(role)s). Leave one of the entries empty.") % {
        "name": party.shown_name(is_in_scope(form.actor, party, form.today)),
        "role": Role(role).label,
    }
    row.add_error(None, message)
    form._errors[row.prefix] = form.error_class([message])
    raise InvalidInput(form)


__all__ = ["FindOrCreate", "resolve"]
