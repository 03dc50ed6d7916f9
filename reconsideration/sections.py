"""What reconsideration adds to the case page: what is asked, and the examination with its hints."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.calendar.current import current_calendar
from reconsideration.aftermath.section import aftermath_section
from reconsideration.application_period import assess
from reconsideration.committee.section import committee_section
from reconsideration.evidence.section import evidence_section
from reconsideration.hearings.section import hearings_section
from reconsideration.helping.section import mediation_section
from reconsideration.models import ACCEPTANCE_TESTS, ReconsiderationCase
from reconsideration.normative.section import annexed_section
from reconsideration.proposals import examine, period_facts
from reconsideration.quality.section import quality_section
from reconsideration.reading.section import reading_section
from reconsideration.stop_ledger import stops_section

UNDER_EXAMINATION = ("RECEIVED", "CORRECTING")


def request_section(case: ReconsiderationCase, user, today: date) -> dict[str, Any]:
    """Requests, reasons, method, matter: what the application says."""
    return {"facts": case.facts}


def examination_section(case: ReconsiderationCase, user, today: date) -> dict[str, Any]:
    """Until acceptance the seven conditions with proposals; afterwards what was found."""
    facts = case.facts
    found = [
        {
            "test": test,
            "met": facts.test_result(test.item),
            "note": facts.acceptance_tests.get(str(test.item), {}).get("note"),
        }
        for test in ACCEPTANCE_TESTS
    ]
    if case.is_past_record or case.state not in UNDER_EXAMINATION:
        period = None if case.is_past_record else assess(period_facts(case, facts), current_calendar())
        return {"findings": found if facts.acceptance_tests else [], "hints": None, "period": period}
    hints = examine(case, user, today)
    for line, proposal in zip(found, hints.tests, strict=True):
        line["proposal"] = proposal
    return {"findings": found, "hints": hints, "period": hints.period}


SECTIONS = (
    ("reconsideration/_request.html", request_section),
    ("reconsideration/_examination.html", examination_section),
    ("reconsideration/_mediation.html", mediation_section),
    ("reconsideration/_annexed.html", annexed_section),
    ("reconsideration/_stops.html", stops_section),
    ("reconsideration/_evidence.html", evidence_section),
    ("reconsideration/hearings/_section.html", hearings_section),
    ("reconsideration/_committee.html", committee_section),
    ("reconsideration/_aftermath.html", aftermath_section),
    ("reconsideration/_reading.html", reading_section),
    ("reconsideration/_quality.html", quality_section),
)
