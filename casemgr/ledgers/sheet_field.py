"""A form's field that takes a sheet and reads its cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casemgr.pages.sheets.reading import MAX_BYTES, Book, FileRefused, read_book


class SheetField(forms.FileField):
    """A sheet that can be read. Its cells stand on the cleaned file as `book`."""

    def prepare(self, files: Any) -> None:
        """Read the file ahead, while nothing is locked."""
        for file in files if isinstance(files, list | tuple) else [files]:
            _read(file)

    def clean(self, data: Any, initial: Any = None) -> UploadedFile:
        file = super().clean(data, initial)
        _read(file)
        if isinstance(file.book, str):
            raise forms.ValidationError(file.book)
        return file


def _read(file: UploadedFile) -> None:
    if not hasattr(file, "book"):
        file.book = _book(file)


def _book(file: UploadedFile) -> Book | str:
    """The cells, or why the file cannot be read."""
    if (file.size or 0) > MAX_BYTES:
        return _("The file is larger than 60 MB. Split it.")
    file.seek(0)
    try:
        return read_book(file.read(), Path(file.name or "").suffix)
    except FileRefused as refused:
        return str(refused)
    finally:
        file.seek(0)


__all__ = ["SheetField"]
