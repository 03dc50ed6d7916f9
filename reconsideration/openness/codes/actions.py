"""Giving out and revoking the code of a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import ByRole, CreateAction, RecordAction
from casemgr.cases.models import Case, Participation
from casemgr.pages.forms import ContextForm
from reconsideration.models import QueryCode
from reconsideration.openness.codes import secrets
from reconsideration.openness.roles import OFFICER, holds

ASKING = tuple(role for role in Participation.Role.values if role != Participation.Role.RESPONDENT)
LEAST_WORD = 2


class IssueForm(ContextForm):
    """`case` is the id of the case; the check word comes from the records, or is one the person chose."""

    class Word:
        PHONE, NUMBER, OWN = "phone", "number", "own"

    case = forms.IntegerField(label=gettext_lazy("Case"), widget=forms.HiddenInput())
    participation = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Given to"))
    word_is = forms.ChoiceField(
        label=gettext_lazy("Check word"),
        choices=[
            (Word.PHONE, gettext_lazy("The last four digits of the telephone number")),
            (Word.NUMBER, gettext_lazy("The last four signs of the identity number")),
            (Word.OWN, gettext_lazy("A word the person chooses")),
        ],
    )
    word = forms.CharField(
        label=gettext_lazy("The chosen word"), max_length=20, required=False,
        help_text=gettext_lazy("Only its digest is kept: the office cannot look it up later."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.found is not None:
            parts = Participation.objects.filter(case=self.found, role__in=ASKING, left_on__isnull=True)
            self.fields["participation"].queryset = parts.select_related("party")

    @cached_property
    def found(self) -> Case | None:
        """The case, once the address or the sender has said which."""
        asked = str(self["case"].value() or "")
        if not (asked.isascii() and asked.isdigit()) or len(asked) > 18:
            return None
        seen = Case.objects.visible_to(self.actor, self.today).filter(procedure="reconsideration")
        return seen.filter(pk=asked).first()

    def clean_case(self) -> Case:
        if self.found is None:
            raise forms.ValidationError(_("There is no such case."))
        return self.found

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (part := data.get("participation")) is not None and "word_is" in data:
            known = {self.Word.PHONE: part.party.phone_last4, self.Word.NUMBER: part.party.identity_last4}
            word = known.get(data["word_is"], data.get("word", "").strip())
            if len(word) < LEAST_WORD:
                is_own = data["word_is"] == self.Word.OWN
                self.add_error(
                    "word" if is_own else "word_is",
                    _("Enter at least two signs.") if is_own else _("It is not in the records: choose another word."),
                )
            data["word"] = word
        return data


class IssueCode(ByRole, CreateAction):
    """The code is told once; whatever was given to the same person before is void."""

    name = "query_code.issue"
    label = gettext_lazy("Give a query code")
    form = IssueForm
    roles = OFFICER

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> QueryCode:
        part, secret = data["participation"], secrets.make()
        for earlier in QueryCode.objects.select_for_update().filter(participation=part, revoked_on__isnull=True):
            _revoke(earlier, context.today, _("A new code was given."))
        code = QueryCode.objects.create(
            case=data["case"],
            participation=part,
            code_digest=secrets.code_digest("progress", secret),
            word_digest=secrets.word_digest(secret, data["word"]),
            issued_by=context.actor,
            issued_on=context.today,
        )
        code.secret = secret
        return code


class RevokeForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class RevokeCode(RecordAction):
    """Lost, or asked for by the person."""

    name = "query_code.revoke"
    label = pgettext_lazy("code", "Make the code void")
    form = RevokeForm
    model: ClassVar = QueryCode

    def is_permitted(self, subject: QueryCode, actor: Any, today: date) -> bool:
        return holds(actor, OFFICER, subject.case.unit_id, today)

    def state_refusal(self, subject: QueryCode, today: date) -> Refusal | None:
        return Refusal("code-void", _("This code is void already.")) if subject.revoked_on else None

    def change(self, subject: QueryCode, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.revoked_on, subject.revoke_reason = context.today, data["reason"]


def _revoke(code: QueryCode, today: date, reason: str) -> None:
    code.revoked_on, code.revoke_reason, code.version = today, reason, code.version + 1
    code.save()


ACTIONS = (IssueCode, RevokeCode)

__all__ = ["ACTIONS", "IssueForm"]
