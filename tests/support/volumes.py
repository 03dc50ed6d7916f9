"""A case at its end with papers, ready for its volumes."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.actions.perform import perform
from casemgr.documents.volumes.actions.preparing import lack_fields
from casemgr.documents.volumes.completeness import lacks
from casemgr.documents.volumes.models import Volume
from casemgr.documents.volumes.preparing import keep_volumes
from tests.support.papers import DECIDED as DECIDED_ON
from tests.support.papers import DECISION, Office, an_office, fresh, under_review

SERVED_ON, CLOSING = date(2026, 10, 22), date(2026, 12, 1)


def a_decided_case(office: Office | None = None) -> tuple[Office, Any]:
    """Decided and served on everybody; nothing in it keeps its volumes from being put together but what is lacking."""
    office = office or an_office()
    case = under_review(office)
    paper = office.paper(case, "decision", DECIDED_ON, DECISION | {"redo_is_ordered": False, "redo_term_days": None})
    office.serve(paper, SERVED_ON)
    return office, fresh(case)


def explain(case: Any, actor: Any, today: date = CLOSING, pages: int = 2) -> None:
    """Everything that is lacking lies in the paper file."""
    entered = {lack_fields(lack.need.code)[0]: pages for lack in lacks(case) if not lack.reason}
    perform("volumes.explain_lacks", case, entered, actor, today)


def frozen(office: Office, case: Any, today: date = CLOSING, number: str = "达复档2026-001") -> list[Volume]:
    """The case's volumes, put together and frozen."""
    explain(case, office.archive, today)
    return keep_volumes(case, office.archive, today, archive_number=number)
