"""The Word file of a paper says what its PDF says, stays as it was issued, and opens in other programs."""

from __future__ import annotations

import dataclasses
import io
import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import pytest
from django.conf import settings as project

from casemgr.audit import evidence
from casemgr.documents import fonts
from casemgr.documents.files import FileDamaged
from casemgr.documents.kinds import kinds_of
from casemgr.documents.models import Document, DocumentSealed
from casemgr.documents.rendering import (
    Cell,
    DocumentText,
    Section,
    SignatureBlock,
    SignLines,
    Table,
    render_both,
    render_pdf,
    render_word,
)
from tests.support import services
from tests.support.all_kinds import printed_papers
from tests.support.papers import CORRECTION, RECEIVED, a_case, an_office, pdf_text, under_review
from tests.support.word import office_pdfs, read_as_text, word_text

ORGAN = "达拉特旗人民政府"


def paper(text: str = "经审查，申请符合规定。", **changes) -> DocumentText:
    values = {
        "title": "行政复议受理通知书",
        "issuer": ORGAN,
        "number": "达政复受字〔2026〕7号",
        "addressee": "乌云其木格",
        "signature_block": SignatureBlock(ORGAN, date(2026, 11, 5)),
        "subject": "达复案〔2026〕7号",
    }
    return DocumentText(sections=(Section(text),), **{**values, **changes})


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


class TestEveryKind:
    @pytest.mark.django_db
    def test_word_and_pdf_say_the_same_in_the_same_order(self):
        office = an_office()
        seen = set()
        for code, definition in printed_papers(under_review(office), office.officer):
            made = render_both(definition)
            assert word_text(made.word) == pdf_text(made.pdf), code
            seen.add(code)
        assert seen == set(kinds_of("reconsideration"))
        assert len(seen) >= 18

    @pytest.mark.long
    @pytest.mark.django_db
    def test_word_opens_in_libreoffice_and_is_printed_alike(self, tmp_path):
        if not services.find("soffice") or not shutil.which("pdftotext"):
            pytest.skip("LibreOffice or poppler-utils is not installed")
        office = an_office()
        made = {code: render_both(text) for code, text in printed_papers(under_review(office), office.officer)}
        printed = office_pdfs({code: files.word for code, files in made.items()}, tmp_path)
        for code, files in made.items():
            (tmp_path / "own.pdf").write_bytes(files.pdf)
            assert read_as_text(printed[code]) == read_as_text(tmp_path / "own.pdf"), code


class TestContent:
    def test_spans_dates_signatures_attachments_and_copies_are_in_their_order(self):
        table = Table.of(
            (Cell("案由", label=True), Cell("不服处罚", span=2)),
            (Cell("代收", label=True, rows=2), Cell("关系"), Cell("子女")),
            (Cell("理由"), Cell("", dated=True)),
            widths=(1, 2, 3),
        )
        blocks = (table, SignLines(("申请人", "被申请人" + "嘎" * 40)))
        definition = paper("", attachments=("清单", "笔录"), copies_to=("达拉特旗司法局",), printed_by="复议办公室")
        definition = dataclasses.replace(definition, sections=(Section("一、概述\n正文。", blocks, "笔录"),))
        assert word_text(render_word(definition)) == pdf_text(render_pdf(definition))

    def test_rare_characters_and_marks_of_xml_come_through(self):
        text = "申请人䶮宇、王㛃、𬱖 <甲> & “乙”。"
        assert "".join(text.split()) in word_text(render_word(paper(text)))

    def test_what_no_file_can_hold_is_shown_in_a_draft(self):
        assert "申请〓人" in word_text(render_word(paper("申请\x0b人：某。".replace("\x0b", "\x02")), draft=True))

    def test_page_types_language_and_metadata(self):
        document = opened(render_word(paper()))
        section = document.sections[0]
        assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
        assert [round(side.mm) for side in (section.top_margin, section.left_margin, section.right_margin)] == [
            37,
            28,
            26,
        ]
        styles = document.styles.element.xml
        for name in ("仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"):
            assert f'w:eastAsia="{name}"' in styles
        assert 'w:lang w:val="zh-CN" w:eastAsia="zh-CN"' in styles
        for footer in (section.footer, section.even_page_footer):
            assert "PAGE" in footer._element.xml
        core = document.core_properties
        assert (core.title, core.author, core.language) == ("行政复议受理通知书 达政复受字〔2026〕7号", ORGAN, "zh-CN")
        assert core.created.replace(tzinfo=None) == datetime(2026, 11, 5)

    def test_headings_make_an_outline_and_heading_rows_repeat(self):
        rows = (Cell("序号", label=True), Cell("材料", label=True)), (Cell("1"), Cell("申请书"))
        definition = dataclasses.replace(
            paper(), sections=(Section("一、认定事实不清\n正文。", (Table(rows, header_rows=1),)),)
        )
        document = opened(render_word(definition))
        assert "一、认定事实不清" in [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
        assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
        assert "w:tblHeader" not in document.tables[0].rows[1]._tr.xml

    @pytest.mark.parametrize("draft", [False, True])
    def test_the_same_definition_gives_the_same_bytes(self, draft):
        made = render_word(paper(), draft=draft)
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        render_word(paper("另一份。"))
        assert render_word(paper(), draft=draft) == made

    def test_a_draft_carries_a_mark_and_an_issued_paper_none(self):
        def headers(content: bytes) -> str:
            return opened(content).sections[0].header._element.xml

        assert "草稿" in headers(render_word(paper(), draft=True))
        assert "草稿" not in headers(render_word(paper()))


@pytest.mark.django_db
class TestIssued:
    def issued(self) -> Document:
        office = an_office()
        made = office.paper(a_case(office), "correction_notice", RECEIVED, CORRECTION)
        return Document.objects.get(pk=made.pk)

    def test_both_files_are_kept_with_their_digests(self):
        document = self.issued()
        assert document.word_file.endswith(".docx")
        assert document.word_size == len(document.word_content())
        assert word_text(document.word_content()) == pdf_text(document.content())
        with pytest.raises(DocumentSealed):
            Document.objects.filter(pk=document.pk).update(word_sha256="0" * 64)

    def test_neither_changes_when_program_and_fonts_do(self, client, monkeypatch, settings, tmp_path):
        """Years later: other fonts, another renderer, another template of Word."""
        document = self.issued()
        pdf, word = document.content(), document.word_content()
        monkeypatch.setattr("casemgr.documents.definition.render_pdf", lambda *args, **options: b"%PDF-new")
        monkeypatch.setattr("casemgr.documents.definition.render_word", lambda *args, **options: b"PK-new")
        monkeypatch.setattr("casemgr.documents.actions.issue.render_both", lambda *args, **options: 1 / 0)
        settings.FONT_DIR, settings.OFFICE_FONT_DIR = tmp_path / "none", str(tmp_path)
        fonts.forget()
        try:
            client.force_login(document.author)
            address = f"/documents/{document.pk}/file/"
            assert client.get(address).content == pdf
            assert client.get(address + "?format=docx").content == word
        finally:
            settings.FONT_DIR, settings.OFFICE_FONT_DIR = project.FONT_DIR, ""
            fonts.forget()

    def test_a_damaged_word_file_is_not_handed_out_and_is_found(self, client):
        document = self.issued()
        (Path(project.MEDIA_ROOT) / document.word_file).write_bytes(b"PK")
        with pytest.raises(FileDamaged):
            document.word_content()
        client.force_login(document.author)
        assert client.get(f"/documents/{document.pk}/file/?format=docx").status_code == 500
        assert client.get(f"/documents/{document.pk}/file/").status_code == 200
        damaged = [finding.detail for finding in evidence.checks()["files"]()]
        assert damaged == [document.word_file]

    def test_word_is_downloaded_under_the_number_of_the_paper(self, client):
        document = self.issued()
        client.force_login(document.author)
        answer = client.get(f"/documents/{document.pk}/file/?format=docx")
        assert answer["Content-Type"].endswith("wordprocessingml.document")
        assert answer["Content-Disposition"].startswith("attachment")
        assert f"-{document.pk}.docx" in answer["Content-Disposition"]
        assert client.get(f"/documents/{document.pk}/file/?format=odt").status_code == 404

    def test_a_paper_of_before_says_that_it_has_no_word_file(self, client, monkeypatch):
        attach = Document.attach

        def as_before(document, pdf, pages, word):
            attach(document, pdf, pages, word)
            document.word_file, document.word_sha256, document.word_size = "", "", 0

        monkeypatch.setattr(Document, "attach", as_before)
        document = self.issued()
        client.force_login(document.author)
        page = client.get(f"/documents/{document.pk}/").content.decode()
        assert "无（制发时系统尚未保存Word文件）" in page
        assert f"/documents/{document.pk}/file/?format=docx" not in page
        answer = client.get(f"/documents/{document.pk}/file/?format=docx")
        assert answer.status_code == 404
        assert "只有PDF" in answer.content.decode()

    def test_a_roll_back_leaves_no_file(self, monkeypatch):
        attach, written = Document.attach, []

        def attach_and_fail(document, pdf, pages, word):
            attach(document, pdf, pages, word)
            written.extend(Path(project.MEDIA_ROOT) / name for name in (document.file, document.word_file))
            assert all(path.exists() for path in written)
            raise RuntimeError("power cut")

        monkeypatch.setattr(Document, "attach", attach_and_fail)
        with pytest.raises(RuntimeError, match="power cut"):
            self.issued()
        assert len(written) == 2
        assert not any(path.exists() for path in written)
