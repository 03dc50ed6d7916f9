"""Links and pictures of the documentation lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

LINK = re.compile(r"\]\(([^)#\s]+)\)")
PAGES = sorted([*settings.BASE_DIR.glob("*.md"), *settings.BASE_DIR.glob("docs/**/*.md")])


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.relative_to(settings.BASE_DIR).as_posix())
def test_every_link_leads_to_a_file(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text()) if "://" not in target]
    assert not [target for target in targets if not (document.parent / target).exists()]


def test_every_variable_that_settings_read_is_described() -> None:
    read = re.findall(
        r'(?:environ\.get|_flag|_kept_secret)\(\s*"([A-Z_]+)"',
        Path(settings.BASE_DIR, "casemgr/settings.py").read_text(),
    )
    described = Path(settings.BASE_DIR, "docs/configuration.md").read_text()
    assert not [name for name in read if f"`{name}`" not in described]
