"""What is done with an import: sent in, its columns assigned, tried, decided about, loaded, undone, discarded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.records import RecordAction
from casemgr.audit.access import record_access
from casemgr.jobs.models import Job
from casemgr.ledgers import job as import_job
from casemgr.ledgers import keeping
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.departed import may_undo_in_place, reason_in_place
from casemgr.ledgers.forms import DecideForm, KindForm, LayoutForm, NoForm, SendForm, UndoForm
from casemgr.ledgers.layout import identity, rows
from casemgr.ledgers.models import LedgerImport, RowQuestion, SavedMapping
from casemgr.ledgers.questions import still_open
from casemgr.ledgers.sending import sent_in, start_loading
from casemgr.ledgers.sheet_field import SheetField
from casemgr.ledgers.take_back import TakeBackParty
from casemgr.ledgers.undoing import waiting_rows
from casemgr.pages.sheets.reading import Book, FileRefused, rows_of_book

S = LedgerImport.Status
MOST_AS_A_WHOLE = 20_000
"""Rows of a dry or a strict import of the API: it is one transaction, and others wait for it."""


def _may_load_some(actor: Any, today: date) -> bool:
    return any(ledger.may_load(actor, today) for ledger in ledgers().values())


class SendLedger(Action):
    """A person sends in a sheet; nothing is loaded yet."""

    name, label, form, creates = "ledgers.send", gettext_lazy("Send in a ledger"), SendForm, True
    model = LedgerImport
    listed = False

    def is_permitted(self, subject: None, actor: Any, today: date) -> bool:
        return _may_load_some(actor, today)

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> LedgerImport:
        file = data["file"]
        made = sent_in(file.book, data["kind"], file.name or "", context.actor, context.today)
        record_access(context.actor, "ledger_sent", made, ledger=made.kind, rows=made.rows)
        return made


class ImportForm(KindForm):
    """A sheet in the ledger's own headings, and whether it is only tried or taken as a whole."""

    file = SheetField(label=gettext_lazy("File"))
    dry_run = forms.BooleanField(label=gettext_lazy("Only try: check everything, write nothing"), required=False)
    strict = forms.BooleanField(label=gettext_lazy("One bad row stops all"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ledger, file = ledgers().get(data.get("kind", "")), data.get("file")
        if ledger is None or file is None:
            return data
        book: Book = file.book
        data["layout"] = identity(book, ledger)
        data["rows"] = sum(1 for _row in rows(book, data["layout"]))
        try:
            rows_of_book(book, ledger.required)
        except FileRefused as refused:
            self.add_error("file", str(refused))
            return data
        if data["rows"] > MOST_AS_A_WHOLE and (data["dry_run"] or data["strict"]):
            text = _("More than %(most)s rows are not tried or taken as a whole. Send the file in parts.")
            self.add_error("file", text % {"most": MOST_AS_A_WHOLE})
        return data


class ImportLedger(Action):
    """Load a sheet that is written in the ledger's own columns, at once; what it enters bears the person's name."""

    name, label, form, creates = "ledgers.import", gettext_lazy("Load a ledger"), ImportForm, True
    model = Job
    listed = False

    def is_permitted(self, subject: None, actor: Any, today: date) -> bool:
        return _may_load_some(actor, today)

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Job:
        how = {name: data[name] for name in ("dry_run", "strict")}
        file = data["file"]
        layout, count = data["layout"], data["rows"]
        return start_loading(
            file.book, data["kind"], file.name or "", context.actor, context.today, layout, count, **how
        )


class ImportStep(RecordAction):
    """A step on one's own import, or on what the operator's command sent in."""

    model: ClassVar = LedgerImport
    form = NoForm
    listed = False
    statuses: ClassVar[tuple[str, ...]]

    def is_permitted(self, subject: LedgerImport, actor: Any, today: date) -> bool:
        is_operators = subject.by_id is None
        return subject.may_be_worked_on(actor, today) and (
            is_operators or ledgers()[subject.kind].may_load(actor, today)
        )

    def state_refusal(self, subject: LedgerImport, today: date) -> Refusal | None:
        if subject.status in self.statuses:
            return None
        message = _("“%(action)s” is not possible while the state is “%(state)s”.")
        return Refusal("wrong-state", message % {"action": self.label, "state": subject.get_status_display()})


def _refused_while_running(subject: LedgerImport) -> list[Refusal]:
    if subject.is_working and subject.job is not None and not subject.job.is_over:
        message = _("“%(state)s” is still going on. Stop that first.")
        return [Refusal("running", message % {"state": subject.get_status_display()})]
    return []


class AssignColumns(ImportStep):
    """Say which column is which, and what the office's own words stand for; kept for the office when it has a name."""

    name, label, form = "ledgers.assign", gettext_lazy("Assign the columns"), LayoutForm
    statuses = (S.SENT, S.TRYING, S.TRIED)

    def guard_refusals(self, subject: LedgerImport, data: Mapping[str, Any] | None, today: date) -> list[Refusal]:
        return _refused_while_running(subject)

    def change(self, subject: LedgerImport, data: Mapping[str, Any], context: ActionContext) -> None:
        layout = data["layout"]
        subject.layout, subject.status = layout.as_dict(), S.TRYING
        if data["save_as"] and subject.unit_id is not None:
            SavedMapping.objects.update_or_create(
                unit_id=subject.unit_id,
                kind=subject.kind,
                name=data["save_as"],
                defaults={
                    "columns": context.form.by_heading(),
                    "words": layout.words,
                    "saved_by": context.actor.full_name,
                },
            )
        import_job.start(subject, import_job.TRY, context.actor)


class Decide(ImportStep):
    """Who is the same as whom."""

    name, label, form = "ledgers.decide", gettext_lazy("Decide about possible duplicates"), DecideForm
    statuses = (S.TRIED,)

    def change(self, subject: LedgerImport, data: Mapping[str, Any], context: ActionContext) -> None:
        answers = context.form.answers()
        questions = {one.pk: one for one in subject.questions.filter(pk__in=answers)}
        for pk, question in questions.items():
            question.answer = answers[pk]
        RowQuestion.objects.bulk_update(questions.values(), ["answer"], batch_size=500)
        if data["all_as"]:
            left = subject.questions.filter(answer="")
            if data["level"]:
                left = left.filter(level=data["level"])
            left.update(answer=data["all_as"])


class Load(ImportStep):
    """What the trial has found good is loaded in the background."""

    name, label = "ledgers.load", gettext_lazy("Load the ledger")
    statuses = (S.TRIED,)

    def guard_refusals(self, subject: LedgerImport, data: Mapping[str, Any] | None, today: date) -> list[Refusal]:
        if not keeping.are_kept(subject):
            return [Refusal("cells-gone", keeping.GONE)]
        if still_open(subject):
            message = _("Not everybody who resembles somebody known is decided about. Decide below, also all at once.")
            return [Refusal("questions-open", message)]
        return []

    def change(self, subject: LedgerImport, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.imported_rows.all().delete()
        subject.status = S.LOADING
        import_job.start(subject, import_job.LOAD, context.actor, rows=subject.rows)


class Undo(ImportStep):
    """Take back what the import entered, as far as nobody has worked on it since; also of a load that was stopped."""

    name, label, form = "ledgers.undo", gettext_lazy("Undo the import"), UndoForm
    statuses = (S.LOADING, S.LOADED, S.UNDONE)
    binding = True
    consequence = gettext_lazy(
        "Cases that this import entered become void and are in no ledger and no figure any more; their numbers are "
        "free for another import. Rows on which somebody has worked since stay, and say why."
    )

    def is_permitted(self, subject: LedgerImport, actor: Any, today: date) -> bool:
        return super().is_permitted(subject, actor, today) or may_undo_in_place(subject, actor, today)

    def guard_refusals(self, subject: LedgerImport, data: Mapping[str, Any] | None, today: date) -> list[Refusal]:
        if running := _refused_while_running(subject):
            return running
        if waiting_rows(subject).exists():
            return []
        return [Refusal("nothing-left", _("Nothing of this import is left to be undone."))]

    def change(self, subject: LedgerImport, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.status = S.UNDOING
        is_own, reason = subject.by_id == context.actor.pk, data["reason"]
        if subject.by_id and not is_own:
            reason = reason_in_place(subject, context.actor, reason)
        # Of the operator's, and of who left, the office itself takes back what it holds.
        import_job.start(subject, import_job.UNDO, context.actor if is_own else None, reason=reason)


class Discard(ImportStep):
    """Load nothing; the cells are forgotten at once."""

    name, label = "ledgers.discard", gettext_lazy("Discard, load nothing")
    statuses = (S.SENT, S.TRYING, S.TRIED)

    def guard_refusals(self, subject: LedgerImport, data: Mapping[str, Any] | None, today: date) -> list[Refusal]:
        return _refused_while_running(subject)

    def change(self, subject: LedgerImport, data: Mapping[str, Any], context: ActionContext) -> None:
        subject.status = S.DISCARDED
        subject.imported_rows.all().delete()
        keeping.forget(subject)


ACTIONS = (SendLedger, ImportLedger, AssignColumns, Decide, Load, Undo, Discard, TakeBackParty)
