"""An uploaded list as rows, carried signed through the page between the trial run and the loading.

Nothing of it is kept on the server in between: it may hold telephone numbers.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from casemgr.pages.sheets.reading import FileRefused, rows_of

SALT, VALID_SECONDS = "casemgr.operation.sheets", 2 * 3600
Rows = list[tuple[int, dict[str, str]]]
"""Number in the sheet (the heading is 1) and cells by heading; empty cells are left out."""


class TooManyRows(FileRefused):
    """A list of people or units has some hundred rows."""


def read(upload: UploadedFile, required: tuple[str, ...], limit: int) -> Rows:
    """The rows of an .xlsx, .xls or .csv file. :raises FileRefused:"""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{Path(upload.name or '').suffix.lower()}"
        with path.open("wb") as file:
            for piece in upload.chunks():
                file.write(piece)
        rows: Rows = []
        for number, row in rows_of(path, required):
            if len(rows) == limit:
                raise TooManyRows
            rows.append((number, {name: _text(value) for name, value in row.items()}))
    return rows


def _text(value: str | date) -> str:
    return value.isoformat() if isinstance(value, date) else value


def signed(kind: str, file_name: str, rows: Rows, actor_id: int) -> str:
    """What the page carries: readable, but not changeable, and of use only to the person who uploaded it."""
    return signing.dumps([kind, file_name[:120], rows, actor_id], salt=SALT, compress=True)


def unsigned(text: str, kind: str, actor_id: int) -> tuple[str, Rows] | None:
    """File name and rows, or None for something else than this person's own list of the last hours."""
    try:
        found: Any = signing.loads(text, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    if found[0] != kind or found[3] != actor_id:
        return None
    return found[1], [(number, row) for number, row in found[2]]
