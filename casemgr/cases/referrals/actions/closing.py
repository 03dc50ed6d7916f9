"""The end of a referral: the result is acknowledged, the papers are back, nothing is open on either side."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from casemgr.cases.referrals import forms
from casemgr.cases.referrals.actions.base import ReferralAction


class AcknowledgeResult(ReferralAction):
    """The sender has seen the result."""

    name = "referral.acknowledge"
    label = gettext_lazy("Acknowledge the result")
    side, transition, day = "sender", "acknowledge", "acknowledged_on"
    form = forms.DayForm
    primary = 50


class ReturnPapers(ReferralAction):
    """The papers handed over came back, signed for."""

    name = "referral.return_papers"
    label = gettext_lazy("Record the return of the papers")
    states = ("DECLINED", "RESULT_SENT", "ACKNOWLEDGED")
    day = "papers_returned_on"
    form = forms.DayForm
    primary = 20


class CloseReferral(ReferralAction):
    """Nothing is open on either side."""

    name = "referral.close"
    label = gettext_lazy("Close the referral")
    side, transition = "sender", "close"
    primary = 40
    guards = (
        Guard(
            "papers-out",
            "",
            gettext_lazy("Papers were handed over and are not back yet. Record their return first."),
            lambda referral, data, today: not referral.papers or referral.papers_returned_on is not None,
        ),
    )
