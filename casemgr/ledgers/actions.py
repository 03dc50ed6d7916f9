"""A person sends a ledger: the file is looked at, kept, and its import queued in their name."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import Action, ActionContext
from casemgr.actions.perform import on_rollback
from casemgr.audit.access import record_access
from casemgr.jobs.models import Job
from casemgr.ledgers import job as import_job
from casemgr.ledgers.definition import ledgers
from casemgr.pages.forms import ContextForm
from casemgr.pages.masking import without_numbers
from casemgr.pages.sheets.reading import MAX_ROWS, FileRefused, Peek, lacks, peek

SUFFIXES = (".xlsx", ".xls", ".csv")
MOST_AS_A_WHOLE = 20_000
"""Rows of a trial run or a strict one: it is one transaction, and others wait for it."""


class SheetField(forms.FileField):
    """A sheet that can be read. What a look at it showed stands on the cleaned file as `peek`."""

    def prepare(self, files: Any) -> None:
        """Look at the file ahead, while nothing is locked."""
        for file in files if isinstance(files, list | tuple) else [files]:
            _look_at(file)

    def clean(self, data: Any, initial: Any = None) -> UploadedFile:
        file = super().clean(data, initial)
        _look_at(file)
        if isinstance(file.peek, str):
            raise forms.ValidationError(file.peek)
        return file


def _look_at(file: UploadedFile) -> None:
    if not hasattr(file, "peek"):
        file.peek = _peeked(file)


def _peeked(file: UploadedFile) -> Peek | str:
    """What the file holds, or why it cannot be read."""
    suffix = Path(file.name or "").suffix.lower()
    if suffix not in SUFFIXES:
        return _("Only .xlsx, .xls and .csv files are read.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"ledger{suffix}"
        with path.open("wb") as copy:
            for piece in file.chunks():
                copy.write(piece)
        try:
            return peek(path, MAX_ROWS)
        except FileRefused as refused:
            return str(refused)


class LedgerForm(ContextForm):
    """Which ledger, its file, and whether it is only tried or taken as a whole."""

    kind = forms.ChoiceField(label=gettext_lazy("Ledger"))
    file = SheetField(label=gettext_lazy("File"))
    dry_run = forms.BooleanField(label=gettext_lazy("Only try: check everything, write nothing"), required=False)
    strict = forms.BooleanField(label=gettext_lazy("One bad row stops all"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (code, ledger.label)
            for code, ledger in ledgers().items()
            if self.actor is not None and ledger.may_load(self.actor, self.today)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        ledger, file = ledgers().get(data.get("kind", "")), data.get("file")
        if ledger is None or file is None:
            return data
        if sentence := lacks(file.peek.headings, ledger.required):
            self.add_error("file", sentence)
        elif file.peek.rows > MOST_AS_A_WHOLE and (data["dry_run"] or data["strict"]):
            text = _("More than %(most)s rows are not tried or taken as a whole. Send the file in parts.")
            self.add_error("file", text % {"most": MOST_AS_A_WHOLE})
        return data


class ImportLedger(Action):
    """Load an office's ledger; what it enters bears the person's name."""

    name, label, form, creates = "ledgers.import", gettext_lazy("Load a ledger"), LedgerForm, True
    model = Job
    listed = False

    def is_permitted(self, subject: None, actor: Any, today: date) -> bool:
        return any(ledger.may_load(actor, today) for ledger in ledgers().values())

    def execute(self, subject: None, data: Mapping[str, Any], context: ActionContext) -> Job:
        upload, how = data["file"], {name: data[name] for name in ("dry_run", "strict")}
        kept = import_job.keep_file(upload, Path(upload.name).suffix)
        on_rollback(lambda: (import_job.folder() / kept).unlink(missing_ok=True))
        name = without_numbers(upload.name)[:100]
        found = import_job.start(data["kind"], kept, context.actor, name=name, rows=upload.peek.rows, **how)
        record_access(context.actor, "ledger_sent", found, ledger=data["kind"], rows=upload.peek.rows, **how)
        return found


ACTIONS = (ImportLedger,)
