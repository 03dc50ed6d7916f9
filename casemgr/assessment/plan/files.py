"""Keeping the files that units bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from casemgr.actions.action import ActionContext
from casemgr.assessment.models import AssessmentFile
from casemgr.documents.uploads.keeping import keep_as, pieces_of
from casemgr.pages.masking import without_numbers

FOLDER = "assessment"
TITLE = 120


def keep_files(sent: Sequence[UploadedFile], context: ActionContext, **belongs: Any) -> None:
    """Store what a form brought, under the names the files came with."""
    for piece in pieces_of(sent):
        name = without_numbers(piece.verdicts[0].name)
        title = (name.rpartition(".")[0] or name)[:TITLE]
        described = {"title": title, "received_on": context.today, "added_by": context.actor}
        keep_as(AssessmentFile, FOLDER, piece, context.today, **described, **belongs)


__all__ = ["FOLDER", "keep_files"]
