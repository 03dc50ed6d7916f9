"""Reading the file: who may ask, the four grounds of refusal, the two rooms (art. 47)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import InvalidInput
from casemgr.documents.definition import preview
from casemgr.rooms.models import Room
from reconsideration.models import ReadingRequest
from tests.support.flow import received, refusals
from tests.support.register import unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def flow() -> Any:
    flow = received(date(2026, 9, 2))
    flow.on(date(2026, 9, 8)).accept()
    return flow


def ask(flow: Any, role: str = "applicant") -> ReadingRequest:
    part = flow.case.participations.get(role=role)
    return flow.act("officer", "reading.ask", flow.case, asked_by=part.pk, asked_on=flow.day, wanted="答复书及证据")


def decide(flow: Any, asked: ReadingRequest, decision: str, **more: Any) -> ReadingRequest:
    asked = ReadingRequest.objects.get(pk=asked.pk)
    return flow.act("officer", "reading.decide", asked, decision=decision, on=flow.day, **more)


def read(flow: Any, asked: ReadingRequest, room: Room) -> ReadingRequest:
    asked = ReadingRequest.objects.get(pk=asked.pk)
    return flow.act("officer", "reading.record", asked, on=flow.day, room=room.pk, reader="申请人本人", read="答复书",
                    copied="证据1至3", copied_pages=12, watched_by=flow.office["officer"].pk)  # fmt: skip


def room(kind: str) -> Room:
    return Room.objects.create(unit=unit(), kind=kind, name=f"{kind}室", place=f"二楼{kind}")


def test_a_respondent_has_no_right_to_read(flow: Any):
    with pytest.raises(InvalidInput):
        ask(flow, "respondent")
    assert ask(flow).pk


def test_a_refusal_needs_one_of_the_four_grounds(flow: Any):
    asked = ask(flow)
    for decision in ("refused", "partly"):
        assert ("refusal-without-ground", "47") in refusals(decide, flow, asked, decision)
    assert ("granted-with-ground", "47") in refusals(
        decide, flow, asked, "granted", ground="privacy", withheld="证人住址"
    )
    assert decide(flow, asked, "partly", ground="privacy", withheld="证人住址").ground == "privacy"


def test_nothing_is_read_before_the_grant_and_only_in_reception_or_archive_room(flow: Any, client: Client):
    asked, reception, hearing = ask(flow), room("reception"), room("hearing")
    assert ("not-granted", "47") in refusals(read, flow, asked, reception)
    client.force_login(flow.office["officer"])
    refused = client.get(f"{asked.get_absolute_url()}reading.record/").content.decode()
    assert "<small>第47条</small>" in refused
    decide(flow, asked, "granted")
    with pytest.raises(InvalidInput):
        read(flow, asked, hearing)
    done = read(flow, asked, reception)
    assert (done.room, done.copied_pages) == (reception, 12)
    for address in (done.get_absolute_url(), f"/cases/{flow.case.pk}/", f"/cases/{flow.case.pk}/actions/reading.ask/"):
        assert client.get(address).status_code == 200
    paper = flow.draft("reading_register", request=done.pk)
    assert preview(paper).startswith(b"%PDF") and preview(paper, "docx").startswith(b"PK")
