"""The parts of a document in reading order, each with its role: what PDF and Word both lay out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgr.documents.rendering import wording
from casemgr.documents.rendering.definition import Block, DocumentText, KeyValues, Pictures, SignLines, Table
from casemgr.documents.rendering.levels import Paragraph, paragraphs

Role = Literal[
    "code",
    "issuer",
    "title",
    "number",
    "addressee",
    "heading",
    "paragraph",
    "block",
    "attachment",
    "signature",
    "copies",
]


@dataclass(frozen=True)
class Part:
    """One part in reading order. Exactly one of `text`, `paragraph` and `block` is filled."""

    role: Role
    text: str = ""
    paragraph: Paragraph | None = None
    block: Block | None = None


def parts(definition: DocumentText) -> Iterator[Part]:
    """Everything the document prints, from the head to the signature and the copies.

    What is said beside the code comes first: it stands at the foot of the first page, wherever that ends.
    """
    if definition.address:
        yield from (Part("code", text) for text in wording.CODE)
    if definition.issuer:
        yield Part("issuer", definition.issuer)
    yield Part("title", definition.title)
    if definition.number:
        yield Part("number", definition.number)
    if definition.addressee:
        yield Part("addressee", definition.addressee.rstrip("：:") + "：")
    for section in definition.sections:
        if section.heading:
            yield Part("heading", section.heading)
        for paragraph in paragraphs(section.text):
            yield Part("paragraph", paragraph=paragraph)
        for block in section.blocks:
            yield Part("block", block=block)
    for text in attachment_lines(definition.attachments):
        yield Part("attachment", text)
    if definition.signature_block:
        yield Part("signature", definition.signature_block.issuer)
        yield Part("signature", wording.chinese_date(definition.signature_block.on))
    if definition.copies_to:
        yield Part("copies", copies_line(definition))


def attachment_lines(attachments: tuple[str, ...]) -> list[str]:
    """附件：one without a number, several numbered (GB/T 9704-2012, 7.3.4)."""
    if len(attachments) <= 1:
        return [wording.ATTACHMENT + name for name in attachments]
    return [f"{'' if number > 1 else wording.ATTACHMENT}{number}. {name}" for number, name in enumerate(attachments, 1)]


def copies_line(definition: DocumentText) -> str:
    """抄送：… closed with a full stop (GB/T 9704-2012, 7.4.2)."""
    return wording.COPIES_TO + "，".join(definition.copies_to) + "。"


def block_texts(block: Block) -> Iterator[str]:
    """The strings a block prints, in reading order."""
    if isinstance(block, Table):
        for cell in (cell for row in block.rows for cell in row):
            yield cell.text
            if cell.dated:
                yield wording.BLANK_DATE
    elif isinstance(block, KeyValues):
        yield from (f"{key}：{value}" for key, value in block.pairs)
    elif isinstance(block, SignLines):
        for label in block.labels:
            yield label.rstrip("：:") + "："
            if block.dated:
                yield wording.BLANK_DATE
    elif isinstance(block, Pictures):
        for chart in block.charts:
            yield from chart.texts()


def texts(definition: DocumentText) -> Iterator[str]:
    """Every string the document prints, in reading order."""
    for part in parts(definition):
        if part.paragraph:
            yield part.paragraph.heading + part.paragraph.rest
        elif part.block:
            yield from block_texts(part.block)
        else:
            yield part.text
    if definition.copies_to and definition.printed_by:
        yield definition.printed_by
        yield wording.chinese_date(definition.dated) + wording.PRINTED
