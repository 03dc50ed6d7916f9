"""The door for every package that needs a party: a known one is reused, a new one created, a contradiction refused."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from casemgr.audit.fresh import fresh
from casemgr.organisation.models import Unit
from casemgr.pages.dates import long_date
from casemgr.parties import crypto, duplicates, names
from casemgr.parties.duplicates import Particulars
from casemgr.parties.identity import (
    NONE,
    ORGANISATIONS_KINDS,
    PERSONS_KINDS,
    check_number,
    index_group,
    is_phone,
    normalise_number,
    normalise_phone,
    told_by,
)
from casemgr.parties.messages import PHONE_ERROR, conflict_error, number_error
from casemgr.parties.models import Party, PartyName
from casemgr.parties.search import particulars


@dataclass(frozen=True)
class PartyData:
    """What a form, the API or a ledger knows of a party. `known_party`: the id of a party a person chose."""

    kind: str
    name: str
    identity_kind: str = ""
    identity_number: str = ""
    identity_note: str = ""
    phone: str = ""
    masked_phone: str = ""
    """A phone that its source shows only in part; kept for people to see, never compared."""
    sex: str = ""
    birth_on: date | None = None
    ethnicity: str = ""
    mongolian_name: str = ""
    address: str = ""
    village: str = ""
    service_address: str = ""
    legal_representative: str = ""
    representative_post: str = ""
    remark: str = ""
    agency_kind: str = ""
    former_names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    known_party: int | None = None

    def particulars(self) -> Particulars:
        """As a comparison sees it."""
        return Particulars(
            name=self.name,
            number=self.identity_number or None,
            birth=self.birth_on,
            phone=self.phone or None,
            village=self.village,
            kind=self.kind,
            identity_kind=self.identity_kind or None,
            other_names=(*self.former_names, *self.aliases),
        )


PLAIN_FIELDS = tuple(
    field.name
    for field in fields(PartyData)
    if field.name
    not in {"identity_kind", "identity_number", "phone", "masked_phone", "former_names", "aliases", "known_party"}
)


_WRONG_DOCUMENT_OF_PERSON = _(
    "A natural person has no such document. Choose the card or passport, or register an organisation."
)
_WRONG_DOCUMENT_OF_ORGANISATION = _(
    "An organisation has no such document. Choose the credit code; register the operator as a natural person."
)


def find_or_create(data: PartyData, actor, today: date) -> Party:
    """The known party the data names, or a new one.

    :raises ValidationError: a wrong number, or one the registry holds for somebody else; keyed by field.
    """
    if data.known_party:
        return _chosen(data.known_party)
    check(data, today)
    if (known := _known(data, today)) is not None:
        return known
    try:
        with transaction.atomic():
            return create(data, actor, today)
    except IntegrityError:
        if (known := _known(data, today)) is None:
            raise
        return known


def _chosen(pk: int) -> Party:
    try:
        return Party.objects.get(pk=pk).survivor()
    except Party.DoesNotExist:
        raise ValidationError({"known_party": _("The chosen party is not in the registry. Search again.")}) from None


def _known(data: PartyData, today: date) -> Party | None:
    """The party with the same number (or, for agencies, the same name), unless it contradicts the data."""
    if data.kind == Party.Kind.AGENCY and not data.identity_number:
        agencies = Party.objects.filter(kind=data.kind, name_key=names.name_key(data.name), merged_into__isnull=True)
        return agencies.order_by("pk").first()
    return known_by_number(data, today)


def known_by_number(data: PartyData, today: date) -> Party | None:
    """Who the registry holds the data's number for. :raises ValidationError: somebody whom the data contradict."""
    party = holder_of(data.identity_kind, data.identity_number)
    return None if party is None else agreed(data, party, particulars(party), today)


def agreed(data: PartyData, holder: Party, known: Particulars, today: date) -> Party:
    """The holder of the data's number, unless `known` of it contradicts the data. :raises ValidationError:"""
    level, why = duplicates.compare(data.particulars(), known)
    if level in {duplicates.SAME, duplicates.LIKELY}:
        return holder
    raise ValidationError(conflict_error(holder, why, today))


def holder_of(kind: str, number: str, *, besides: int | None = None) -> Party | None:
    """Who the registry holds this very number for."""
    indexes = crypto.blind_indexes(index_group(kind), normalise_number(kind, number))
    found = Party.objects.filter(identity_index__in=indexes).exclude(pk=besides).order_by("merged_into", "pk").first()
    holder = found.survivor() if found is not None else None
    return None if holder is None or holder.pk == besides else holder


def check(data: PartyData, today: date) -> None:
    """:raises ValidationError: by field, what a record of the registry may not be."""
    errors: dict[str, object] = {}
    if not names.stored_name(data.name):
        errors["name"] = _("Enter the name.")
    kind = data.identity_kind
    is_person = data.kind == Party.Kind.PERSON
    if kind and kind not in (PERSONS_KINDS if is_person else ORGANISATIONS_KINDS):
        errors["identity_kind"] = _WRONG_DOCUMENT_OF_PERSON if is_person else _WRONG_DOCUMENT_OF_ORGANISATION
    elif kind or data.identity_number:
        result = check_number(kind, data.identity_number, today)
        if not kind:
            errors["identity_kind"] = _("Choose the document the number comes from.")
        elif not result.is_acceptable:
            errors["identity_number"] = number_error(kind, result.code)
    elif data.kind != Party.Kind.AGENCY:
        errors["identity_kind"] = _("Choose the identity document; “No document” needs a reason.")
    if kind == NONE and data.kind != Party.Kind.AGENCY and not data.identity_note.strip():
        errors["identity_note"] = _(
            "Say why there is no document number, for instance: no document, refuses to give it."
        )
    if data.phone and not is_phone(normalise_phone(data.phone)):
        errors["phone"] = PHONE_ERROR
    if data.birth_on and data.birth_on > today:
        errors["birth_on"] = _("The date of birth lies in the future.")
    elif (
        data.birth_on and kind and (told := told_by(kind, data.identity_number, today)) and told.birth != data.birth_on
    ):
        errors["birth_on"] = _("The number says %(birth)s. Check the card: the number or the date is mistyped.") % {
            "birth": long_date(told.birth)
        }
    if errors:
        raise ValidationError(errors)


def create(data: PartyData, actor, today: date) -> Party:
    """Write a checked party. The unit of the actor's first role is kept as the one that registered it."""
    party, others = build(data, unit_of(actor, today), today)
    party.save()
    for other in others:
        other.party = party
        other.save()
    return party


def build(data: PartyData, registered_by: Unit | None, today: date) -> tuple[Party, list[PartyName]]:
    """The row of a checked party and those of its other names, not yet saved."""
    party = fresh(Party, **{name: getattr(data, name) for name in PLAIN_FIELDS}, registered_by=registered_by)
    if data.identity_kind:
        party.set_number(data.identity_kind, data.identity_number, today)
    if data.phone:
        party.set_phone(data.phone)
    elif data.masked_phone:
        party.masked_phone = data.masked_phone
    kinds = ((PartyName.Kind.FORMER, data.former_names), (PartyName.Kind.ALIAS, data.aliases))
    return party, [PartyName(party=party, kind=kind, name=name) for kind, others in kinds for name in others]


def unit_of(actor, today: date) -> Unit | None:
    """The unit of the actor's first role."""
    assignments = actor.assignments(today) if hasattr(actor, "assignments") else []
    return assignments[0].unit if assignments else None


def check_correction(party: Party, data: PartyData, today: date) -> None:
    """:raises ValidationError: as `check`; also when the new number is another party's. An empty number stays."""
    if _identity_changes(party, data):
        check(data, today)
    else:
        check(replace(data, identity_kind=party.identity_kind or NONE, identity_number=party.open_number()), today)
    holder = holder_of(data.identity_kind, data.identity_number, besides=party.pk) if data.identity_number else None
    if holder is not None:
        raise ValidationError(
            {
                "identity_number": _("The registry holds this number for %(name)s (no. %(id)d). Check the card.")
                % {"name": holder.shown_name(in_scope=False, today=today), "id": holder.pk}
            }
        )


def _identity_changes(party: Party, data: PartyData) -> bool:
    return bool(data.identity_number) or data.identity_kind not in {"", party.identity_kind}


def correct(party: Party, data: PartyData, today: date, *, keep_former_name: bool, forget_phone: bool = False) -> Party:
    """Set the plain data; an empty number or phone leaves the stored one.

    :raises ValidationError: as `check_correction`.
    """
    check_correction(party, data, today)
    former = party.name
    for name in PLAIN_FIELDS:
        if name != "kind":
            setattr(party, name, getattr(data, name))
    if _identity_changes(party, data):
        party.set_number(data.identity_kind, data.identity_number, today)
    if data.phone or forget_phone:
        party.set_phone("" if forget_phone else data.phone)
    party.version += 1
    party.save()
    if keep_former_name and former != party.name:
        PartyName(party=party, kind=PartyName.Kind.FORMER, name=former, until_on=today).save()
    return party
