"""Word's units: twentieths of a point, half points, eighths of a point; 12,700 of a point for pictures."""

from casemgr.documents.rendering.style import Style


def twips(points: float) -> int:
    """Lengths."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Sizes of type."""
    return round(points * 2)


def emus(points: float) -> int:
    """Lengths of pictures."""
    return round(points * 12_700)


def eighths(points: float) -> int:
    """Widths of rules."""
    return round(points * 8)


def narrowing(style: Style) -> int:
    """To how many per cent of its width each character is set so that the full number of them makes a line.

    Not by moving characters closer: LibreOffice 7.4 then loses punctuation at the end of justified lines.
    """
    return int(style.step / style.size * 100)
