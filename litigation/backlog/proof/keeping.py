"""Keeping what a form of proof brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casemgr.actions.action import ActionContext
from casemgr.documents.uploads.keeping import keep_as, pieces_of
from casemgr.pages.masking import without_numbers
from litigation.models import BacklogItem, BacklogProof, ProofPaper

FOLDER = "backlog"
TITLE = 120


def keep_proof(item: BacklogItem, data: Mapping[str, Any], context: ActionContext) -> None:
    """Store the files of the form, and point at exactly the papers it names, if it asked for them."""
    for piece in pieces_of(data["files"]):
        name = without_numbers(piece.verdicts[0].name)
        described = {
            "title": (name.rpartition(".")[0] or name)[:TITLE],
            "received_on": context.today,
            "added_by": context.actor,
        }
        keep_as(BacklogProof, FOLDER, piece, context.today, item=item, **described)
    if "papers" not in data:
        return
    wanted = {paper.pk for paper in data["papers"]}
    for one in item.proof_papers.all():
        # A paper the person does not see was not on the form: it stays.
        if one.material_id in wanted or not _was_offered(one, context):
            wanted.discard(one.material_id)
        else:
            one.delete()
    for pk in sorted(wanted):
        ProofPaper.objects.create(item=item, material_id=pk, entered_by=context.actor)


def _was_offered(one: ProofPaper, context: ActionContext) -> bool:
    return context.form.fields["papers"].queryset.filter(pk=one.material_id).exists()


__all__ = ["FOLDER", "keep_proof"]
