"""Example layouts of files for other platforms; the office puts the platform's own columns and codes in."""

from __future__ import annotations

from dataclasses import dataclass

from casemgr.indicators.definition import Text
from casemgr.indicators.tables.models import Layout


@dataclass(frozen=True)
class Example:
    """`columns`: pairs of heading and field."""

    name: Text
    of: str
    columns: tuple[tuple[Text, str], ...]
    note: Text
    form: str = Layout.Form.GB18030


_examples: list[Example] = []


def register_example(*several: Example) -> None:
    _examples.extend(one for one in several if one not in _examples)


def load_examples() -> int:
    """Create them where the office has no layout for these rows; what it edited stays as it is."""
    known = set(Layout.objects.order_by().values_list("of", flat=True))
    missing = [one for one in _examples if one.of not in known]
    for one in missing:
        columns = [[str(heading), name] for heading, name in one.columns]
        Layout(name=str(one.name), of=one.of, form=one.form, columns=columns, note=str(one.note)).save()
    return len(missing)
