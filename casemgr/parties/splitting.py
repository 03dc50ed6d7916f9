"""Splitting a record that holds two people: a new record takes over what is the other one's (dossier §6.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Protocol

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.organisation.roles import KEEPERS
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm, SeveralChoicesField
from casemgr.parties.forms import NameField
from casemgr.parties.identity import NONE, told_by
from casemgr.parties.models import DuplicatePair, Party, PartyMerge, PartyName, PartySplit
from casemgr.parties.proposals import TEXT, ProposalAction, refuse_own
from casemgr.parties.scope import may_handle

NUMBER, PHONE = "number", "phone"
PLAIN = (
    *("sex", "birth_on", "ethnicity", "mongolian_name", "address", "village", "service_address"),
    *("legal_representative", "representative_post", "remark"),
)
TOLD_BY_NUMBER = ("birth_on", "sex")
"""They go where the resident number goes, which tells them."""


class Files(Protocol):
    """What the rows above do with the files in which the party stands."""

    def choices(self, party: Party, actor, today: date) -> list[tuple[int, str]]: ...

    def lock(self, ids: Collection[int]) -> None: ...

    def move(self, ids: Collection[int], source: Party, target: Party, today: date, *, undone: bool) -> None: ...

    def hanging_on(self, party: Party, besides: Collection[int]) -> Iterable[str]: ...


_files: list[Files] = []


def register_files(files: Files) -> None:
    """Called from AppConfig.ready() of the row above."""
    if files not in _files:
        _files.append(files)


def file_choices(party: Party, actor, today: date) -> list[tuple[int, str]]:
    return [choice for files in _files for choice in files.choices(party, actor, today)]


def particulars_of(party: Party) -> list[tuple[str, str]]:
    """What the record says and could go over; numbers masked."""
    found = [(NUMBER, _("Document number"), party.masked_number), (PHONE, _("Phone"), party.masked_phone)]
    found += [(name, str(Party._meta.get_field(name).verbose_name), _in_words(party, name)) for name in PLAIN]
    return [(name, f"{label}　{value}") for name, label, value in found if value]


def _in_words(party: Party, name: str) -> str | None:
    if name == "sex":
        return party.get_sex_display()
    value = getattr(party, name)
    return long_date(value) if isinstance(value, date) else value


class ProposeSplitForm(ContextForm):
    name = NameField(label=gettext_lazy("Name of the new record"))
    particulars = SeveralChoicesField(label=gettext_lazy("Goes to the new record"), required=False)
    other_names = SeveralChoicesField(label=gettext_lazy("Other names that go over"), required=False)
    files = SeveralChoicesField(
        label=gettext_lazy("Cases that are the new record's"),
        required=False,
        help_text=gettext_lazy("What you may see; every other case stays with this record."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why these are two, and which paper shows it"), max_length=500, widget=TEXT
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        party: Party = self.subject
        self.fields["particulars"].choices = particulars_of(party)
        self.fields["other_names"].choices = [(other.pk, other.name) for other in party.other_names.all()]
        self.fields["files"].choices = file_choices(party, self.actor, self.today)
        for name in ("other_names", "files"):
            if not self.fields[name].choices:
                del self.fields[name]
        if not self.is_bound:
            self.initial.setdefault("name", party.name)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = set(data.get("particulars") or ())
        if not (chosen or data.get("files") or data.get("other_names")):
            self.add_error("particulars", _("Choose what goes to the new record."))
        if told_by(self.subject.identity_kind, self.subject.open_number(), self.today):
            offered = {name for name, _label in self.fields["particulars"].choices}
            if NUMBER in chosen:
                chosen |= offered.intersection(TOLD_BY_NUMBER)
            elif chosen.intersection(TOLD_BY_NUMBER):
                self.add_error("particulars", _("Date of birth and sex stay with the document number that tells them."))
        data["particulars"] = sorted(chosen)
        return data


class ProposeSplit(Action):
    """Propose what of this record is somebody else's."""

    name, label = "party.propose_split", gettext_lazy("Propose a split")
    model: ClassVar = Party
    roles, form = KEEPERS, ProposeSplitForm

    def is_visible(self, subject: Party, actor, today: date) -> bool:
        return may_handle(actor, subject, today)

    def state_refusal(self, subject: Party, today: date) -> Refusal | None:
        if subject.kind == Party.Kind.AGENCY:
            return Refusal("an-agency", _("An agency is no person: enter the other one, and correct the acts."))
        if subject.merged_into_id:
            return Refusal("merged", _("This record is merged: undo the merge instead."))
        if PartySplit.objects.filter(source=subject, state="PROPOSED").exists():
            return Refusal("proposed-already", _("A split of this record is already proposed."))
        return None

    def execute(self, subject: Party, data: Mapping[str, Any], context: ActionContext) -> PartySplit:
        return PartySplit.objects.create(
            source=subject,
            name=data["name"],
            particulars=data["particulars"],
            other_names=[int(pk) for pk in data.get("other_names", ())],
            files=[int(pk) for pk in data.get("files", ())],
            reason=data["reason"],
            proposed_by=context.actor,
            proposed_on=context.today,
        )


class SplitAction(ProposalAction):
    """Base: the files concerned are locked first, then the records."""

    model: ClassVar = PartySplit

    def records_of(self, subject: PartySplit) -> list[Party]:
        return [party for party in (subject.source, subject.created) if party is not None]

    def lock(self, subject: PartySplit) -> PartySplit:
        for files in _files:
            files.lock(subject.files)
        return super().lock(subject)


class ApproveSplit(SplitAction):
    """A second person agrees: the new record is made, and the chosen cases speak of it."""

    name, label = "party.approve_split", gettext_lazy("Approve the split")
    consequence = gettext_lazy(
        "A new record is made; the chosen particulars and cases go to it. What was printed, every date and every "
        "period stays as it is."
    )
    binding = True
    transition = "approve"

    def execute(self, subject: PartySplit, data: Mapping[str, Any], context: ActionContext) -> PartySplit:
        refuse_own(subject, context.actor)
        return super().execute(subject, data, context)

    def guard_refusals(self, subject: PartySplit, data: Mapping | None, today: date) -> list[Refusal]:
        if subject.source.merged_into_id:
            return [Refusal("merged", _("This record is merged: undo the merge instead."))]
        return []

    def change(self, split: PartySplit, context: ActionContext) -> None:
        source = split.source
        split.kept = {"identity_kind": source.identity_kind, "identity_note": source.identity_note}
        created = Party(kind=source.kind, name=split.name, registered_by=source.registered_by)
        hand_over(split, source, created)
        split.created, split.created_version = created, created.version
        first, second = sorted([source.pk, created.pk])
        settled = {"level": "", "why": "", "settled_at": timezone.now(), "settled_by": context.actor}
        DuplicatePair.objects.update_or_create(first_id=first, second_id=second, defaults=settled)
        for files in _files:
            files.move(split.files, source, created, context.today, undone=False)


def hand_over(split: PartySplit, giver: Party, taker: Party, *, back: bool = False) -> None:
    """Move the chosen particulars; the giver is saved first, because a number is in the registry once."""
    for name in split.particulars:
        if name in PLAIN:
            field = Party._meta.get_field(name)
            setattr(taker, name, getattr(giver, name))
            setattr(giver, name, field.get_default())
    number = giver.open_number() if NUMBER in split.particulars else ""
    phone = giver.open_phone() if PHONE in split.particulars else ""
    kind, note = giver.identity_kind, giver.identity_note
    if number:
        giver.set_number(NONE, "")
        giver.identity_note = _("Went over when the record was split")
        taker.identity_note = note
    if phone:
        giver.set_phone("")
    giver.version += 1
    giver.save()
    if number:
        taker.set_number(kind, number)
    elif not back:
        taker.identity_kind, taker.identity_note = NONE, _("Split off from record no. %(id)s") % {"id": giver.pk}
    if phone:
        taker.set_phone(phone)
    if back:
        taker.version += 1
        if number:
            taker.identity_kind, taker.identity_note = split.kept["identity_kind"], split.kept["identity_note"]
    taker.save()
    for other in PartyName.objects.filter(party=giver, pk__in=split.other_names):
        other.party = taker
        other.save()
    giver.reindex()


class RejectSplit(SplitAction):
    """It is one person after all."""

    name, label = "party.reject_split", gettext_lazy("Reject the split")
    transition = "reject"


class UndoSplit(SplitAction):
    """It was one person: everything goes back, and the new record answers as the old one. Only while nothing is new."""

    name, label = "party.undo_split", gettext_lazy("Undo the split")
    binding = True
    consequence = gettext_lazy("Particulars and cases go back; the new record points to the old one from now on.")
    transition = "undo"

    def guard_refusals(self, subject: PartySplit, data: Mapping | None, today: date) -> list[Refusal]:
        found = list(hanging_on(subject)) if subject.created else []
        if not found:
            return []
        text = _("Something new hangs on the new record: %(what)s. Merge the two instead.")
        return [Refusal("something-new", text % {"what": "、".join(found)})]

    def change(self, split: PartySplit, context: ActionContext) -> None:
        source, created = split.source, split.created
        for files in _files:
            files.move(split.files, created, source, context.today, undone=True)
        hand_over(split, created, source, back=True)
        created.merged_into = source
        created.save()


def hanging_on(split: PartySplit) -> Iterable[str]:
    """What has come to either record since, in words."""
    created, source = split.created, split.source
    if created.version != split.created_version or created.other_names.exclude(pk__in=split.other_names).exists():
        yield _("it was corrected")
    if (
        created.merged_into_id
        or PartyMerge.objects.filter(survivor=created, state__in=("PROPOSED", "APPROVED")).exists()
    ):
        yield _("a merge")
    if PartySplit.objects.filter(source=created, state__in=("PROPOSED", "APPROVED")).exists():
        yield _("another split")
    for name in split.particulars:
        value = {NUMBER: source.masked_number, PHONE: source.masked_phone}.get(name) or getattr(source, name, None)
        if value:
            yield _("the old record has a new entry in its place")
            break
    for files in _files:
        yield from files.hanging_on(created, split.files)


def splits_of(party: Party) -> list[PartySplit]:
    """Those that stand, from either side, for the party's page."""
    standing = PartySplit.objects.filter(state="APPROVED").select_related("source", "created")
    return [*standing.filter(source=party)[:10], *standing.filter(created=party)[:10]]


ACTIONS = (ProposeSplit, ApproveSplit, RejectSplit, UndoSplit)
