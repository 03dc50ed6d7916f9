"""When the term is over: keep longer or destroy. The keeper proposes; two other people, not the same, agree.

Archives Law 2020, art. 21: nothing is destroyed on somebody's own account. See docs/decisions/0033.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.actions.outbox import tell
from casemgr.cases import held_entries
from casemgr.cases.people.standing import has_case_role
from casemgr.documents.volumes import storage
from casemgr.documents.volumes.access import APPROVERS, KEEPERS
from casemgr.documents.volumes.actions.base import VolumeAction, saved
from casemgr.documents.volumes.actions.keeping import open_loan
from casemgr.documents.volumes.models import Appraisal, Term, Volume, VolumeItem
from casemgr.documents.volumes.models.retention import end_of
from casemgr.documents.volumes.notices import DESTRUCTION, holders, tell_proposed
from casemgr.organisation.models import User
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm

WAIT_DAYS = 14
"""Between the second approval and the destruction: time to look at the backups."""
CITATION = "《中华人民共和国档案法》第二十一条"
Status, Verdict = Appraisal.Status, Appraisal.Verdict


class ProposeForm(ContextForm):
    verdict = forms.ChoiceField(label=gettext_lazy("Proposal"), choices=Verdict.choices, widget=forms.RadioSelect)
    term = forms.ChoiceField(
        label=gettext_lazy("New retention class"),
        choices=[("", gettext_lazy("Please choose")), *Term.choices],
        required=False,
        help_text=gettext_lazy("Counted from the year of the appraisal."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("verdict") == Verdict.KEEP and not data.get("term"):
            self.add_error("term", _("Choose how long the volume is kept."))
        return data


def open_appraisal(volume: Volume) -> Appraisal | None:
    return volume.appraisals.exclude(status__in=(Status.REFUSED, Status.DONE)).first()


def term_refusal(volume: Volume, today: date) -> Refusal | None:
    """Only what has a term can be appraised, and only when it is over."""
    if volume.term == Term.PERMANENT or volume.keep_until is None:
        return Refusal(
            "permanent", _("The volume is kept permanently: it is never appraised for destruction."), CITATION
        )
    if volume.keep_until >= today:
        message = _("The volume is to be kept until %(day)s.") % {"day": long_date(volume.keep_until)}
        return Refusal("term-runs", message, CITATION)
    return None


class ProposeAppraisal(VolumeAction):
    """The keeper's proposal for a volume whose term is over."""

    name, label = "volume.propose_appraisal", gettext_lazy("Propose what becomes of the volume")
    form = ProposeForm

    def guard_refusals(self, subject: Volume, data: Mapping | None, today: date) -> list[Refusal]:
        found = [refusal] if (refusal := term_refusal(subject, today)) else []
        if open_appraisal(subject) is not None:
            found.append(Refusal("proposed", _("A proposal for this volume waits for its approval.")))
        return found

    def execute(self, subject: Volume, data: Mapping[str, Any], context: ActionContext) -> Volume:
        proposal = Appraisal.objects.create(
            volume=subject,
            verdict=data["verdict"],
            term=data["term"] if data["verdict"] == Verdict.KEEP else "",
            reason=data["reason"],
            proposed_by=context.actor,
            proposed_on=context.today,
        )
        tell_proposed(proposal, context.today)
        return saved(subject)


class AppraisalAction(Action):
    """Base of the steps on a proposal."""

    model: ClassVar = Appraisal
    statuses: ClassVar[tuple[str, ...]] = ()
    roles = APPROVERS

    def lock(self, subject: Appraisal) -> Appraisal:
        held_entries.locked(subject.volume.case_id)
        Volume.objects.select_for_update(of=("self",)).get(pk=subject.volume_id)
        rows = Appraisal.objects.select_related("volume__case")
        return rows.select_for_update(of=("self",)).get(pk=subject.pk)

    def is_visible(self, subject: Appraisal, actor, today: date) -> bool:
        return Volume.objects.visible_to(actor, today).filter(pk=subject.volume_id).exists()

    def is_permitted(self, subject: Appraisal, actor, today: date) -> bool:
        return has_case_role(actor, self.roles, subject.volume.case, today)

    def state_refusal(self, subject: Appraisal, today: date) -> Refusal | None:
        if subject.status in self.statuses:
            return None
        message = _("“%(action)s” is not possible while the proposal is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_status_display()})

    def execute(self, subject: Appraisal, data: Mapping[str, Any], context: ActionContext) -> Appraisal:
        self.change(subject, data, context)
        subject.version += 1
        subject.save()
        return subject

    def change(self, appraisal: Appraisal, data: Mapping[str, Any], context: ActionContext) -> None:
        """What the step writes."""


class Approve(AppraisalAction):
    """The first and the second approval, by two people who did not propose it."""

    name, label = "appraisal.approve", gettext_lazy("Approve the proposal")
    statuses = (Status.PROPOSED, Status.APPROVED_ONCE)
    binding, primary = True, 60

    def execute(self, subject: Appraisal, data: Mapping[str, Any], context: ActionContext) -> Appraisal:
        if self.has_answered(subject, context.actor):
            message = _("Two people who did not propose it must agree, each once. Ask somebody else.")
            raise GuardRefused(refusals=[Refusal("second-person", message, CITATION)])
        return super().execute(subject, data, context)

    @staticmethod
    def has_answered(appraisal: Appraisal, actor: User) -> bool:
        """Whether the person proposed it or agreed already."""
        return actor.pk in (appraisal.proposed_by_id, appraisal.first_by_id)

    def change(self, appraisal: Appraisal, data: Mapping[str, Any], context: ActionContext) -> None:
        if appraisal.status == Status.PROPOSED:
            appraisal.first_by, appraisal.first_on = context.actor, context.today
            appraisal.status = Status.APPROVED_ONCE
            return
        appraisal.second_by, appraisal.second_on = context.actor, context.today
        if appraisal.verdict == Verdict.KEEP:
            self._keep_longer(appraisal, context.today)
        else:
            self._announce(appraisal, context.today)

    @staticmethod
    def _keep_longer(appraisal: Appraisal, today: date) -> None:
        until = end_of(appraisal.term, today)
        source = f"{today.year}年鉴定：{appraisal.reason}"[:300]
        saved(appraisal.volume, term=appraisal.term, keep_until=until, term_source=source)
        appraisal.status, appraisal.done_on = Status.DONE, today

    @staticmethod
    def _announce(appraisal: Appraisal, today: date) -> None:
        appraisal.status = Status.APPROVED
        appraisal.not_before = today + timedelta(days=WAIT_DAYS)
        admins = User.objects.filter(is_active=True, role_assignments__role="admin").values_list("pk", flat=True)
        people = {*admins, *holders(KEEPERS, appraisal.volume, today)}
        tell(DESTRUCTION, sorted(people), subject=appraisal.volume, once=f"destruction:{appraisal.pk}",
             volume=str(appraisal.volume), **{"from": appraisal.not_before.isoformat()})  # fmt: skip


class RefuseForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


class RefuseProposal(AppraisalAction):
    """One refusal ends the proposal, also between the approvals and the destruction."""

    name, label = "appraisal.refuse", gettext_lazy("Refuse the proposal")
    statuses = (Status.PROPOSED, Status.APPROVED_ONCE, Status.APPROVED)
    form = RefuseForm

    def change(self, appraisal: Appraisal, data: Mapping[str, Any], context: ActionContext) -> None:
        appraisal.status = Status.REFUSED
        appraisal.refused_by, appraisal.refusal = context.actor, data["reason"]


class DestroyForm(ContextForm):
    witness = forms.CharField(
        label=gettext_lazy("First witness of the destruction"),
        max_length=40,
        help_text=gettext_lazy("Both witnesses sign the destruction list of the paper volume."),
    )
    second_witness = forms.CharField(label=gettext_lazy("Second witness of the destruction"), max_length=40)
    backup_is_good = forms.BooleanField(label=gettext_lazy("The last backup was checked and is good"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        named = [data.get(name, "").strip() for name in ("witness", "second_witness")]
        if all(named) and (named[0] == named[1] or self.actor.full_name in named):
            self.add_error("second_witness", _("Two different people watch, and neither is who records it."))
        return data


class Destroy(AppraisalAction):
    """The paper volume was destroyed before witnesses; the volume's own bytes go, its record and its papers' stay."""

    name, label = "appraisal.destroy", gettext_lazy("Record the destruction")
    consequence = gettext_lazy(
        "The electronic volume is deleted for good. Its record, catalogue and digests stay, and so does the case."
    )
    statuses = (Status.APPROVED,)
    roles = KEEPERS
    binding = True
    form = DestroyForm

    def guard_refusals(self, subject: Appraisal, data: Mapping | None, today: date) -> list[Refusal]:
        found = [refusal] if (refusal := term_refusal(subject.volume, today)) else []
        if subject.verdict != Verdict.DESTROY:
            found.append(Refusal("not-destroy", _("The proposal is to keep the volume.")))
        elif not subject.may_be_destroyed(today):
            day = long_date(subject.not_before) if subject.not_before else ""
            message = _("Not before %(day)s: until then the backups are checked.") % {"day": day}
            found.append(Refusal("too-early", message))
        if open_loan(subject.volume) is not None:
            found.append(Refusal("lent", _("The volume is lent. Take it back first.")))
        return found

    def change(self, appraisal: Appraisal, data: Mapping[str, Any], context: ActionContext) -> None:
        volume = appraisal.volume
        own = f"{storage.ITEMS}/"
        items = VolumeItem.objects.filter(volume=volume, file__startswith=own)
        names = [volume.file, *items.values_list("file", flat=True)]
        appraisal.status, appraisal.done_on = Status.DONE, context.today
        appraisal.witnesses = f"{data['witness']}、{data['second_witness']}"
        saved(volume, destroyed_on=context.today, file="", size=0)
        items.update(file="")
        transaction.on_commit(lambda: [storage.remove(name) for name in names])


APPRAISING = (ProposeAppraisal, Approve, RefuseProposal, Destroy)
