"""Pictures as parts of a Word file: each with its relation, and the type of them all."""

from __future__ import annotations

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture" '
    f'xmlns:r="{OFFICE}"'
)
_PNG = '<Default Extension="png" ContentType="image/png"/>'


def relate(parts: dict[str, bytes], name: str, picture: bytes) -> None:
    """The picture as `name`.png, embedded where the text says `r:embed="name"`; one that is there already stays."""
    place = f"word/media/{name}.png"
    if place in parts:
        return
    parts[place] = picture
    relation = f'<Relationship Id="{name}" Type="{OFFICE}/image" Target="media/{name}.png"/>'
    _insert(parts, "word/_rels/document.xml.rels", relation, before="</Relationships>")
    if _PNG.encode() not in parts["[Content_Types].xml"]:
        _insert(parts, "[Content_Types].xml", _PNG, before="<Default ")


def _insert(parts: dict[str, bytes], name: str, added: str, *, before: str) -> None:
    parts[name] = parts[name].replace(before.encode(), (added + before).encode(), 1)
