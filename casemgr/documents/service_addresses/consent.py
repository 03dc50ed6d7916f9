"""Whether a participant agreed to electronic service on a day (Civil Procedure Law 2023, art. 90(1))."""

from __future__ import annotations

from datetime import date

from casemgr.cases.models import Participation
from casemgr.documents.service_addresses.current import confirmation_of
from casemgr.documents.service_addresses.models import AddressConfirmation


def agreed_electronically(part: Participation, on: date | None) -> tuple[bool, str]:
    """Consent and address as they stood on the day: by the confirmation then in force, before the first by what the
    application said; without a day as they stand now."""
    now = part.consents_to_electronic_service, part.electronic_address
    in_force = confirmation_of(part)
    if on is None or in_force is None or in_force.signed_on <= on:
        return now
    if (former := confirmation_of(part, on)) is not None:
        return former.agrees, former.electronic_address
    return _before_the_first(part)


def _before_the_first(part: Participation) -> tuple[bool, str]:
    rows = AddressConfirmation.objects.filter(
        participation__case_id=part.case_id, participation__party_id=part.party_id
    )
    first = rows.order_by("created_at", "pk").first()
    past = part.history.filter(history_date__lt=first.created_at).order_by("-history_date", "-history_id").first()
    return (past.consents_to_electronic_service, past.electronic_address) if past else (False, "")
