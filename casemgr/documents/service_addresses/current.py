"""Where papers reach a participant: the confirmed address before the one in the register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casemgr.cases.models import Case, Participation
from casemgr.documents.service_addresses.models import AddressConfirmation

POSTAL_CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")


@dataclass(frozen=True)
class Destination:
    """Name, address and postal code as they stand on an envelope; never a number of the person."""

    name: str
    address: str
    postal_code: str = ""
    is_confirmed: bool = False


def confirmation_of(part: Participation, on: date | None = None) -> AddressConfirmation | None:
    """The confirmation of the participant's party in force on a day; without a day the one in force now."""
    rows = AddressConfirmation.objects.filter(
        participation__case_id=part.case_id, participation__party_id=part.party_id
    )
    if on is None:
        return rows.filter(ended_on__isnull=True).first()
    return rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), signed_on__lte=on).first()


def in_force(case_ids: list[int]) -> dict[tuple[int, int], AddressConfirmation]:
    """Confirmations in force now by (case, party), in one query."""
    rows = AddressConfirmation.objects.filter(participation__case_id__in=case_ids, ended_on__isnull=True)
    return {
        (row.participation.case_id, row.participation.party_id): row for row in rows.select_related("participation")
    }


def destination(part: Participation, confirmed: AddressConfirmation | None) -> Destination:
    """Where to send a paper for this participant."""
    if confirmed is not None:
        name = f"{part.name}（{confirmed.designated_name}代收）" if confirmed.designated_name else part.name
        return Destination(name, confirmed.address, confirmed.postal_code, is_confirmed=True)
    known = part.party.service_address or part.party.address
    found = POSTAL_CODE.search(known)
    address = POSTAL_CODE.sub("", known).strip(" ，,（）()") if found else known
    return Destination(part.name, address, found[1] if found else "")


def confirmations_of(case: Case) -> list[AddressConfirmation]:
    """Every confirmation in the case, those in force first."""
    rows = AddressConfirmation.objects.filter(participation__case_id=case.pk)
    found = list(rows.select_related("participation", "form").order_by("participation__role", "-signed_on", "-pk"))
    return sorted(found, key=lambda row: row.ended_on is not None)
