"""A letter is added to a referral by either side, and withdrawn with a reason; it is never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions import registry
from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import RecordAction
from casemgr.cases.models import Referral
from casemgr.cases.referrals.actions import ReferralAction
from casemgr.documents.referral_letters.forms import LetterForm, WithdrawForm
from casemgr.documents.referral_letters.models import FOLDER, ReferralLetter
from casemgr.documents.uploads.keeping import keep_as, pieces_of
from casemgr.organisation.roles import HANDS
from casemgr.pages.masking import without_numbers

TITLE = 120


class AddLetter(ReferralAction):
    """Keep the organ's letter, or its answer, with the referral; a case need not be there yet."""

    name = "referral.add_letter"
    label = gettext_lazy("Add the organ's letter")
    form = LetterForm

    def change(self, referral: Referral, data: Mapping[str, Any], context: ActionContext) -> None:
        for piece in pieces_of(data["files"]):
            name = without_numbers(piece.verdicts[0].name)
            keep_as(
                ReferralLetter,
                FOLDER,
                piece,
                context.today,
                referral=referral,
                title=data["title"] or (name.rpartition(".")[0] or name)[:TITLE],
                received_on=data["received_on"],
                added_by=context.actor,
            )


class WithdrawLetter(RecordAction):
    """The wrong file: it is kept and marked, and nobody opens it any more."""

    name = "referral_letter.withdraw"
    label = gettext_lazy("Withdraw the letter")
    model: ClassVar = ReferralLetter
    roles = HANDS
    form = WithdrawForm

    def is_permitted(self, subject: ReferralLetter, actor: Any, today: date) -> bool:
        return registry.get(AddLetter.name).is_permitted(subject.referral, actor, today)

    def state_refusal(self, subject: ReferralLetter, today: date) -> Refusal | None:
        return Refusal("withdrawn", _("This letter was withdrawn already.")) if subject.is_withdrawn else None

    def change(self, subject: ReferralLetter, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.withdrawn_on, subject.withdrawn_reason = context.today, data["reason"]


ACTIONS = (AddLetter, WithdrawLetter)
