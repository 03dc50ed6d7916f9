"""The PDF of an official document: what it says, where it stands, and that it is the same every time."""

import dataclasses
import io
import itertools
import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.documents.rendering import (
    Cell,
    DocumentText,
    KeyValues,
    MissingGlyphs,
    Section,
    SignatureBlock,
    SignLines,
    Table,
    missing_glyphs,
    render_pdf,
    texts,
)

DATA = Path(__file__).parent.parent / "data" / "rendering"
SAMPLES = sorted(path.stem for path in DATA.glob("*.json"))
MM = 72 / 25.4
ORGAN = "达拉特旗人民政府"


def sample(name: str) -> DocumentText:
    return DocumentText.from_json(json.loads((DATA / f"{name}.json").read_text()))


def notice(text: str, **changes) -> DocumentText:
    values = {
        "title": "行政复议受理通知书",
        "issuer": ORGAN,
        "number": "达政复受字〔2026〕7号",
        "addressee": "乌云其木格",
        "signature_block": SignatureBlock(ORGAN, date(2026, 11, 5)),
    }
    return DocumentText(sections=(Section(text),), **{**values, **changes})


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def packed(text: str) -> str:
    """Without white space and page numbers, which the definition does not hold."""
    return re.sub(r"\s", "", re.sub(r"— \d+ —", "", text))


def text_of(pdf: bytes) -> str:
    return packed("".join(page.extract_text() for page in read(pdf).pages))


@dataclasses.dataclass
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words(pdf: bytes, tmp_path: Path) -> list[list[Word]]:
    """The words of each page with their boxes in millimetres, as poppler sees them."""
    (tmp_path / "a.pdf").write_bytes(pdf)
    out = subprocess.run(["pdftotext", "-bbox", tmp_path / "a.pdf", "-"], capture_output=True, text=True, check=True)
    pages = out.stdout.split("<page ")[1:]
    pattern = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')
    return [
        [Word(text, *(float(number) / MM for number in box)) for *box, text in pattern.findall(page)] for page in pages
    ]


needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_text_can_be_read_back_in_order(name):
    definition = sample(name)
    assert text_of(render_pdf(definition)) == packed("".join(texts(definition)))


@pytest.mark.parametrize("name", ["阿拉腾乌拉·其其格", "䶮宇", "王㛃", "达政复决字〔2026〕12号"])
def test_names_and_numbers_are_printed_as_they_are(name):
    definition = notice(f"{name}提出的申请收悉。")
    assert missing_glyphs(definition) == []
    assert name in text_of(render_pdf(definition))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_definition_survives_json(name):
    definition = sample(name)
    assert DocumentText.from_json(json.loads(json.dumps(definition.as_json()))) == definition


def test_every_block_survives_json():
    blocks = (
        Table.of(
            ("一", Cell("二", span=2, rows=2, align="center", label=True, dated=True)), widths=(1, 2), heights=(10,)
        ),
        KeyValues((("收到日期", "2026年11月5日"),)),
        SignLines(("申请人",), dated=False),
    )
    definition = notice("正文。", attachments=("甲",), copies_to=("乙",), kind="record", printed_by="丙")
    definition = dataclasses.replace(definition, sections=(Section("文", blocks, "标题", "code"),))
    assert DocumentText.from_json(json.loads(json.dumps(definition.as_json()))) == definition


@pytest.mark.parametrize("draft", [False, True])
def test_the_same_definition_gives_the_same_bytes(draft):
    definition = sample("decision")
    assert render_pdf(definition, draft=draft) == render_pdf(definition, draft=draft)


def test_another_process_gives_the_same_bytes(tmp_path):
    code = (
        "import os, sys, json, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'casemgr.settings'\n"
        "from casemgr.documents.rendering import DocumentText, render_pdf\n"
        f"data = json.load(open({str(DATA / 'acceptance.json')!r}))\n"
        "sys.stdout.buffer.write(render_pdf(DocumentText.from_json(data)))"
    )
    import sys

    root = Path(__file__).parent.parent.parent
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=root).stdout
    assert made == render_pdf(sample("acceptance"))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_font_is_embedded_and_nothing_else_is_named(name):
    for page in read(render_pdf(sample(name))).pages:
        fonts = page["/Resources"]["/Font"]
        assert fonts
        for font in fonts.values():
            font = font.get_object()
            assert "/FontFile2" in font["/FontDescriptor"].get_object(), font["/BaseFont"]
            assert "/ToUnicode" in font


def test_the_file_names_title_author_language_and_day():
    reader = read(render_pdf(sample("decision")))
    assert reader.metadata.title == "行政复议决定书 达政复决字〔2026〕12号"
    assert reader.metadata.author == ORGAN
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert reader.metadata.creation_date.date() == date(2026, 11, 25)


def test_bookmarks_follow_title_and_headings():
    titles = [str(item.title) for item in _flat(read(render_pdf(sample("decision"))).outline)]
    assert titles == ["行政复议决定书", "一、《处理决定》认定事实不清", "二、《处理决定》程序违法"]


def _flat(outline):
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item


@needs_poppler
@pytest.mark.parametrize("name", SAMPLES)
def test_text_stays_within_the_margins_of_the_standard(name, tmp_path):
    for number, page in enumerate(words(render_pdf(sample(name)), tmp_path), 1):
        numbers = [word for word in page if word.top > 297 - 35]
        body = [word for word in page if word not in numbers]
        assert min(word.left for word in body) >= 28 - 0.1
        # A closing mark may stand outside with the blank half of its box.
        assert max(word.right for word in body) <= 28 + 156 + 3
        assert min(word.top for word in body) >= 37 - 2  # poppler's box is higher than the character
        assert "".join(word.text for word in numbers) == f"—{number}—"
        if number % 2:
            assert numbers[-1].right == pytest.approx(28 + 156 - 14 / MM, abs=0.5)
        else:
            assert numbers[0].left == pytest.approx(28 + 14 / MM, abs=0.5)


@needs_poppler
def test_a_full_page_has_22_lines_of_28_characters(tmp_path):
    page = words(render_pdf(notice("国" * 28 * 50)), tmp_path)[1]
    lines = [word for word in page if len(word.text) > 10]
    assert len(lines) == 22
    assert {len(line.text) for line in lines} == {28}
    assert lines[0].left == pytest.approx(28, abs=0.2)
    assert lines[0].right == pytest.approx(28 + 156, abs=0.3)
    steps = {round(below.top - above.top, 1) for above, below in itertools.pairwise(lines)}
    assert steps == {10.2}


@needs_poppler
def test_paragraphs_are_indented_two_characters_and_the_addressee_is_not(tmp_path):
    page = words(render_pdf(notice("经审查，申请符合规定。")), tmp_path)[0]
    by_text = {word.text: word for word in page}
    assert by_text["乌云其木格："].left == pytest.approx(28, abs=0.2)
    assert by_text["经审查，申请符合规定。"].left == pytest.approx(28 + 2 * 156 / 28, abs=0.2)


@needs_poppler
def test_the_organ_stands_centred_over_the_day_at_the_right(tmp_path):
    page = words(render_pdf(notice("特此通知。")), tmp_path)[0]
    day = next(word for word in page if word.text == "2026年11月5日")
    organ = next(word for word in reversed(page) if word.text == ORGAN)
    assert (organ.left + organ.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=0.5)
    assert organ.bottom < day.bottom
    assert day.right == pytest.approx(184 - 4 * 156 / 28, abs=0.5)


def test_the_place_of_the_seal_can_be_found():
    reader = read(render_pdf(notice("特此通知。")))
    place = reader.named_destinations["/seal"]
    assert float(place["/Right"]) - float(place["/Left"]) == pytest.approx(42 * MM, abs=0.5)


PARAGRAPH = "根据《中华人民共和国行政复议法》第三十条第一款的规定，本机关予以受理，并将受理情况书面告知当事人。"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 32), st.integers(1, len(PARAGRAPH)), st.booleans(), st.integers(0, 4))
def test_the_signature_never_stands_alone(paragraphs, last, closes, attachments):
    text = "\n".join([PARAGRAPH] * paragraphs + [PARAGRAPH[:last]] + ["特此通知。"] * closes)
    definition = notice(text, attachments=tuple(f"材料{number}" for number in range(attachments)))
    pages = [page.extract_text() for page in read(render_pdf(definition)).pages]
    signed = pages[-1].splitlines()
    organ, day = signed.index(ORGAN, 1 if len(pages) == 1 else 0), signed.index("2026年11月5日")
    assert day == organ + 1
    body = [line for line in signed[:organ] if not line.startswith(("附件", *"123456789"))]
    assert len(body) >= 2
    assert packed("".join(pages)) == packed("".join(texts(definition)))


def test_a_heading_is_not_left_at_the_foot_of_a_page():
    for filler in range(10, 40):
        text = "\n".join(["短句。"] * filler + ["一、事实和理由", "内容。", "内容。", "内容。"])
        for page in read(render_pdf(notice(text))).pages:
            lines = [line for line in page.extract_text().splitlines() if not line.startswith("—")]
            assert lines[-1] != "一、事实和理由"


def test_a_missing_character_is_named_and_stops_the_issue():
    definition = notice("申请人：\U0003fffd\ue000，男。")
    assert missing_glyphs(definition) == ["\U0003fffd", "\ue000"]
    with pytest.raises(MissingGlyphs) as error:
        render_pdf(definition)
    assert error.value.characters == ["\U0003fffd", "\ue000"]
    assert [one.code for one in error.value.refusals] == ["missing-glyphs"]
    assert "“\ue000”（U+E000），见“申请人：\U0003fffd\ue000，男。”" in str(error.value)


def test_a_draft_shows_a_missing_character_and_says_it_is_a_draft():
    text = text_of(render_pdf(notice("申请人：\ue000，男。"), draft=True))
    assert "申请人：〓，男。" in text
    assert "草稿" in text
    assert "草稿" not in text_of(render_pdf(notice("申请人：某，男。")))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60), st.sampled_from(["official", "receipt", "record"]))
def test_a_draft_can_be_shown_of_any_text(text, short, kind):
    blocks = (Table.of((Cell(short, label=True), text)), KeyValues(((short, text),)), SignLines((short,)))
    definition = notice("", title=short, addressee=short, attachments=(text, short), copies_to=(short,), kind=kind)
    definition = dataclasses.replace(definition, sections=(Section(text, blocks, heading=short),))
    assert read(render_pdf(definition, draft=True)).pages


def test_mongolian_script_is_refused_rather_than_printed_wrongly():
    assert missing_glyphs(notice("ᠮᠣᠩᠭᠣᠯ")) != []


def test_a_day_not_known_yet_leaves_room_for_it():
    text = "".join(
        page.extract_text() for page in read(render_pdf(notice("正文。", signature_block=SignatureBlock(ORGAN)))).pages
    )
    assert re.search(r"年\s+月\s+日", text)


def test_one_attachment_has_no_number_and_several_have():
    assert "附件：清单" in text_of(render_pdf(notice("正文。", attachments=("清单",))))
    assert "附件：1.清单2.笔录" in text_of(render_pdf(notice("正文。", attachments=("清单", "笔录"))))


def test_a_long_table_repeats_its_heading_and_keeps_every_row():
    rows = [tuple(Cell(text, label=True) for text in ("序号", "材料"))]
    rows += [(Cell(str(number)), Cell(f"第{number}份材料")) for number in range(1, 80)]
    table = Table.of(*rows, widths=(1, 5), header_rows=1)
    definition = dataclasses.replace(notice(""), sections=(Section(blocks=(table,)),), kind="receipt")
    pages = [page.extract_text() for page in read(render_pdf(definition)).pages]
    assert len(pages) > 2
    assert all("序号" in page for page in pages[:-1])
    assert all(f"第{number}份材料" in "".join(pages) for number in range(1, 80))


def test_a_cell_longer_than_a_page_is_continued():
    table = Table.of((Cell("意见", label=True), "申请人的陈述意见。" * 400), widths=(1, 5))
    definition = dataclasses.replace(notice(""), sections=(Section(blocks=(table,)),), kind="record")
    assert text_of(render_pdf(definition)).count("申请人的陈述意见") >= 395


@pytest.mark.parametrize("length", [2, 12, 18, 24, 30, 55])
def test_a_long_name_leaves_its_owner_room_to_sign(length):
    """Neither is the day printed over the name, nor the name cut; under or beside it lie 4.5 cm of line."""
    label = "被申请人" + "嘎" * length
    definition = dataclasses.replace(notice(""), sections=(Section(blocks=(SignLines((label,)),)),), kind="record")
    pdf = render_pdf(definition)
    assert text_of(pdf).count("嘎") == length
    page = read(pdf).pages[0]
    found: list[tuple[float, float, str]] = []
    page.extract_text(visitor_text=lambda text, _cm, tm, _font, size: found.append((tm[4], tm[5], text)))
    day_row = next(y for _x, y, text in found if "年" in text)
    before = [x + 16 * len(text.strip()) for x, y, text in found if abs(y - day_row) < 1 and "嘎" in text]
    day_starts = min(x for x, y, text in found if abs(y - day_row) < 1 and "年" in text)
    assert day_starts - max(before, default=0) > 45 * 72 / 25.4


def test_a_service_receipt_stays_on_one_page():
    assert len(read(render_pdf(sample("service_receipt"))).pages) == 1


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed")
def test_rare_characters_leave_ink_and_no_two_look_alike(tmp_path):
    """A box for a missing character would be the same picture for each of them."""
    from PIL import Image

    pictures = []
    for index, character in enumerate("·〔〕䶮㛃嘎召·〇"[:8]):
        path = tmp_path / f"{index}.pdf"
        path.write_bytes(render_pdf(DocumentText(title=character * 3)))
        subprocess.run(["pdftoppm", "-r", "60", "-gray", path, tmp_path / str(index)], check=True)
        image = Image.open(next(tmp_path.glob(f"{index}-*.pgm"))).crop((0, 0, 496, 150))
        assert image.getextrema()[0] < 160, character
        pictures.append((character, image.tobytes()))
    assert len({picture for _, picture in pictures}) == len({character for character, _ in pictures})
