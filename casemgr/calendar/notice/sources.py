"""The text of a notice from an uploaded file: .txt, .docx, .csv, or a .pdf that holds text."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import PurePath
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

LARGEST = 5_000_000
LONGEST_TEXT = 50_000
LARGEST_XML = 20_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Unreadable(Exception):
    """Why no text could be taken from the file, as the person who sent it reads it."""


def text_of(name: str, content: bytes) -> str:
    """The file's text. :raises Unreadable:"""
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 5 MB: a holiday notice is one page of text."))
    kind = PurePath(name).suffix.lower()
    readers = {".txt": _decoded, ".csv": _csv, ".docx": _docx, ".pdf": _pdf}
    if kind not in readers:
        raise Unreadable(_("Only .txt, .docx, .pdf and .csv files are read. Copy the text and paste it instead."))
    text = readers[kind](content).replace("\0", "").strip()
    if not text:
        raise Unreadable(_("The file holds no text (a scan, perhaps). Type or paste the text instead."))
    return text[:LONGEST_TEXT]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The characters of the file could not be read. Save it as UTF-8 or paste the text."))


def _csv(content: bytes) -> str:
    """Columns name, first day, last day, days worked: written out as a notice has them."""
    lines = []
    for row in csv.reader(io.StringIO(_decoded(content))):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < 2 or not re.search(r"\d", cells[1]):
            continue
        name, first, *further = (_written(cell) for cell in cells)
        last, worked = (further[0] if further else first), further[1:]
        line = f"{name}：{first}至{last}放假。"
        lines.append(line + (f"{'、'.join(worked)}上班。" if worked else ""))
    return "\n".join(lines)


def _written(cell: str) -> str:
    return re.sub(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", r"\1年\2月\3日", cell)


def _docx(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entry = packed.getinfo("word/document.xml")
            if entry.file_size > LARGEST_XML:
                raise Unreadable(_("The file is larger than 5 MB: a holiday notice is one page of text."))
            xml = packed.read(entry)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise Unreadable(_("The file is damaged or is no Word document. Paste the text instead."))
        root = ElementTree.fromstring(xml)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, RuntimeError, NotImplementedError) as error:
        raise Unreadable(_("The file is damaged or is no Word document. Paste the text instead.")) from error
    return "\n".join("".join(piece.text or "" for piece in line.iter(f"{_WORD}t")) for line in root.iter(f"{_WORD}p"))


def _pdf(content: bytes) -> str:
    """A PDF breaks lines anywhere: a line that begins no item goes on from the one before."""
    try:
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages[:20])
    except (PyPdfError, ValueError, KeyError, RecursionError) as error:
        raise Unreadable(_("The file is damaged or is no PDF. Paste the text instead.")) from error
    return re.sub(r"\n(?!\s*[（(]?[一二三四五六七八九十]+[）)]?[、：]?)", "", text)
