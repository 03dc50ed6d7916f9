"""The registration form keeps itself while it is typed."""

from __future__ import annotations

from casemgr.cases.drafts.forms import KeptForm
from casemgr.cases.drafts.titles import Entries, Names, people, titled
from casemgr.cases.registration.people import Role


def title_of(entries: Entries, names: Names) -> str:
    """张建国：达拉特旗市场监督管理局：行政处罚决定"""
    return titled(
        people(entries, "people", names, roles=(Role.APPLICANT,)),
        people(entries, "respondents", names, most=1),
        str(entries.get("act_title") or entries.get("requests") or ""),
    )


DRAFT = KeptForm("reconsideration.register", "reconsideration_register", title_of, ("people", "respondents"))
