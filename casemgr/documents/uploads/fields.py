"""Form fields that take files: each is examined before it counts as valid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casemgr.documents.uploads.examining import Examined, FileRefused, examine
from casemgr.documents.uploads.file_kinds import MATERIAL, MEGABYTE, accept

MOST_FILES = 40


class ExaminedFileField(forms.FileField):
    """One file of the given kinds (codes of `file_kinds.KINDS`); cleaned it is the uploaded file, examined."""

    def __init__(self, *, codes: tuple[str, ...], most_mb: int = 0, **kwargs: Any) -> None:
        self.codes, self.most_mb = codes, most_mb
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept(codes)}))
        super().__init__(**kwargs)

    def prepare(self, files: Any) -> None:
        """Examine ahead, while nothing is locked; refusals are kept for `clean`."""
        for file in _listed(files):
            if self._is_small_enough(file):
                _verdict(file, self.codes)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        if not self._is_small_enough(file):
            text = _("The file is larger than %(most)d MB. Scan it in grey, or in several parts.")
            raise forms.ValidationError(text % {"most": self.most_mb})
        if isinstance(found := _verdict(file, self.codes), FileRefused):
            raise forms.ValidationError(found.sentence, code=found.code)
        return file

    def _is_small_enough(self, file: UploadedFile) -> bool:
        return not self.most_mb or file.size <= self.most_mb * MEGABYTE


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; cleaned it is the list of them, each examined."""

    def __init__(self, *, codes: tuple[str, ...] = MATERIAL, **kwargs: Any) -> None:
        self.codes = codes
        kwargs.setdefault("widget", FilesInput(attrs={"accept": accept(codes), "multiple": True}))
        super().__init__(**kwargs)

    def prepare(self, files: Any) -> None:
        for file in _listed(files)[:MOST_FILES]:
            _verdict(file, self.codes)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [file for file in _listed(data) if file]
        if not files:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return []
        if len(files) > MOST_FILES:
            text = _("At most %(most)d files are taken at once. Send the rest afterwards.")
            raise forms.ValidationError(text % {"most": MOST_FILES}, code="too-many-files")
        found = [_verdict(file, self.codes) for file in files]
        if refused := [verdict for verdict in found if isinstance(verdict, FileRefused)]:
            raise forms.ValidationError([forms.ValidationError(one.sentence, code=one.code) for one in refused])
        return files


def verdict_of(file: UploadedFile) -> Examined:
    """What the examination of a cleaned file found."""
    return examine(file)


def _verdict(file: UploadedFile, codes: tuple[str, ...]) -> Examined | FileRefused:
    try:
        return examine(file, codes)
    except FileRefused as refused:
        return refused


def _listed(value: Any) -> Sequence[UploadedFile]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []
