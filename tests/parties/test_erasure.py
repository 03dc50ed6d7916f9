"""Erasure: nothing can be read again, also not in history; a duty to keep stands against it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from casemgr.audit.models import AccessLog
from casemgr.audit.sealing import seal_all
from casemgr.audit.verification import verify
from casemgr.parties.crypto import CannotOpen
from casemgr.parties.models import Party, PartyKey
from casemgr.parties.registry import PartyData, create
from casemgr.parties.search import find
from reconsideration.demo.people import resident_number
from tests.support.flow import received
from tests.support.register import person

pytestmark = pytest.mark.django_db
NUMBER = resident_number(9, date(1985, 3, 12), "F")


@pytest.fixture
def people():
    return person("eraser", "head"), person("approver", "admin", at="150621")


def run(party: Party, people, **options) -> None:
    call_command("erase_party", str(party.pk), "--reason", "本人申请", "--as", people[0].username, "--approved-by",
                 people[-1].username, **options)  # fmt: skip


def test_nothing_can_be_read_again(people, django_capture_on_commit_callbacks) -> None:
    data = PartyData("person", "李秀英", "RID", NUMBER, phone="13800001234", address="达拉特旗")
    party = create(data, people[0], date(2026, 9, 1))
    old = Party(pk=party.pk, identity_cipher=party.identity_cipher)
    seal_all(timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        run(party, people)
    party = Party.objects.get(pk=party.pk)
    assert "李秀英" not in party.name
    assert (party.masked_number, party.masked_phone, party.address, party.identity_index) == ("", "", "", "")
    assert not PartyKey.objects.filter(party=party).exists()
    assert find("李秀英") == []
    with pytest.raises(CannotOpen):
        old.open_number()
    assert verify().is_sound
    assert AccessLog.objects.filter(kind="party_erased", subject_id=party.pk).exists()
    with pytest.raises(CommandError):
        run(party, people)


def test_who_is_in_a_file_is_kept_and_two_people_are_needed(people) -> None:
    flow = received(date(2026, 9, 1))
    with pytest.raises(CommandError, match=flow.case.number):
        run(flow.applicant, people)
    assert Party.objects.get(pk=flow.applicant.pk).open_number()
    with pytest.raises(CommandError):
        run(flow.applicant, people[:1])
