"""Files without a row are removed after an hour; what a row names, and what is still being written, stays."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from casemgr.documents.orphans import remove_orphans
from casemgr.pages.clock import today
from tests.support.papers import a_case, an_office

pytestmark = pytest.mark.django_db


def left_behind(name: str, hours: float) -> Path:
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-")
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))
    return path


def test_only_old_files_that_no_row_names_are_removed():
    office = an_office()
    paper = office.paper(a_case(office, received_on=today()), "receipt", today(), {"materials": "行政复议申请书，2份"})
    kept, word = (Path(settings.MEDIA_ROOT) / name for name in (paper.file, paper.word_file))
    os.utime(kept, (0, 0))
    os.utime(word, (0, 0))
    old, fresh = left_behind("documents/2026/old.pdf", 2), left_behind("documents/2026/fresh.pdf", 0.5)
    elsewhere = left_behind("else/old.pdf", 2)
    assert remove_orphans(timezone.now()) == ["documents/2026/old.pdf"]
    assert [path.exists() for path in (kept, word, old, fresh, elsewhere)] == [True, True, False, True, True]
