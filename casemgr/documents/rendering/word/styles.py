"""The named styles of a Word file: an office that edits the text changes a style, not every paragraph."""

from casemgr.documents.rendering.style import Style
from casemgr.documents.rendering.word.measures import half_points, narrowing, twips
from casemgr.documents.rendering.wording import LANGUAGE

FONTS = {"title": "方正小标宋简体", "body": "仿宋_GB2312", "kai": "楷体_GB2312", "hei": "黑体"}
"""Names under which the offices' machines know the types of GB/T 9704; elsewhere Word puts its own in their place."""

TITLE, NUMBER, ADDRESSEE, TEXT, HEADING_1, HEADING_2 = "Title", "Number", "Addressee", "Text", "Heading1", "Heading2"
ATTACHMENT, SIGNATURE, COPIES, CELL, LABEL, SIGN_LINE = "Attachment", "Signature", "Copies", "Cell", "Label", "SignLine"
GAP, FOOTER = "Gap", "Footer"
HEI, KAI = "Hei", "Kai"
# No punctuation outside the measure, no gaps between Chinese and figures (as in the PDF).
_SETTING = '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'


def fonts_xml(role: str) -> str:
    """The same type for Chinese and for Latin letters, as the PDF has it."""
    name = FONTS[role]
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def spacing_xml(*, before: float = 0, after: float = 0, line: float) -> str:
    """Distances above, below and from line to line, in points."""
    return f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}" w:line="{twips(line)}" w:lineRule="exact"/>'


def styles_xml(style: Style) -> str:
    """Every style of one kind of document, as children of `w:styles`."""
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{twips(2 * style.step)}"/>'
    body = spacing_xml(line=style.pitch)
    table = spacing_xml(line=style.table_pitch)
    grid = f'<w:w w:val="{narrowing(style)}"/>'
    plain = '<w:w w:val="100"/>'
    keep = "<w:keepNext/>"
    normal = f'<w:widowControl w:val="0"/>{_SETTING}{body}<w:jc w:val="both"/>'
    heading = f'{keep}{indent}<w:outlineLvl w:val="%d"/>'
    return "".join(
        (
            _defaults(style, grid),
            _style("Normal", "Normal", normal, default=True),
            _style(
                TITLE, "Title",
                f'{keep}{spacing_xml(line=style.title_pitch)}<w:jc w:val="center"/>',
                fonts_xml("title") + plain + _size(style.title_size),
            ),
            _style(NUMBER, "文号", f'{keep}{spacing_xml(before=style.pitch / 4, line=style.pitch)}'
                   f'<w:ind w:right="{twips(style.step)}"/><w:jc w:val="right"/>'),
            _style(ADDRESSEE, "主送", ""),
            _style(TEXT, "公文正文", indent),
            _style(HEADING_1, "heading 1", heading % 0, fonts_xml("hei"), next_style=TEXT),
            _style(HEADING_2, "heading 2", heading % 1, fonts_xml("kai"), next_style=TEXT),
            _style(ATTACHMENT, "附件", "", plain),
            _style(SIGNATURE, "落款", f'{keep}<w:jc w:val="center"/>', plain),
            _style(COPIES, "抄送", '<w:jc w:val="left"/>', plain),
            _style(CELL, "表格文字", f'{table}<w:jc w:val="left"/>', plain + _size(style.table_size)),
            _style(LABEL, "表格栏目", f'{table}<w:jc w:val="center"/>', plain + _size(style.table_size)),
            _style(SIGN_LINE, "签名行", "", plain),
            _style(GAP, "空行", spacing_xml(line=style.pitch / 2), plain),
            _style(FOOTER, "footer", f'{spacing_xml(line=18)}<w:jc w:val="left"/>', plain + _size(14)),
            _style(HEI, "黑体", "", fonts_xml("hei"), kind="character"),
            _style(KAI, "楷体", "", fonts_xml("kai"), kind="character"),
        )
    )  # fmt: skip


def _defaults(style: Style, grid: str) -> str:
    language = f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
    runs = fonts_xml("body") + grid + '<w:kern w:val="0"/>' + _size(style.size) + language
    return f"<w:docDefaults><w:rPrDefault><w:rPr>{runs}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"


def _size(points: float) -> str:
    return f'<w:sz w:val="{half_points(points)}"/><w:szCs w:val="{half_points(points)}"/>'


def _style(
    code: str,
    name: str,
    paragraph: str,
    runs: str = "",
    *,
    kind: str = "paragraph",
    default: bool = False,
    next_style: str = "",
) -> str:
    based = "" if default or kind == "character" else '<w:basedOn w:val="Normal"/>'
    followed = f'<w:next w:val="{next_style}"/>' if next_style else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{code}"{" w:default=" + chr(34) + "1" + chr(34) if default else ""}>'
        f'<w:name w:val="{name}"/>{based}{followed}<w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{runs}</w:rPr>" if runs else "")
        + "</w:style>"
    )
