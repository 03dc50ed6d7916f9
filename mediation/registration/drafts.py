"""The registration form keeps itself while it is typed."""

from __future__ import annotations

from casemgr.cases.drafts.forms import KeptForm
from casemgr.cases.drafts.titles import Entries, Names, people, titled


def title_of(entries: Entries, names: Names) -> str:
    """王宝音、李四：因宅基地…"""
    return titled(people(entries, "people", names), str(entries.get("summary") or ""))


DRAFT = KeptForm("mediation.register", "mediation_register", title_of)
