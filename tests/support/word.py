"""Reading Word files: their text in order, and as LibreOffice prints it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.support import services


def word_text(content: bytes) -> str:
    """What the file says from beginning to end, each merged cell once, without white space."""
    return "".join("".join(_texts(docx.Document(BytesIO(content)))).split())


def _texts(container: object) -> Iterator[str]:
    for item in container.iter_inner_content():
        if isinstance(item, Paragraph):
            yield item.text
        elif isinstance(item, Table):
            for row in item._tbl.tr_lst:
                for cell in row.tc_lst:
                    yield from (Paragraph(p, item).text for p in cell.p_lst)


def office_pdfs(files: dict[str, bytes], folder: Path) -> dict[str, Path]:
    """Each Word file as LibreOffice prints it, all by one run of the program."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    names = [str(folder / f"{name}.docx") for name in files]
    program = services.find("soffice")
    assert program
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *names]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
    return {name: folder / f"{name}.pdf" for name in files}


def read_as_text(pdf: Path) -> str:
    """The text of a PDF in the order it is written, without white space and page numbers."""
    command = ["pdftotext", "-raw", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.sub(r"—\d+—", "", "".join(text.split()))
