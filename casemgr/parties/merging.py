"""Merging two records of one person: proposed, approved by somebody else, undone with a reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.organisation.roles import KEEPERS
from casemgr.pages.forms import ContextForm
from casemgr.parties.models import Party, PartyMerge, PartyName
from casemgr.parties.proposals import TEXT, ProposalAction, refuse_own
from casemgr.parties.scope import may_handle


@dataclass(frozen=True)
class Conflict:
    """Why the two cannot simply be one: `text` says where, `people` are to be told."""

    text: str
    people: tuple[int, ...] = ()


Finder = Callable[[Collection[int], Collection[int]], Iterable[Conflict]]
_finders: list[Finder] = []
Teller = Callable[[PartyMerge], None]
_tellers: list[Teller] = []


def register_conflicts(finder: Finder) -> None:
    """The rows above say where the same person would stand on two sides; called from AppConfig.ready()."""
    if finder not in _finders:
        _finders.append(finder)


def conflicts_of(survivor: Party, merged: Party) -> list[Conflict]:
    first, second = line_ids([survivor.pk]), line_ids([merged.pk])
    return [conflict for finder in _finders for conflict in finder(first, second)]


def line_ids(party_ids: Collection[int]) -> set[int]:
    """The parties with all records that were merged into them and into which they were merged: one person's line."""
    ids, waiting = set(party_ids), set(party_ids)
    while waiting:
        linked = Party.objects.filter(Q(merged_into_id__in=waiting) | Q(merged__in=waiting))
        waiting = set(linked.values_list("pk", flat=True)) - ids
        ids |= waiting
    return ids


class ProposeForm(ContextForm):
    other = forms.IntegerField(label=gettext_lazy("Number of the record to be merged into this one"), min_value=1)
    reason = forms.CharField(
        label=gettext_lazy("Why both are the same, and which paper shows it"), max_length=500, widget=TEXT
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("other"):
            return data
        other = Party.objects.filter(pk=data["other"]).first()
        if other is None or not may_handle(self.actor, other, self.today):
            self.add_error("other", _("There is no such record within your scope. Check the number."))
        elif other.pk == self.subject.pk:
            self.add_error("other", _("This is the record itself. Enter the number of the other one."))
        elif other.merged_into_id or self.subject.merged_into_id:
            self.add_error("other", _("One of the two is merged already: open the record it was merged into."))
        elif other.kind != self.subject.kind:
            self.add_error("other", _("A person, an organisation and an agency are never the same."))
        elif PartyMerge.objects.filter(merged=other, state="PROPOSED").exists():
            self.add_error("other", _("A merge of this record is already proposed."))
        else:
            data["party"] = other
        return data


class ProposeMerge(Action):
    """Propose that another record is the same person as this one."""

    name, label = "party.propose_merge", gettext_lazy("Propose a merge")
    model: ClassVar = Party
    roles, form = KEEPERS, ProposeForm

    def is_visible(self, subject: Party, actor, today: date) -> bool:
        return may_handle(actor, subject, today)

    def execute(self, subject: Party, data: Mapping[str, Any], context: ActionContext) -> PartyMerge:
        found = conflicts_of(subject, data["party"])
        return PartyMerge.objects.create(
            survivor=subject,
            merged=data["party"],
            reason=data["reason"],
            proposed_by=context.actor,
            proposed_on=context.today,
            conflicts=[conflict.text for conflict in found],
        )


class ApproveForm(ContextForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason; needed when a conflict of interest was found"), max_length=500, required=False,
        widget=TEXT,
    )  # fmt: skip


class MergeAction(ProposalAction):
    """Base: both records are locked."""

    model: ClassVar = PartyMerge

    def records_of(self, subject: PartyMerge) -> list[Party]:
        return [subject.survivor, subject.merged]


class ApproveMerge(MergeAction):
    """A second person agrees: the other record points to the one that stays. No case is rewritten."""

    name, label = "party.approve_merge", gettext_lazy("Approve the merge")
    consequence = gettext_lazy("Both records answer as one from now on; their cases keep what was printed then.")
    binding = True
    transition, form = "approve", ApproveForm

    def guard_refusals(self, subject: PartyMerge, data: Mapping | None, today: date) -> list[Refusal]:
        found = []
        if subject.merged.merged_into_id or subject.survivor.merged_into_id:
            found.append(Refusal("merged-already", _("One of the two is merged already.")))
        if data is not None and conflicts_of(subject.survivor, subject.merged) and not data["reason"]:
            message = _("The same person would stand on two sides. Say why the merge is right all the same.")
            found.append(Refusal("conflict-of-interest", message, field="reason"))
        return found

    def execute(self, subject: PartyMerge, data: Mapping[str, Any], context: ActionContext) -> PartyMerge:
        refuse_own(subject, context.actor)
        return super().execute(subject, data, context)

    def change(self, merge: PartyMerge, context: ActionContext) -> None:
        found = conflicts_of(merge.survivor, merge.merged)
        merge.conflicts = [conflict.text for conflict in found]
        merge.merged.merged_into = merge.survivor
        merge.merged.version += 1
        merge.merged.save()
        if merge.merged.name != merge.survivor.name:
            PartyName(party=merge.survivor, kind=PartyName.Kind.ALIAS, name=merge.merged.name).save()
        for teller in _tellers:
            teller(merge)


class RejectMerge(MergeAction):
    """They are two."""

    name, label = "party.reject_merge", gettext_lazy("Reject the merge")
    transition = "reject"


class UndoMerge(MergeAction):
    """They were two after all: each answers for itself again."""

    name, label = "party.undo_merge", gettext_lazy("Undo the merge")
    binding = True
    consequence = gettext_lazy("The two records answer for themselves again, with the cases each of them had.")
    transition = "undo"

    def change(self, merge: PartyMerge, context: ActionContext) -> None:
        merge.merged.merged_into = None
        merge.merged.version += 1
        merge.merged.save()
        alias = merge.survivor.other_names.filter(kind=PartyName.Kind.ALIAS, name=merge.merged.name).first()
        if alias is not None:
            alias.delete()
            merge.survivor.reindex()


def register_teller(teller: Teller) -> None:
    """Rows above that tell the handlers of the cases concerned."""
    if teller not in _tellers:
        _tellers.append(teller)


ACTIONS = (ProposeMerge, ApproveMerge, RejectMerge, UndoMerge)
