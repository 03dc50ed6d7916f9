"""The Word file of a document: the same definition, the same page, the same bytes every time.

Everything that only depends on the kind of document (page, styles, page numbers) is made once with python-docx and
kept (`base`); for each document the body is written into it (`body`, `tables`) and packed with fixed time stamps.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

from docx.opc.coreprops import CoreProperties
from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml

from casemgr.documents.rendering import wording
from casemgr.documents.rendering.definition import DocumentText
from casemgr.documents.rendering.layout import Fit
from casemgr.documents.rendering.pages import fit_of
from casemgr.documents.rendering.word import pictures, qr
from casemgr.documents.rendering.word.base import BODY, CORE, DOCUMENT, base
from casemgr.documents.rendering.word.body import body_xml

_UNDATED = date(2000, 1, 1)
"""What a draft says of its day: bytes depend on the text alone."""


def render_word(definition: DocumentText, *, draft: bool = False, fit: Fit | None = None) -> bytes:
    """The document as .docx; a draft carries a mark behind its text.

    `fit` is how the PDF was fitted onto its pages, where the caller knows it: Word gets the same distances.
    """
    fit = fit or fit_of(definition, draft=draft)
    parts = dict(base(definition.kind, draft, fit.tighter))
    parts[DOCUMENT] = parts[DOCUMENT].replace(BODY, body_xml(definition, fit).encode(), 1)
    if definition.address:
        qr.add_picture(parts, definition.address)
    pictures.add_pictures(parts, definition)
    parts[CORE] = _core_properties(definition, parts[CORE])
    return _packed(parts)


def _core_properties(definition: DocumentText, blank: bytes) -> bytes:
    element = parse_xml(blank)
    properties = CoreProperties(element)
    title = definition.title.replace("\n", "")
    signer = definition.signature_block.issuer if definition.signature_block else ""
    on = definition.dated or _UNDATED
    properties.title = f"{title} {definition.number}".strip()[:255]
    properties.author = properties.last_modified_by = (definition.issuer or signer)[:255]
    properties.subject = (definition.subject or title)[:255]
    properties.keywords = definition.number[:255]
    properties.language = wording.LANGUAGE
    properties.created = properties.modified = datetime(on.year, on.month, on.day)
    properties.revision = 1
    return serialize_part_xml(element)


def _packed(parts: dict[str, bytes]) -> bytes:
    """The parts as one file. Time stamps are those of nobody's clock, so equal parts give equal bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=6)
    return file.getvalue()
