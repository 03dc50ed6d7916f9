"""How a hearing ends: held, given up by the applicants, or adjourned (art. 50, 51)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.pages.forms import ContextForm
from reconsideration.hearings import guards
from reconsideration.hearings.forms import AdjournForm
from reconsideration.hearings.planning import HearingStep, close, new_hearing, tell_of_plan
from reconsideration.models import Hearing


class NoteForm(ContextForm):
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )


class HoldHearing(HearingStep):
    """The record is complete and signed, or it says who refused to sign: the hearing was held."""

    name = "reconsideration.hold_hearing"
    label = gettext_lazy("Close the hearing as held")
    consequence = gettext_lazy(
        "The record is closed. The decision must rest on it and on the facts and evidence found (article 61(2))."
    )
    binding = True
    form = NoteForm
    guards = (guards.its_day_has_come, guards.nothing_is_lacking)

    def change(self, hearing: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        rows = list(hearing.parties.select_related("participation"))
        came = [row.participation.party_id for row in rows if row.came]
        gave_up = [row.participation.party_id for row in rows if row.gave_up]
        kept: dict[str, Any] = {"came": came, "gave_up": gave_up}
        if data.get("note"):
            kept["note"] = data["note"]
        close(hearing, "hold", "hearing_held", hearing.on, **kept)


class ForgoHearing(HearingStep):
    """Every applicant stayed away without reason: the right is given up and the case goes on; nothing is withdrawn."""

    name = "reconsideration.forgo_hearing"
    label = gettext_lazy("Record that the applicant gave the hearing up")
    consequence = gettext_lazy(
        "The hearing is not held, because the applicant stayed away without good reason. Only the right to the hearing "
        "is given up: the application stands, and the case goes on (article 51(2))."
    )
    binding = True
    form = NoteForm
    guards = (guards.applicants_gave_up, guards.its_day_has_come)

    def change(self, hearing: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        gone = [row.participation.party_id for row in hearing.parties.select_related("participation") if row.gave_up]
        kept = {"note": data["note"]} if data.get("note") else {}
        close(hearing, "forgo", "hearing_forgone", hearing.on, gave_up=gone, **kept)


class AdjournHearing(HearingStep):
    """It goes on another day; a new notice is served, or waived by the parties in writing."""

    name = "reconsideration.adjourn_hearing"
    label = gettext_lazy("Adjourn the hearing to another day")
    form = AdjournForm
    guards = (guards.its_day_has_come, guards.notice_is_possible)

    def change(self, hearing: Hearing, data: Mapping[str, Any], context: ActionContext) -> None:
        close(hearing, "adjourn", "hearing_adjourned", context.today, data["reason"])
        hearing.save()
        following = new_hearing(
            hearing.case, context.form, context, ground=hearing.ground, matters=hearing.matters, continues=hearing,
            change_reason=data["reason"],
        )  # fmt: skip
        tell_of_plan(following, context.today, data["reason"])


ENDING = (HoldHearing, ForgoHearing, AdjournHearing)
