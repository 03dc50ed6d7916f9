"""The QR code of a paper as a picture in its Word file, at the same place of the first page as in the PDF."""

from __future__ import annotations

import io

from casemgr.documents.rendering import qr, wording
from casemgr.documents.rendering.style import LEFT, PAGE_HEIGHT
from casemgr.documents.rendering.word import styles
from casemgr.documents.rendering.word.measures import emus, half_points, twips
from casemgr.documents.rendering.word.parts import DRAWING, SPACES, relate
from casemgr.documents.rendering.word.xml import Paragraph, run

_RELATION = "code"
_PIXELS = 8
"""Of one module."""


def picture() -> str:
    """A run that shows the picture at its place on the page, whatever paragraph it stands in."""
    side, left, top = emus(qr.SIDE), emus(LEFT), emus(PAGE_HEIGHT - qr.FOOT - qr.SIDE)
    shape = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="code.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{_RELATION}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:r><w:drawing><wp:anchor {SPACES} distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="2" behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:wrapNone/><wp:docPr id="1" name="code" descr="QR"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{DRAWING}/picture">{shape}</a:graphicData></a:graphic>'
        f"</wp:anchor></w:drawing></w:r>"
    )


def caption() -> list[Paragraph]:
    """What stands beside the code: paragraphs in a frame at its place on the page, outside the flow of the text."""
    left, top = twips(qr.CAPTION_LEFT), twips(PAGE_HEIGHT - qr.CAPTION_TOP)
    frame = (
        f'<w:framePr w:w="{twips(qr.CAPTION_WIDTH)}" w:h="{twips(len(wording.CODE) * qr.CAPTION_PITCH)}" '
        f'w:hRule="exact" w:hSpace="0" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="{left}" w:y="{top}"/>'
    )
    size = half_points(qr.CAPTION_SIZE)
    small = f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    return [
        Paragraph(styles.CELL, run(text).replace("<w:r>", f"<w:r>{small}", 1), line=qr.CAPTION_PITCH, rules=frame)
        for text in wording.CODE
    ]


def add_picture(parts: dict[str, bytes], address: str) -> None:
    """The picture as a part of the file, with its relation and its type."""
    file = io.BytesIO()
    qr.code_of(address).save(file, kind="png", scale=_PIXELS, border=0)
    relate(parts, _RELATION, file.getvalue())
