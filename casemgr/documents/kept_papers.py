"""Papers that are no case's: PDF and Word rendered once, kept with their digests, the same for ever."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from casemgr.documents import files
from casemgr.documents.rendering import DocumentText, Section, render_both, unprintable


def printable(text: str) -> None:
    """Validator of what will stand in a paper and is never changed again."""
    for refusal in unprintable(DocumentText("", sections=(Section(text),))):
        raise ValidationError(refusal.message)


class KeptPaper(models.Model):
    """Columns of a record that keeps both files of a paper."""

    file = models.CharField(max_length=100, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    word_file = models.CharField(max_length=100, blank=True, editable=False)
    word_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def keep(self, text: DocumentText, folder: str, on: date) -> None:
        """Render and store both files; the record is saved by the caller.

        :raises MissingGlyphs: a refusal like any other; a guard of `rendering.unprintable` says it before
        """
        made, place = render_both(text), f"{folder}/{on:%Y}"
        stored, word = files.store(made.pdf, place, "pdf"), files.store(made.word, place, "docx")
        self.file, self.sha256 = stored.name, stored.sha256
        self.word_file, self.word_sha256 = word.name, word.sha256

    def content(self, form: str) -> bytes:
        """The bytes of "pdf" or "docx" as they were kept. :raises FileDamaged: they are not those any more"""
        if form == "pdf":
            return files.read(self.file, self.sha256)
        return files.read(self.word_file, self.word_sha256)


__all__ = ["KeptPaper", "printable"]
