"""Rendering of official documents: one definition in, PDF and Word out.

definition = DocumentText(title="行政复议决定书", issuer="达拉特旗人民政府", number="达政复决字〔2026〕12号",
                          sections=(Section("申请人：……\\n一、……"),),
                          signature_block=SignatureBlock("达拉特旗人民政府", date(2026, 11, 25)))
missing_glyphs(definition) or render_pdf(definition), render_word(definition)
"""

from casemgr.documents.rendering.amounts import capitals, figures, in_both
from casemgr.documents.rendering.both import Rendered, render_both
from casemgr.documents.rendering.definition import (
    Cell,
    DocumentText,
    KeyValues,
    Pictures,
    Section,
    SignatureBlock,
    SignLines,
    Table,
)
from casemgr.documents.rendering.glyphs import MissingGlyphs, missing_glyphs, unprintable
from casemgr.documents.rendering.outline import Part, parts, texts
from casemgr.documents.rendering.pdf import render_pdf
from casemgr.documents.rendering.word import render_word
from casemgr.documents.rendering.wording import chinese_date

__all__ = [
    "Cell",
    "DocumentText",
    "KeyValues",
    "MissingGlyphs",
    "Part",
    "Pictures",
    "Rendered",
    "Section",
    "SignLines",
    "SignatureBlock",
    "Table",
    "capitals",
    "chinese_date",
    "figures",
    "in_both",
    "missing_glyphs",
    "parts",
    "render_both",
    "render_pdf",
    "render_word",
    "texts",
    "unprintable",
]
