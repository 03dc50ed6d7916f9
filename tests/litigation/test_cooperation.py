"""Joint meetings with courts and procuratorates: each decision has an owner and a last day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casemgr.actions.errors import ActionError, InvalidInput
from casemgr.actions.perform import perform
from litigation.models import Contact, Decision, JointMeeting
from tests.support.litigation import department, liaison
from tests.support.register import unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def a_meeting(by: Any) -> JointMeeting:
    sent = {"held_on": "2026-11-10", "topic": "第三季度府院联席会议", "organs": "达拉特旗人民法院、旗司法局"}
    return perform("meeting.enter", None, sent, by, TODAY)


def decide(meeting: JointMeeting, by: Any, owner: str, due_on: str = "2026-11-20") -> Decision:
    sent = {"text": f"{owner}报送未履行裁判清单", "owner": unit(owner).pk, "due_on": due_on}
    perform("meeting.decide", JointMeeting.objects.get(pk=meeting.pk), sent, by, TODAY)
    return Decision.objects.latest("pk")


def test_a_decision_is_done_by_its_owner_and_seen_by_nobody_else() -> None:
    office, police, other = liaison(), department(), department(at="150621-ZRJ")
    meeting = a_meeting(office)
    with pytest.raises(InvalidInput):
        decide(meeting, office, "150621-GAJ", due_on="2026-11-09")
    own, foreign = decide(meeting, office, "150621-GAJ"), decide(meeting, office, "150621-SFJ")
    assert list(Decision.objects.visible_to(police, TODAY).open()) == [own]
    assert not JointMeeting.objects.visible_to(other, TODAY).exists()
    said = {"on": "2026-11-22", "done": "已报送清单"}
    for decision, by in ((own, other), (foreign, police)):
        with pytest.raises(ActionError):
            perform("decision.done", decision, said, by, TODAY)
    with pytest.raises(ActionError):  # the court liaison gives out decisions
        decide(meeting, police, "150621-GAJ")
    assert perform("decision.done", own, said, police, TODAY).done_on == date(2026, 11, 22)
    with pytest.raises(ActionError):
        perform("decision.done", Decision.objects.get(pk=own.pk), said, office, TODAY)


def test_nobody_waits_for_decisions_of_a_meeting_that_was_struck() -> None:
    office = liaison()
    meeting = a_meeting(office)
    decide(meeting, office, "150621-GAJ")
    perform("meeting.strike", JointMeeting.objects.get(pk=meeting.pk), {"reason": "重复登记"}, office, TODAY)
    assert not Decision.objects.visible_to(office, TODAY).open().exists()


def test_pages(client: Client) -> None:
    office, police = liaison(), department()
    meeting = a_meeting(office)
    decide(meeting, office, "150621-GAJ")
    decide(meeting, office, "150621-SFJ")
    sent = {"organ_kind": "court", "organ": "达拉特旗人民法院", "name": "王庭长", "phone": "0477-1234567"}
    contact = perform("contact.enter", None, sent, office, TODAY)
    for user, sees in ((office, True), (police, False)):
        client.force_login(user)
        page = client.get(meeting.get_absolute_url()).content.decode()
        assert "150621-GAJ报送" in page
        assert ("150621-SFJ报送" in page) is sees
        assert "第三季度" in client.get("/litigation/meetings/").content.decode()
        assert "150621-GAJ报送" in client.get("/litigation/meetings/?show=open").content.decode()
        assert "王庭长" in client.get("/litigation/contacts/").content.decode()
        assert client.get(contact.get_absolute_url()).status_code == 200
        assert client.get("/litigation/meetings/new/").status_code == (200 if sees else 403)
    client.force_login(office)
    assert client.get(f"{meeting.get_absolute_url()}meeting.decide/").status_code == 200
    perform("contact.end", Contact.objects.get(pk=contact.pk), {"on": "2026-11-20"}, office, TODAY)
    assert "王庭长" not in client.get("/litigation/contacts/").content.decode()
    assert "王庭长" in client.get("/litigation/contacts/?show=ended").content.decode()
