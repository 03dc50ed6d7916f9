"""移送函 with its 回执: to be sent back by the organ."""

from __future__ import annotations

from datetime import date

from casemgr.documents.clues import sources
from casemgr.documents.clues.models import Transfer
from casemgr.documents.clues.states import TransferState
from casemgr.documents.rendering import (
    Cell,
    DocumentText,
    Section,
    SignatureBlock,
    Table,
    render_pdf,
    render_word,
)

TITLE = "关于移送有关事实材料和问题线索的函"


def is_draft(transfer: Transfer) -> bool:
    return transfer.state in (TransferState.DRAFT, TransferState.STRUCK)


def letter(transfer: Transfer, today: date) -> DocumentText:
    """The letter of a released handover bears its number and day; of a draft it has room for both."""
    day = transfer.released_on
    issuer = sources.get(transfer.source).issuer(day or today)
    number = transfer.number.text if transfer.number else ""
    intro = (
        f"我单位在办理{transfer.about}过程中，发现有关单位和人员涉嫌违纪违法的事实材料和问题线索。"
        f"依照{transfer.basis.rstrip('。')}的规定，现将有关事实材料和问题线索移送你单位，请依法处理，"
        "并将收到情况和处理结果函告我单位。"
    )
    people = transfer.people.splitlines()
    parts = [Section(text=intro)]
    if people:
        parts.append(Section(heading="一、涉及人员", text="\n".join(people)))
    mark = "二" if people else "一"
    parts.append(Section(heading=f"{mark}、事实和线索", text="\n".join(transfer.facts.splitlines())))
    return DocumentText(
        title=TITLE,
        issuer=issuer,
        number=number,
        addressee=transfer.organ,
        sections=(*parts, Section(heading="移送回执", blocks=(_receipt(transfer, issuer, number),))),
        signature_block=SignatureBlock(issuer, day),
        attachments=tuple(transfer.paper_list),
    )


def _receipt(transfer: Transfer, issuer: str, number: str) -> Table:
    """Filled in and signed by hand at the organ."""

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    return Table.of(
        (label("移送单位"), issuer, label("移送函文号"), number),
        (label("移送材料"), Cell(f"移送函1份，附材料{len(transfer.paper_list)}件", span=3)),
        (label("接收人签字"), "", label("接收单位（章）"), Cell("", dated=True)),
        widths=(2, 3.2, 2, 3.2),
        heights=(9, 9, 20),
    )


def letter_file(transfer: Transfer, extension: str, today: date) -> bytes:
    """`extension`: pdf or docx."""
    render = render_word if extension == "docx" else render_pdf
    return render(letter(transfer, today), draft=is_draft(transfer))
