"""The registration forms of suggestions and supervision keep themselves while they are typed."""

from __future__ import annotations

from casemgr.cases.drafts.forms import KeptForm
from casemgr.cases.drafts.titles import Entries, Names, people, titled
from litigation.suggestions.form import RECIPIENTS


def _title(entries: Entries, names: Names) -> str:
    """达拉特旗人民检察院：达拉特旗水利局：河道堆放垃圾"""
    sender = str(entries.get("sender") or entries.get("procuratorate") or "")
    return titled(sender, people(entries, RECIPIENTS, names, most=1), str(entries.get("topic") or ""))


DRAFTS = (
    KeptForm("litigation.register_suggestion", "litigation_register_suggestion", _title, (RECIPIENTS,)),
    KeptForm("litigation.register_supervision", "litigation_register_supervision", _title, (RECIPIENTS,)),
)
