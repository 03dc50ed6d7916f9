"""The yearly review of access: what it lists, who decides, what signing means, and that the next one comes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, NotVisible, WrongState
from casemgr.actions.models import PerformedKey
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.cases.models import CaseAccess
from casemgr.notices.models import Notice
from casemgr.operation.access_review import lines as review_lines
from casemgr.operation.access_review.lines import working_roles
from casemgr.operation.access_review.yearly import yearly
from casemgr.operation.models import AccessReview
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.clock import today as clock_today
from tests.support.flow import received
from tests.support.register import OFFICE, OTHER, person, unit

pytestmark = pytest.mark.django_db
TODAY = clock_today()
WORD = "xin-ren-2026"


@pytest.fixture
def head():
    user = person("review-head", "head", full_name="科长")
    user.set_password(WORD)
    user.save()
    return user


@pytest.fixture
def boss():
    return person("review-boss", "admin", at="150621", full_name="管理员")


@pytest.fixture
def officer():
    user = person("review-officer", "officer", full_name="承办人")
    user.last_login = timezone.now()
    user.save()
    return user


def begun(actor, on: date = TODAY) -> AccessReview:
    return perform("access_review.begin", None, {"unit": unit(OFFICE).pk}, actor, on)


def lines(review) -> dict[str, object]:
    return {line.name + line.what: line for line in review.lines.all()}


def line_of(review, user):
    return review.lines.get(person=user)


def decide(review, actor, *decisions, on: date = TODAY, **more):
    data = dict(more)
    for line, verdict, reason in decisions:
        data |= {f"verdict-{line.pk}": verdict, f"reason-{line.pk}": reason}
    return perform("access_review.decide", AccessReview.objects.get(pk=review.pk), data, actor, on)


def test_it_lists_who_holds_what_and_what_speaks_against_it(head, officer) -> None:
    gone = person("review-gone", "officer", full_name="离职者")
    gone.is_active, gone.last_login = False, timezone.now() - timedelta(days=200)
    gone.save()
    PerformedKey.objects.create(actor_id=officer.pk, key="k", action="reconsideration.examine", fingerprint="x")
    person("review-elsewhere", "officer", at=OTHER)
    review = begun(head)
    assert {line.person_id for line in review.lines.all()} == {head.pk, officer.pk, gone.pk}
    assert line_of(review, officer).findings == []
    assert line_of(review, officer).last_used_on == TODAY
    assert line_of(review, gone).findings == ["closed", "stale", "unused"]
    assert "no_login" in line_of(review, head).findings


def test_roles_that_only_read_are_not_called_unused(monkeypatch) -> None:
    """Every role of today has a step of its own; one that has none is not expected to perform any."""
    assert {"officer", "head", "admin"} <= working_roles()
    monkeypatch.setattr(review_lines, "working_roles", lambda: working_roles() - {"finance"})
    reader = person("review-reader", "finance")
    review = begun(person("review-admin", "admin", at="150621"))
    assert "unused" not in line_of(review, reader).findings


def test_cases_opened_to_the_unit_are_listed_and_closed(boss) -> None:
    case = received(date(2026, 9, 1)).case
    shared = CaseAccess.objects.create(case=case, unit=unit(OFFICE), reason="协办")
    CaseAccess.objects.create(case=case, unit=unit(OTHER), until_on=TODAY - timedelta(days=1))
    review = begun(boss)
    line = review.lines.get(kind="case")
    assert (line.what, line.findings) == (case.number, ["open_end"])
    decide(review, boss, (line, "revoke", "协办已结束"))
    shared.refresh_from_db()
    assert shared.until_on == TODAY - timedelta(days=1)
    assert AccessLog.objects.filter(kind="case_access_ended", reason="协办已结束").exists()


def test_a_revoked_role_ends_at_once_with_its_reason(head, officer) -> None:
    review = begun(head)
    decide(review, head, (line_of(review, officer), "revoke", "已调离"))
    held = RoleAssignment.objects.get(user=officer)
    assert not RoleAssignment.objects.in_force(TODAY).filter(pk=held.pk).exists()
    assert held.history.first().history_change_reason == "已调离"
    assert get_user_model().objects.get(pk=officer.pk).role_codes(TODAY) == frozenset()


def test_nobody_reviews_their_own(head, boss, officer) -> None:
    review = begun(head)
    own = line_of(review, head)
    with pytest.raises(InvalidInput):
        decide(review, head, (own, "keep", "我自己"))
    own.refresh_from_db()
    assert own.verdict == ""
    decide(review, head, (line_of(review, officer), "keep", "工作需要"))
    with pytest.raises(GuardRefused) as refused:
        perform("access_review.sign", review, {"password": WORD}, head, TODAY)
    assert "科长" in str(refused.value.message)
    decide(review, boss, (own, "keep", "任职文件"))
    signed = perform("access_review.sign", review, {"password": WORD, "statement": ""}, head, TODAY)
    assert signed.status == "signed"


def test_every_line_needs_a_reason_those_without_findings_may_share_one(head, officer) -> None:
    PerformedKey.objects.create(actor_id=officer.pk, key="k", action="reconsideration.examine", fingerprint="x")
    other = person("review-other", "officer", full_name="未登录者")
    review = begun(head)
    with pytest.raises(InvalidInput):
        decide(review, head, (line_of(review, officer), "keep", ""))
    with pytest.raises(InvalidInput):
        decide(review, head, (line_of(review, other), "keep", ""), common_reason="工作需要")
    decide(review, head, (line_of(review, officer), "keep", ""), common_reason="工作需要")
    assert line_of(review, officer).reason == "工作需要"


def test_others_neither_see_nor_decide(head, officer) -> None:
    review = begun(head)
    stranger = person("review-stranger", "head", at=OTHER)
    for actor in (officer, stranger):
        with pytest.raises((NotVisible, Forbidden)):
            decide(review, actor, (line_of(review, officer), "keep", "工作需要"))
    for actor, refusal in ((stranger, InvalidInput), (officer, Forbidden)):
        with pytest.raises(refusal):
            begun(actor)


def signed_review(head, boss) -> AccessReview:
    review = begun(head)
    decide(review, boss, *[(line, "keep", "工作需要") for line in review.lines.all() if line.person_id != boss.pk])
    return perform("access_review.sign", review, {"password": WORD, "statement": "无异常"}, head, TODAY)


def test_the_signature_is_the_password_and_ends_all_change(head, boss, officer) -> None:
    review = begun(head)
    decide(review, boss, *[(line, "keep", "工作需要") for line in review.lines.all()])
    for wrong in ({"password": "falsch"}, {}):
        with pytest.raises(InvalidInput):
            perform("access_review.sign", review, wrong, head, TODAY)
    review = perform("access_review.sign", review, {"password": WORD, "statement": "无异常"}, head, TODAY)
    assert (review.signed_by, review.next_on, len(review.digest)) == (head, TODAY.replace(year=TODAY.year + 1), 64)
    with pytest.raises(WrongState):
        decide(review, boss, (line_of(review, officer), "revoke", "改主意"))
    with pytest.raises(WrongState):
        perform("access_review.sign", review, {"password": WORD}, head, TODAY)
    assert WORD not in str(list(review.history.values()))
    assert not PerformedKey.objects.filter(action="access_review.sign").exists()


def test_a_role_ended_meanwhile_needs_no_verdict(head, boss, officer) -> None:
    review = begun(head)
    held = RoleAssignment.objects.get(user=officer)
    perform("organisation.end_role", held, {"until_on": (TODAY - timedelta(days=1)).isoformat()}, boss, TODAY)
    decide(review, boss, (line_of(review, head), "keep", "任职"))
    review = perform("access_review.sign", review, {"password": WORD}, head, TODAY)
    assert line_of(review, officer).verdict == "gone"


def test_the_year_goes_round_and_nobody_is_asked_twice(head, boss) -> None:
    auditor = person("review-auditor", "auditor", at="150621")
    told = Notice.objects.filter(recipient=head, kind="access_review_begun")
    assert yearly(TODAY)["begun"] >= 1
    assert yearly(TODAY)["begun"] == 0
    assert told.count() == 1
    review = AccessReview.objects.get(unit__code=OFFICE)
    late = Notice.objects.filter(kind="access_review_due", subject_id=review.pk)
    yearly(review.due_on - timedelta(days=8))
    assert not late.exists()
    for _again in range(2):
        yearly(review.due_on - timedelta(days=7))
    assert list(late.values_list("recipient_id", flat=True)) == [head.pk]
    yearly(review.due_on + timedelta(days=1))
    assert late.filter(recipient=auditor).count() == 1
    decide(review, boss, *[(line, "keep", "工作需要") for line in review.lines.all()])
    signed = perform("access_review.sign", review, {"password": WORD}, head, TODAY)
    yearly(signed.next_on - timedelta(days=1))
    assert AccessReview.objects.filter(unit__code=OFFICE).count() == 1
    yearly(signed.next_on)
    assert AccessReview.objects.filter(unit__code=OFFICE, status="open").count() == 1


def test_the_last_administrator_is_not_revoked_away() -> None:
    admin = person("review-only", "admin", at="150621")
    leader = person("review-leader", "leader", at="150621")
    review = perform("access_review.begin", None, {"unit": unit("150621").pk}, leader, TODAY)
    with pytest.raises(GuardRefused):
        decide(review, leader, (line_of(review, admin), "revoke", "试试"))
    assert line_of(review, admin).verdict == ""


def test_the_pages(head, boss, officer, client: Client) -> None:
    client.force_login(head)
    answer = client.post("/access/reviews/begin/", {"unit": unit(OFFICE).pk, "request_key": "b"})
    review = AccessReview.objects.get()
    assert answer.url == review.get_absolute_url()
    page = client.get(answer.url).content.decode()
    line = line_of(review, officer)
    assert f"verdict-{line.pk}" in page
    assert f"verdict-{line_of(review, head).pk}" not in page
    sent = {f"verdict-{line.pk}": "keep", f"reason-{line.pk}": "", "seen_version": review.version, "request_key": "d"}
    refused = client.post(answer.url, sent)
    assert refused.status_code == 422
    sent |= {f"reason-{line.pk}": "在岗", "request_key": "d2"}
    assert client.post(answer.url, sent).status_code == 302
    stale = client.post(answer.url, sent | {"request_key": "d3"})
    assert stale.status_code == 409
    client.force_login(boss)
    own = line_of(review, head)
    seen = AccessReview.objects.get().version
    sent = {f"verdict-{own.pk}": "keep", f"reason-{own.pk}": "任职文件", "seen_version": seen, "request_key": "d4"}
    assert client.post(answer.url, sent).status_code == 302
    client.force_login(head)
    sign = {"password": "nein", "statement": "本单位无异常", "seen_version": AccessReview.objects.get().version}
    wrong = client.post(f"{answer.url}sign/", sign)
    assert wrong.status_code == 422
    assert "本单位无异常" in wrong.content.decode()
    assert "nein" not in wrong.content.decode()
    assert AccessLog.objects.filter(kind="signature_refused", actor_id=head.pk).exists()
    assert client.post(f"{answer.url}sign/", sign | {"password": WORD}).status_code == 302
    sheet = client.get(f"{answer.url}sheet/")
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")


def test_an_auditor_sees_what_is_not_signed(head, client: Client) -> None:
    review = begun(head)
    AccessReview.objects.filter(pk=review.pk).update(due_on=TODAY - timedelta(days=1))
    client.force_login(person("review-auditor", "auditor", at="150621"))
    text = client.get("/access/reviews/").content.decode()
    assert str(review.unit) in text
    page = client.get(review.get_absolute_url())
    assert page.status_code == 200
    assert "verdict-" not in page.content.decode()
    client.force_login(person("review-far", "head", at=OTHER))
    assert client.get(review.get_absolute_url()).status_code == 404
