"""The registration form keeps itself while it is typed."""

from __future__ import annotations

from casemgr.cases.drafts.forms import KeptForm
from casemgr.cases.drafts.titles import Entries, Names, people, titled
from casemgr.cases.registration.people import Role


def title_of(entries: Entries, names: Names) -> str:
    """王宝音：达拉特旗公安局：（2026）内0621行初12号"""
    return titled(
        people(entries, "people", names, roles=(Role.APPLICANT,)),
        people(entries, "agencies", names, most=1),
        str(entries.get("court_number") or entries.get("act_title") or ""),
    )


DRAFT = KeptForm("litigation.register", "litigation_register", title_of, ("people", "agencies"))
