"""What all Word files of one kind share: page, styles, settings, page numbers, the draft's mark."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

import docx
from django.conf import settings
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.shared import Pt

from casemgr.documents.rendering import wording
from casemgr.documents.rendering.definition import Kind
from casemgr.documents.rendering.layout import Fit, fitted
from casemgr.documents.rendering.style import (
    BOTTOM,
    LEFT,
    PAGE_HEIGHT,
    PAGE_NUMBER_DROP,
    PAGE_NUMBER_SIZE,
    PAGE_WIDTH,
    RIGHT,
    STYLES,
    TOP,
)
from casemgr.documents.rendering.word.measures import twips
from casemgr.documents.rendering.word.styles import FONTS, FOOTER, styles_xml

DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
BODY = b"<w:p/>"
"""What stands in the kept document at the place of the body."""
_KEPT = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)
_NUMBER_LINE = 18  # height of the line that holds the page number
_SETTINGS = (
    "<w:evenAndOddHeaders/>",
    '<w:characterSpacingControl w:val="compressPunctuation"/>',
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>',
    f'<w:themeFontLang w:val="{wording.LANGUAGE}" w:eastAsia="{wording.LANGUAGE}"/>',
)


@cache
def base(kind: Kind, draft: bool, tighter: float = 1.0) -> dict[str, bytes]:
    """The parts of a Word file that holds no text yet, by name: made once per process and kept.

    Lines that are set `tighter` than usual are so by the styles.
    """
    document = docx.Document()
    _leave_out_what_is_not_needed(document)
    _fill(document.styles.element, styles_xml(fitted(STYLES[kind], Fit(tighter))))
    _fill(document.settings.element, "".join(_SETTINGS))
    _page(document.sections[0], draft)
    body = document.element.body
    body.insert(0, OxmlElement("w:p"))
    file = io.BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _leave_out_what_is_not_needed(document: Any) -> None:
    """python-docx starts from a Word file full of Word's own styles, themes and lists."""
    for key, relation in list(document.part.rels.items()):
        if relation.reltype not in _KEPT:
            del document.part.rels[key]
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype not in (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES):
            del package.rels[key]


def _fill(element: Any, children: str) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(f"<w:all {nsdecls('w')}>{children}</w:all>")))


def _page(section: Any, draft: bool) -> None:
    """A4 with the margins of GB/T 9704-2012, 5.2; page numbers on the outer side (7.5)."""
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Pt(TOP), Pt(BOTTOM)
    section.left_margin, section.right_margin = Pt(LEFT), Pt(PAGE_WIDTH - RIGHT)
    section.header_distance = Pt(TOP / 2)
    section.footer_distance = Pt(BOTTOM - PAGE_NUMBER_DROP - _NUMBER_LINE + PAGE_NUMBER_SIZE / 4)
    _number(section.footer, "right")
    _number(section.even_page_footer, "left")
    if draft or settings.PRACTICE:
        for header in (section.header, section.even_page_header):
            _mark(header)


def _number(footer: Any, side: str) -> None:
    """— 1 —, one character in."""
    inset = twips(PAGE_NUMBER_SIZE)
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    place = f'<w:ind w:{side}="{inset}"/><w:jc w:val="{side}"/>'
    _only(footer, f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{FOOTER}"/>{place}</w:pPr>{field}</w:p>')


def _mark(header: Any) -> None:
    """草稿, in the practice system 练习, across the page behind the text, as Word's own watermarks are made."""
    text = wording.PRACTICE if settings.PRACTICE else wording.DRAFT
    style = (
        "position:absolute;margin-left:0;margin-top:0;width:240pt;height:120pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    shape = (
        f'<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        f'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        f'<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        f'<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        f'<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" style="{style}" '
        f'o:allowincell="f" fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;{FONTS["hei"]}&quot;;font-size:1pt" string="{text}"/></v:shape>'
    )
    spaces = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    _only(header, f'<w:p {spaces}><w:pPr><w:pStyle w:val="{FOOTER}"/></w:pPr><w:r><w:pict>{shape}</w:pict></w:r></w:p>')


def _only(part: Any, paragraph: str) -> None:
    """Give a header or footer its one paragraph."""
    part.is_linked_to_previous = False
    for old in list(part._element):
        part._element.remove(old)
    part._element.append(parse_xml(paragraph))
