"""The sender's side until the letter is out: parties, their consent, sending, withdrawing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.outbox import tell
from casemgr.cases.models import Participation, Referral, ReferralParty
from casemgr.cases.models.referrals import Direction, Dock
from casemgr.cases.referrals import forms
from casemgr.cases.referrals.actions.base import HANDS, ReferralAction
from casemgr.cases.referrals.actions.telling import note_on_case
from casemgr.cases.referrals.senders import withheld
from casemgr.organisation.models import RoleAssignment
from casemgr.parties.registry import find_or_create


class AddParty(ReferralAction):
    """Enter a party of the dispute, found in the registry or new."""

    name = "referral.add_party"
    label = gettext_lazy("Add a party")
    form = forms.SidedPartyForm
    states = ("DRAFT", "SENT", "RECEIVED", "ACCEPTED", "IN_PROGRESS")
    primary = 20

    def build_form(self, subject, data, files, actor, today):
        is_first = not subject.parties.exists()
        return forms.SidedPartyForm(data, files, subject=None, actor=actor, today=today, is_first=is_first)

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        party = find_or_create(context.form.party_data(), context.actor, context.today)
        side = data.get("side") or context.form.usual_side
        ReferralParty.objects.get_or_create(referral=referral, party=party, defaults={"side": side})


class RecordConsent(ReferralAction):
    """A party was asked, and said yes or no (特邀调解规定 11; 在线调解规则 15)."""

    name = "referral.consent"
    label = gettext_lazy("Record a party's consent")
    form = forms.ConsentForm
    states = ("DRAFT", "SENT", "RECEIVED", "ACCEPTED", "IN_PROGRESS")
    primary = 25

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        part: ReferralParty = data["party"]
        part.asked_on, part.answer, part.how = data["on"], data["answer"], data["how"]
        part.save()


def _all_agree(referral: Referral, data, today) -> bool:
    """A dispute leaves a case only with the consent of its parties (dossier on mediation, §5.3)."""
    if referral.direction == Direction.IN:
        return True
    answers = [part.answer for part in referral.parties.all()]
    return bool(answers) and all(answer == ReferralParty.Answer.AGREES for answer in answers)


SIDES = (Participation.Role.APPLICANT, Participation.Role.RESPONDENT)


def _absent_sides(referral: Referral) -> list[str]:
    """Applicants and respondents of the case whose word a suspension needs and who are not parties of the referral."""
    is_suspended = referral.dock == Dock.RECONSIDERATION and referral.extra.get("suspend") == "yes"
    if not is_suspended or referral.direction == Direction.IN or referral.case is None:
        return []
    asked = {part.party_id for part in referral.parties.all()}
    rows = referral.case.participations.filter(role__in=SIDES, left_on__isnull=True).order_by("order")
    return [part.name for part in rows if part.party_id not in asked]


# Reconsideration Law 2023, art. 39(1)(6): 申请人和被申请人同意中止
both_sides_are_asked = Guard(
    "side-not-asked",
    "行政复议法39(1)⑥",
    gettext_lazy(
        "The case can be suspended for mediation only when applicant and respondent agree: add as parties of the "
        "referral, and ask, or say that the period runs on:"
    ),
    lambda referral, data, today: not _absent_sides(referral),
    detail=lambda referral, data, today: "、".join(_absent_sides(referral)),
)


class SendReferral(ReferralAction):
    """The letter goes out."""

    name = "referral.send"
    label = gettext_lazy("Send the referral")
    consequence = gettext_lazy("The other side sees the referral from now on; it can only be withdrawn until received.")
    binding, primary = True, 50
    side, transition, day = "sender", "send", "sent_on"
    form = forms.DayForm
    guards = (
        Guard(
            "consent-missing",
            gettext_lazy("People's Mediation Law, art. 3(1)"),
            gettext_lazy("Every party must have agreed to the referral. Record each one's consent first."),
            _all_agree,
        ),
        both_sides_are_asked,
    )

    def is_permitted(self, subject: Referral, actor, today: date) -> bool:
        return super().is_permitted(subject, actor, today) and not withheld(subject, actor, today)

    def forbidden_message(self, subject: Referral, actor, today: date) -> str:
        return withheld(subject, actor, today) or super().forbidden_message(subject, actor, today)

    def after(self, referral: Referral, context: ActionContext) -> None:
        if referral.case_id:
            note_on_case(referral, "referral_sent", context)
        if referral.to_unit_id:
            held = RoleAssignment.objects.filter(unit_id=referral.to_unit_id, role__in=HANDS)
            tell("referral_came", held.values_list("user_id", flat=True), subject=referral, number=str(referral))


class CancelReferral(ReferralAction):
    """Withdrawn before the other side has signed for it."""

    name = "referral.cancel"
    label = gettext_lazy("Withdraw the referral")
    side, transition = "sender", "cancel"
    form = forms.ReasonForm
