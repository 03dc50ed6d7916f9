"""Volumes: order, completeness, freezing, supplements."""

from __future__ import annotations

import io
import re
from datetime import date
from itertools import pairwise

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from casemgr.actions.errors import GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.audit.verification import verify
from casemgr.documents import files
from casemgr.documents.models import Document
from casemgr.documents.volumes.completeness import lacks
from casemgr.documents.volumes.contents import contents
from casemgr.documents.volumes.models import LooseEntry, Volume, VolumeSealed
from casemgr.documents.volumes.preparing import keep_volumes, prepare
from tests.support.papers import fresh
from tests.support.volumes import CLOSING, a_decided_case, explain, frozen

pytestmark = pytest.mark.django_db
KNOWN = {"pages-application": 3, "reason-identity": "申请人拒绝提供"}


def read(volume: Volume) -> PdfReader:
    with files.opened(volume.file, volume.sha256) as file:
        return PdfReader(io.BytesIO(file.read()))


def text_of(page) -> str:
    return "".join(page.extract_text().split())


def stamp_of(page) -> tuple[str, float]:
    """The number laid over the page, and how far from its left edge its box begins."""
    placing = page["/Contents"][-1].get_object().get_data().decode()
    edge = re.search(r"1 0 0 1 ([\d.]+) [\d.]+ cm /CasemgrPage Do", placing)
    form = page["/Resources"]["/XObject"]["/CasemgrPage"]
    twice = "".join(page.extract_xform_text(form).split())  # a white rim first, then the figures
    return twice[: len(twice) // 2], float(edge.group(1))


def codes(error) -> set[str]:
    return {refusal.code for refusal in error.value.refusals}


def test_what_is_lacking_is_listed_and_stops_the_freeze_until_it_is_explained() -> None:
    office, case = a_decided_case()
    missing = {lack.need.code for lack in lacks(case)}
    decision = Document.objects.get(case_id=case.pk, kind="decision")
    assert {"application", "identity", "reply", "records", f"proof:{decision.pk}"} <= missing
    assert "decision" not in missing
    with pytest.raises(GuardRefused) as error:
        keep_volumes(case, office.archive, CLOSING)
    assert codes(error) == {"incomplete"}
    perform("volumes.explain_lacks", case, KNOWN, office.archive, CLOSING)
    assert "application" not in {lack.need.code for lack in lacks(case)}
    assert "identity" not in {lack.need.code for lack in lacks(case) if not lack.reason}


def test_a_volume_has_cover_catalogue_numbered_pages_and_a_note() -> None:
    office, case = a_decided_case()
    perform("volumes.explain_lacks", case, KNOWN, office.archive, CLOSING)
    volume, inner = frozen(office, case)
    pages = list(read(volume).pages)
    cover, catalogue = text_of(pages[0]), text_of(pages[2])
    assert "行政复议案卷" in cover and "正卷" in cover and case.number in cover and "永久" in cover
    assert "卷内目录" in catalogue and "行政复议决定书" in catalogue and "1-3" in catalogue
    assert "卷内备考表" in text_of(pages[-1]) and "申请人拒绝提供" in text_of(pages[-1])
    items = list(volume.items.order_by("sequence"))
    assert items[0].first_page == 1 and items[0].slot == "application"
    assert all(later.first_page == one.last_page + 1 for one, later in pairwise(items))
    decision = next(item for item in items if item.title == "行政复议决定书")
    place = next(n for n, label in enumerate(read(volume).page_labels) if label == str(decision.first_page))
    left, right = stamp_of(pages[place]), stamp_of(pages[place + 1])
    assert (left[0], right[0]) == (str(decision.first_page), str(decision.first_page + 1))
    assert decision.first_page % 2 == 0 and left[1] < 100 and right[1] > 400  # backs outside left, fronts outside right
    assert "行政复议决定书" in text_of(pages[place])
    assert "审批表" in inner.items.first().title and default_storage.exists(inner.items.first().file)
    marks = [mark.title for mark in read(volume).outline]
    assert marks[0] == "封面" and marks[-1] == "卷内备考表" and len(marks) == len(items) + 3
    assert verify().findings == []


def test_a_frozen_volume_never_changes_and_later_papers_go_into_a_supplement_with_continued_numbers() -> None:
    office, case = a_decided_case()
    volume = Volume.objects.get(pk=frozen(office, case)[0].pk)
    volume.last_page += 1
    with pytest.raises(VolumeSealed):
        volume.save()
    with pytest.raises(VolumeSealed):
        volume.items.first().delete()
    with pytest.raises(GuardRefused) as error:
        keep_volumes(case, office.archive, CLOSING)
    assert codes(error) == {"nothing-to-file"}
    entry = {"slot": "others", "title": "申请人来信", "carrier": "paper", "pages": 4}
    perform("volumes.add_entry", case, entry, office.archive, CLOSING)
    (more,) = keep_volumes(case, office.archive, CLOSING)
    before = Volume.objects.get(pk=volume.pk)
    assert (more.number, more.first_page, more.last_page) == (2, before.last_page + 1, before.last_page + 4)
    assert more.archive_number == before.archive_number and "补充卷第1册" in more.title
    assert before.sha256 == volume.sha256


def test_inner_papers_and_secret_materials_make_a_volume_of_their_own() -> None:
    office, case = a_decided_case()
    entry = {"slot": "discussion", "title": "集体讨论记录", "carrier": "paper", "pages": 5}
    perform("volumes.add_entry", case, entry, office.officer, CLOSING)
    volumes = {volume.part: volume for volume in frozen(office, case)}
    assert set(volumes) == {"main", "internal"}
    assert "集体讨论记录" not in {item.title for item in volumes["main"].items.all()}
    assert volumes["internal"].items.get(title="集体讨论记录").page_range.count("-") == 1
    assert volumes["internal"].first_page == 1


def test_the_order_changes_within_a_place_only() -> None:
    office, case = a_decided_case()
    for title in ("照片一", "照片二"):
        entry = {"slot": "others", "title": title, "carrier": "paper", "pages": 1}
        perform("volumes.add_entry", case, entry, office.officer, CLOSING)
    second = f"entry:{LooseEntry.objects.get(title='照片二').pk}"
    perform("volumes.move", case, {"key": second, "direction": "up"}, office.officer, CLOSING)
    assert [one.title for one in contents(case) if one.slot.code == "others"] == ["照片二", "照片一"]
    with pytest.raises(GuardRefused) as error:
        perform("volumes.move", case, {"key": second, "direction": "up"}, office.officer, CLOSING)
    assert codes(error) == {"fixed-order"}


def test_a_file_that_changes_while_it_is_put_together_is_put_together_again() -> None:
    office, case = a_decided_case()
    explain(case, office.archive)
    prepared = prepare(case, office.archive, CLOSING, progress=lambda done, total: None)
    entry = {"slot": "others", "title": "迟到的材料", "carrier": "paper", "pages": 1}
    perform("volumes.add_entry", case, entry, office.officer, CLOSING)
    with pytest.raises(GuardRefused) as error:
        perform("volumes.freeze", case, {"prepared": prepared}, office.archive, CLOSING)
    assert codes(error) == {"contents-changed"} and not Volume.objects.exists()
    with pytest.raises(InvalidInput):
        perform("volumes.freeze", case, {"prepared": "volumes/2026/made-up.pdf"}, office.archive, CLOSING)
    volume, _inner = keep_volumes(case, office.archive, CLOSING)
    assert volume.items.filter(title="迟到的材料").exists()


def test_the_case_is_archived_only_with_frozen_volumes() -> None:
    office, case = a_decided_case()
    data = {"on": CLOSING, "archive_number": "达复档2026-001"}
    with pytest.raises(GuardRefused) as error:
        perform("reconsideration.archive", case, data, office.archive, CLOSING)
    assert codes(error) == {"volume-missing"}
    frozen(office, case)
    perform("reconsideration.archive", fresh(case), data, office.archive, CLOSING)
    assert fresh(case).state == "ARCHIVED"


def test_the_term_runs_from_the_end_of_the_year_of_closing() -> None:
    office, case = a_decided_case()
    case.outcome = "upheld"
    case.save()
    volume, _inner = frozen(office, case)
    assert (volume.term, volume.keep_until) == ("y30", date(2056, 12, 31))
    assert "国家档案局令第8号" in volume.term_source and "本机关决定" in volume.term_source
