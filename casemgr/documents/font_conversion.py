"""Convert a CFF font to TrueType outlines: `python font_conversion.py SOURCE TARGET [WITHOUT]`.

Runs as a program of its own (two fonts convert in two processes) and needs nothing but fontTools.
"""

import os
import sys
from pathlib import Path

MAX_ERROR = 0.8  # thousandths of an em between a curve and its approximation; invisible in print
EM = 1000


def convert(source: Path, target: Path, without: Path | None = None) -> None:
    """Write `target` with the characters of `source`, leaving out those `without` has, whole or not at all."""
    from fontTools import subset
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    font = _open(source)
    characters = set(font.getBestCmap())
    if without:
        characters -= set(TTFont(without, lazy=True).getBestCmap())
        characters = {character for character in characters if _is_han(character)}
    options = subset.Options(
        layout_features=[],
        hinting=False,
        name_IDs=[1, 2, 4, 6],
        notdef_outline=False,
        drop_tables=["vhea", "vmtx", "VORG"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)

    outlines, glyphs = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, MAX_ERROR * font["head"].unitsPerEm / EM, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), glyphs
    _drop_blank(font, glyphs)
    for tag in ("CFF ", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "DSIG", "vhea", "vmtx"):
        if tag in font:
            del font[tag]
    _as_truetype(font)
    written = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        font.save(written)
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)


def _open(source: Path):
    """The font, or of a collection the member with the mainland's forms."""
    from fontTools.ttLib import TTCollection, TTFont

    if source.suffix.lower() != ".ttc":
        return TTFont(source, lazy=True)
    members = TTCollection(source, lazy=True).fonts
    number = next((n for n, member in enumerate(members) if " SC" in (member["name"].getDebugName(4) or "")), 0)
    return TTFont(source, fontNumber=number, lazy=True)


def _is_han(character: int) -> bool:
    return 0x2E80 <= character <= 0x9FFF or 0xF900 <= character <= 0xFAFF or 0x20000 <= character <= 0x3FFFF


def _drop_blank(font, glyphs: dict) -> None:
    """A character that would print nothing must count as missing."""
    for table in font["cmap"].tables:
        if not hasattr(table, "cmap"):
            continue
        for character, name in list(table.cmap.items()):
            if glyphs[name].numberOfContours == 0 and not chr(character).isspace():
                del table.cmap[character]


def _as_truetype(font) -> None:
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "TwilightPoints",
        "Storage",
        "FunctionDefs",
        "InstructionDefs",
        "StackElements",
        "SizeOfInstructions",
    ):
        setattr(maxp, f"max{field}", 0)
    maxp.maxZones, maxp.maxComponentElements = 1, 0
    post = font["post"]
    post.formatType, post.extraNames, post.mapping = 3.0, [], {}
    font.sfntVersion = "\x00\x01\x00\x00"


if __name__ == "__main__":
    paths = [Path(argument) for argument in sys.argv[1:]]
    convert(*paths)
