"""PDF and Word of a paper that is issued: laid out once, so that both break their pages alike."""

from typing import NamedTuple

from casemgr.documents.rendering.definition import DocumentText
from casemgr.documents.rendering.glyphs import refuse_unprintable
from casemgr.documents.rendering.pages import laid_out
from casemgr.documents.rendering.pdf import draw_pdf
from casemgr.documents.rendering.word import render_word


class Rendered(NamedTuple):
    """What is kept of an issued paper."""

    pdf: bytes
    pages: int
    word: bytes


def render_both(definition: DocumentText) -> Rendered:
    """Both files of a paper that is no draft. :raises MissingGlyphs:"""
    refuse_unprintable(definition)
    made = laid_out(definition)
    return Rendered(draw_pdf(definition, made), len(made.pages), render_word(definition, fit=made.fit))
