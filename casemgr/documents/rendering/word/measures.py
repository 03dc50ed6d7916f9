"""Word's units: twentieths of a point, half points, eighths of a point."""

from casemgr.documents.rendering.style import Style


def twips(points: float) -> int:
    """Lengths."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Sizes of type."""
    return round(points * 2)


def eighths(points: float) -> int:
    """Widths of rules."""
    return round(points * 8)


def tightening(style: Style) -> int:
    """What each character is moved closer so that the full number of them makes a line. Rounded so that they fit."""
    return -int(-(style.step - style.size) * 20 + 0.999)
