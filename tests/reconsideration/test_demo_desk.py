"""The demo office's desk, evidence, reviews: made once, by actions, from the stories that carry them."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.operation.demo import create_people
from reconsideration import demo
from reconsideration.demo import desk
from reconsideration.models import (
    CommitteeMember,
    Consultation,
    Evidence,
    FileReview,
    ModelCase,
    OfficeRule,
    ReadingRequest,
    ReviewFinding,
    Visit,
)
from tests.reconsideration.test_committee import reviewed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def test_it_is_made_once_and_shows_what_each_is_for() -> None:
    office = create_people("x")
    asked = reviewed(10)
    asked.case.participations.filter(role="applicant").update(name="田喜旺")
    part = asked.case.participations.get(role="applicant")
    part.party.name = "田喜旺"
    part.party.save()
    demo.load(office, TODAY, 3, 20261123)
    assert CommitteeMember.objects.count() == 4
    assert Consultation.objects.filter(held_on__isnull=False).count() == 1
    assert Evidence.objects.count() == 4 and Evidence.objects.filter(finding="true").count() == 1
    assert ReadingRequest.objects.get().decision == "partly"
    assert Visit.objects.filter(case__isnull=False).count() == 2
    assert OfficeRule.objects.count() == 2
    assert FileReview.objects.exists() and ReviewFinding.objects.count() == 1
    assert ModelCase.objects.count() == 1
    desk.equip(office, TODAY)
    assert Visit.objects.count() == 5
