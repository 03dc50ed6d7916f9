"""移送函, and its 回执 on a sheet of its own, which the organ signs and sends back."""

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

RECEIPT = "移送回执"
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
        f"依照{_cited(transfer.basis)}，现将有关事实材料和问题线索移送你单位，请依法处理，"
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
        sections=tuple(parts),
        signature_block=SignatureBlock(issuer, day),
        attachments=(*transfer.paper_list, RECEIPT),
    )


def _cited(basis: str) -> str:
    """……的规定, once."""
    plain = basis.rstrip("。 ")
    return plain if plain.endswith("规定") else f"{plain}的规定"


def receipt(transfer: Transfer, today: date) -> DocumentText:
    """Filled in and signed by hand at the organ."""
    issuer = sources.get(transfer.source).issuer(transfer.released_on or today)
    number = transfer.number.text if transfer.number else ""
    form = Section(blocks=(_form(transfer, issuer, number),))
    return DocumentText(title=RECEIPT, sections=(form,), seal_place=False, kind="record")


def _form(transfer: Transfer, issuer: str, number: str) -> Table:

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    return Table.of(
        (label("移送单位"), issuer, label("移送函文号"), number),
        (label("移送材料"), Cell(f"移送函1份，附材料{len(transfer.paper_list)}件", span=3)),
        (label("接收人签字"), "", label("接收单位（章）"), Cell("", dated=True)),
        widths=(2, 3.2, 2, 3.2),
        heights=(9, 9, 20),
    )


def letter_file(transfer: Transfer, extension: str, today: date, *, is_receipt: bool = False) -> bytes:
    """`extension`: pdf or docx."""
    render = render_word if extension == "docx" else render_pdf
    return render((receipt if is_receipt else letter)(transfer, today), draft=is_draft(transfer))
