"""Handing out: a party inspects the file, and a bundle is made that can be checked without this software."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.actions.perform import on_rollback
from casemgr.cases.models import Case, Participation
from casemgr.cases.procedure import ENDED_STAGES
from casemgr.documents import files
from casemgr.documents.internal import READERS, may_read_internal
from casemgr.documents.rendering import chinese_date
from casemgr.documents.volumes import storage
from casemgr.documents.volumes.actions.base import FileAction
from casemgr.documents.volumes.inspecting import label_of, make_copy, named, open_contents, readers
from casemgr.documents.volumes.models import Bundle, Inspection, Volume
from casemgr.documents.volumes.models.volume import secret_items
from casemgr.documents.volumes.order import order_of
from casemgr.jobs.runner import enqueue
from casemgr.pages.forms import ContextForm, SeveralChoicesField

BUNDLE = "volume_bundle"
"""Kind of the job."""
AFTER_END = "案件已审结，经本机构同意查阅"


class ReaderField(forms.ModelChoiceField):
    def label_from_instance(self, part: Participation) -> str:
        return part.with_role


class InspectForm(ContextForm):
    reader = ReaderField(Participation.objects.none(), label=gettext_lazy("Who inspects"))
    identity_check = forms.CharField(
        label=gettext_lazy("How identity and authority were checked"),
        max_length=200,
        help_text=gettext_lazy("Which card was seen; of an agent also the power of attorney."),
    )
    manner = forms.ChoiceField(label=gettext_lazy("Manner"), choices=Inspection.Manner.choices, initial="copy")
    items = SeveralChoicesField(label=gettext_lazy("What is shown"))
    ground = forms.ChoiceField(label=gettext_lazy("Ground for what is withheld"), required=False)
    explanation = forms.CharField(
        label=gettext_lazy("What is withheld, and why"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Needed when something of the list above is not ticked."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rules = order_of(self.subject).inspection
        self.found = open_contents(self.subject) if rules else []
        self.fields["reader"].queryset = readers(self.subject, rules.roles if rules else (), self.today)
        self.fields["items"].choices = [(one.key, label_of(one)) for one in self.found]
        self.fields["ground"].choices = [("", _("Nothing is withheld")), *(rules.grounds if rules else ())]
        if not self.is_bound:
            self.fields["items"].initial = [one.key for one in self.found]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = set(data.get("items") or ())
        data["chosen"] = [one for one in self.found if one.key in chosen]
        data["left"] = [one for one in self.found if one.key not in chosen]
        if data["left"] and chosen:
            if not data.get("ground"):
                self.add_error("ground", _("Choose the ground: only what the law names may be withheld."))
            if not data.get("explanation"):
                self.add_error("explanation", _("Say what is withheld, and why."))
        return data


class RecordInspection(FileAction):
    """A party or agent looks into the file or gets a copy; what is not open is never in it."""

    name, label = "volumes.inspect", gettext_lazy("Record an inspection of the file")
    form = InspectForm

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        rules = order_of(subject).inspection
        if rules is None:
            message = _("The law of this procedure gives parties no inspection of the file.")
            return [Refusal("no-inspection", message)]
        if data is None and not open_contents(subject):
            return [Refusal("nothing-open", _("There is nothing in the file yet that parties may inspect."), rules.law)]
        return []

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        rules = order_of(subject).inspection
        basis = AFTER_END if subject.stage in ENDED_STAGES else rules.law
        reader: Participation = data["reader"]
        heading = [
            ("案　　号", subject.number),
            ("查 阅 人", f"{reader.name}（{ROLE_WORDS.get(reader.role, '')}）"),
            ("依　　据", basis),
            ("日　　期", chinese_date(context.today)),
            ("经 办 人", context.actor.full_name),
        ]
        try:
            copied = make_copy(subject, data["chosen"], heading)
        except files.FileDamaged as error:
            message = _("A stored file is missing or was changed. Restore it from a backup first.")
            raise GuardRefused(refusals=[Refusal("file-damaged", message)]) from error
        with copied.file as file:
            name = storage.keep(file, storage.COPIES, context.today.year, "pdf")
        on_rollback(lambda: storage.remove(name))
        withheld = [
            {**one, "ground": data["ground"], "explanation": data["explanation"]} for one in named(data["left"])
        ]
        Inspection.objects.create(
            case_id=subject.pk,
            reader=reader,
            identity_check=data["identity_check"],
            manner=data["manner"],
            basis=basis,
            on=context.today,
            items=named(data["chosen"]),
            withheld=withheld,
            file=name,
            sha256=copied.sha256,
            size=copied.size,
            pages=copied.pages,
            recorded_by=context.actor,
        )
        return subject


ROLE_WORDS = {
    Participation.Role.APPLICANT: "申请人",
    Participation.Role.RESPONDENT: "被申请人",
    Participation.Role.THIRD_PARTY: "第三人",
    Participation.Role.REPRESENTATIVE: "代表人",
    Participation.Role.AGENT: "委托代理人",
    Participation.Role.STATUTORY_AGENT: "法定代理人",
}


class BundleForm(ContextForm):
    purpose = forms.CharField(label=gettext_lazy("For whom and why"), max_length=200)
    with_internal = forms.BooleanField(
        label=gettext_lazy("With the internal volume and the whole audit trail"),
        required=False,
        help_text=gettext_lazy("Only for archives and courts that may see internal papers; never for parties."),
    )


class AskBundle(FileAction):
    """Have a bundle made of the frozen volumes; the page of the volume offers it for download when it is ready."""

    name, label = "volumes.bundle", gettext_lazy("Make a checkable bundle")
    roles = READERS
    form = BundleForm

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if not Volume.objects.filter(case_id=subject.pk, destroyed_on__isnull=True).exists():
            return [Refusal("nothing-frozen", _("No volume of this case is frozen yet."))]
        if data is None or data["with_internal"] or not secret_items(volume__case_id=subject.pk).exists():
            return []
        message = _(
            "The frozen main volume holds a material that was marked secret afterwards: such a bundle goes only to "
            "who may see internal papers."
        )
        return [Refusal("secret-inside", message, field="with_internal")]

    def execute(self, subject: Case, data: Mapping[str, Any], context: ActionContext) -> Case:
        if data["with_internal"] and not may_read_internal(context.actor, subject, context.today):
            message = _("The internal volume is for people of the house only.")
            raise GuardRefused(refusals=[Refusal("internal", message, field="with_internal")])
        bundle = Bundle.objects.create(case_id=subject.pk, asked_by=context.actor, asked_on=context.today, **data)
        job = enqueue(BUNDLE, requested_by=context.actor.pk, bundle=bundle.pk, on=context.today.isoformat())
        bundle.job_id = job.pk
        bundle.save()
        return subject


HANDING_OUT = (RecordInspection, AskBundle)
