"""Freezing: asked for on a page, put together by a job, kept by `volumes.freeze`; the case may be archived with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions import registry
from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.perform import on_rollback
from casemgr.audit.bulk import create_with_history
from casemgr.cases.models import Case
from casemgr.cases.procedure import Stage
from casemgr.documents.models import Document
from casemgr.documents.volumes.actions.base import FileAction
from casemgr.documents.volumes.completeness import lacks
from casemgr.documents.volumes.contents import contents
from casemgr.documents.volumes.guards import MISSING
from casemgr.documents.volumes.models import Volume, VolumeItem
from casemgr.documents.volumes.order import order_of
from casemgr.documents.volumes.preparing import CHANGED, Prepared, PreparedFile, state_of
from casemgr.jobs.models import Job
from casemgr.jobs.runner import enqueue
from casemgr.pages.forms import ContextForm, DateField

KEEP = "volumes"
"""Kind of the job."""


def running_job(case: Case) -> Job | None:
    """The job that puts the case's volumes together now."""
    return Job.objects.filter(kind=KEEP, finished_at__isnull=True, arguments__case=case.pk).order_by("-id").first()


def freeze_refusals(case: Case) -> list[Refusal]:
    """Why the volumes cannot be frozen now."""
    if case.stage != Stage.ARCHIVED and (refusal := _not_ended(case)):
        return [refusal]
    found = []
    drafts = list(Document.objects.unfinished().filter(case_id=case.pk).values_list("title", flat=True))
    if drafts:
        message = _("These papers are still drafts: %(names)s. Issue or discard them first.")
        found.append(Refusal("papers-unfinished", message % {"names": "、".join(drafts)}))
    inside = contents(case)
    if not inside:
        everything = _("Everything of this case is in its frozen volumes already.")
        nothing = _(
            "Nothing of this case lies in the system as a file yet: upload it, or say below where the paper is."
        )
        found.append(
            Refusal("nothing-to-file", everything if Volume.objects.filter(case=case.pk).exists() else nothing)
        )
    if not case.is_past_record:
        found += order_of(case).gates(case)
    unknown = [lack.need.title for lack in lacks(case, inside) if not lack.reason]
    if unknown:
        message = _("Still lacking, without a reason: %(names)s. Enter where they are, or why they are not there.")
        found.append(Refusal("incomplete", message % {"names": "、".join(unknown)}))
    return found


def _not_ended(case: Case) -> Refusal | None:
    """A volume is closed when the case may be: in the states from which it is archived."""
    name = order_of(case).archive_action
    refusal = registry.get(name).state_refusal(case, date.max) if name else None
    if refusal is None:
        return None
    return Refusal("case-running", _("The case is still running: its volume is put together when it has ended."))


class RequestForm(ContextForm):
    """The entries of archiving travel on to the procedure's own action."""

    archive = forms.BooleanField(label=gettext_lazy("Archive the case with it"), required=False)
    on = DateField(label=gettext_lazy("Archived on"), required=False)
    archive_number = forms.CharField(label=gettext_lazy("Archive number"), max_length=60, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=500, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["on"].initial = self.today

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("archive") and not data.get("archive_number"):
            self.add_error("archive_number", _("Fill in “%(field)s”.") % {"field": self.fields["archive_number"].label})
        return data


class RequestVolumes(FileAction):
    """Have the volumes put together and frozen in the background and, if wished, the case archived."""

    name, label = "volumes.request", gettext_lazy("Put the volumes together")
    consequence = gettext_lazy(
        "The volumes get their catalogue and page numbers and are frozen: they never change again. "
        "What comes later goes into a supplement."
    )
    binding = True
    form = RequestForm

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        found = freeze_refusals(subject)
        if running_job(subject) is not None:
            found.append(Refusal("under-way", _("The volumes are being put together already.")))
        if data is not None and data["archive"] and not found:
            found += _archive_refusals(subject, data, today)
        return found

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        sent = {"archive_number": data["archive_number"], "note": data["note"],
                "day": (data["on"] or context.today).isoformat()}  # fmt: skip
        enqueue(
            KEEP,
            requested_by=context.actor.pk,
            case=subject.pk,
            on=context.today.isoformat(),
            archive=bool(data["archive"]),
            **sent,
        )
        return subject


def _archive_refusals(case: Case, data: Mapping[str, Any], today: date) -> list[Refusal]:
    """What archiving would refuse now, but for the volume that is about to be frozen."""
    action = registry.get(order_of(case).archive_action)
    if refusal := action.state_refusal(case, today):
        return [refusal]
    form = action.build_form(case, archive_data(data, today), None, None, today)
    if not form.is_valid():
        return [Refusal("invalid", message, field=name if name in data else None)
                for name, messages in form.errors.items() for message in messages]  # fmt: skip
    return [one for one in action.guard_refusals(case, form.cleaned_data, today) if one.code != MISSING]


def archive_data(data: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The form of the procedure's archive action."""
    on = data.get("day") or (data.get("on") or today).isoformat()
    return {"on": on, "archive_number": data["archive_number"], "note": data["note"]}


class PreparedField(forms.Field):
    """Takes what `prepare` made in this process; nothing that came over the wire is one."""

    def to_python(self, value: object) -> PreparedFile:
        if not isinstance(value, PreparedFile):
            raise forms.ValidationError(_("Volumes are frozen by the work that puts them together."))
        return value


class FreezeForm(ContextForm):
    prepared = PreparedField(label=gettext_lazy("Volumes"))

    def clean_prepared(self) -> PreparedFile:
        prepared: PreparedFile = self.cleaned_data["prepared"]
        if prepared.case_id != self.subject.pk:
            raise forms.ValidationError(_("Volumes are frozen by the work that puts them together."))
        return prepared


class FreezeVolumes(FileAction):
    """Keep the volumes as they were put together, if nothing changed since."""

    name, label = "volumes.freeze", gettext_lazy("Freeze the volumes")
    form = FreezeForm

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        found = freeze_refusals(subject)
        if data is not None and not found and state_of(subject)[2] != data["prepared"].fingerprint:
            message = _("The file changed while its volumes were put together: they are put together again.")
            found.append(Refusal(CHANGED, message))
        return found

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        prepared: PreparedFile = data["prepared"]
        on_rollback(prepared.discard)
        for one in prepared.volumes:
            _keep(subject, one, prepared.archive_number, context)
        return subject


def _keep(case: Case, one: Prepared, archive_number: str, context: ActionContext) -> Volume:
    earlier = Volume.objects.filter(case_id=case.pk, part=one.part).order_by("number").first()
    volume = Volume.objects.create(
        case_id=case.pk,
        part=one.part,
        number=one.number,
        title=one.title[:200],
        archive_number=archive_number or (earlier.archive_number if earlier else ""),
        first_page=one.first_page,
        last_page=one.placed[-1].last,
        file=one.file,
        sha256=one.sha256,
        size=one.size,
        pages=one.pages,
        lacks=one.lacks,
        closed_on=one.closed_on,
        frozen_on=context.today,
        frozen_by=context.actor,
        term=one.keeping.term,
        term_source=one.keeping.source,
        keep_until=one.keeping.until,
    )
    create_with_history([_item(volume, one, number, placed) for number, placed in enumerate(one.placed, 1)])
    return volume


def _item(volume: Volume, one: Prepared, number: int, placed) -> VolumeItem:
    content = placed.content
    return VolumeItem(
        volume=volume,
        sequence=number,
        key=content.key,
        slot=content.slot.code,
        title=content.title[:200],
        number_text=content.number_text,
        author=content.author[:100],
        dated_on=content.dated_on,
        first_page=placed.first,
        last_page=placed.last,
        carrier=placed.carrier,
        note=content.note[:300],
        file=one.made.get(content.key, content.file),
        sha256=content.sha256,
        size=content.size,
        media_type=content.media_type,
    )


FREEZING = (RequestVolumes, FreezeVolumes)
