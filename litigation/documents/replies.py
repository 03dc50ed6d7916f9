"""回复函 to a judicial suggestion or a procuratorial one. A reply is no performance: it says what was done and what is
still to be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, Part
from casemgr.documents.rendering import chinese_date
from casemgr.pages.forms import DateField
from litigation.documents.shapes import AgencyForm, agency_paper, needs, text_field
from litigation.documents.suitfile import GAP, closed, day_of, file_of, said
from litigation.documents.wording import REPLY, REPLY_CLOSING, REPLY_OPENING
from litigation.states import SUGGESTION_RUNNING


class ReplyForm(AgencyForm):
    organ = forms.CharField(label=_("Court or procuratorate"), required=False, max_length=80)
    letter = forms.CharField(label=_("Number of the suggestion"), required=False, max_length=80)
    received_on = DateField(label=_("Suggestion received on"), required=False)
    adopted = text_field(_("What is adopted of it; what is not, and why"), 3)
    measures = text_field(_("What was done"), 5)
    further = text_field(_("What is still to be done, by when and by whom"), 3)
    contact = forms.CharField(label=_("Contact"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = self.proposed
        found = self.file.day("suggestion_received", party=part.party_id) if part else None
        self.propose(received_on=found or self.file.day("suggestion_received"))


def _reply(code: str, name: Any, word: str, primary: int) -> DocumentKind:
    def compose(case: Case, data: Data, today: date) -> Composed:
        received = day_of(data, "received_on")
        contact = (f"联系人：{closed(str(data['contact']))}",) if data.get("contact") else ()
        further = (Part("further", said(data, "further"), "三、后续措施"),) if data.get("further") else ()
        return Composed(
            (
                Part(
                    "introduction",
                    (
                        f"你院《{word}书》（{data.get('letter') or GAP}）"
                        f"于{chinese_date(received) if received else GAP}收悉。" + REPLY_OPENING.say(),
                    ),
                ),
                Part("adopted", said(data, "adopted"), "一、采纳情况"),
                Part("measures", said(data, "measures"), "二、整改落实情况"),
                *further,
                Part("closing", (REPLY_CLOSING.say(), *contact)),
            ),
            addressee=data.get("organ") or file_of(case).court,
        )

    return agency_paper(
        code=code,
        name=name,
        title=f"关于{word}的回复函",
        form=ReplyForm,
        compose=compose,
        states=(*SUGGESTION_RUNNING, "FOLLOWED"),
        requires=lambda case, data: needs(
            data,
            ("organ", _("Name the court or procuratorate that is answered.")),
            ("letter", _("Give the number of the suggestion.")),
            ("received_on", _("Say when the suggestion was received: the period to answer runs from it.")),
            ("adopted", _("Say what is adopted; what is not needs a reason.")),
            ("measures", _("Say what was done.")),
        ),
        passages=REPLY,
        primary=primary,
    )


JUDICIAL_REPLY = _reply("judicial_reply", _("Reply to a judicial suggestion"), "司法建议", 15)
PROCURATORIAL_REPLY = _reply("procuratorial_reply", _("Reply to a procuratorial suggestion"), "检察建议", 14)
