"""The section of the case page: which address each participant confirmed, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.cases.models import Case
from casemgr.cases.people.standing import has_case_role
from casemgr.cases.procedure import Stage
from casemgr.documents.service_addresses.actions import ConfirmAddress
from casemgr.documents.service_addresses.current import confirmations_of

TEMPLATE = "documents/service/_addresses.html"


def addresses_context(case: Case, user: Any, today: date) -> dict[str, Any]:
    """Confirmations of the case and the form that participants sign."""
    form = next((kind for kind in case.definition.document_kinds if kind.purpose == "address"), None)
    may_record = case.stage != Stage.ARCHIVED and has_case_role(user, ConfirmAddress.roles, case, today)
    return {"confirmations": confirmations_of(case), "address_form": form, "may_record": may_record}
