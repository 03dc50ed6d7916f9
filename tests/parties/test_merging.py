"""Merging two records: two people decide, nothing is rewritten, and it can be undone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.cases.models import Case, Participation
from casemgr.notices.models import Notice
from casemgr.parties.duplicate_inbox import look_at
from casemgr.parties.merging import line_ids
from casemgr.parties.models import DuplicatePair, Party, PartyMerge
from casemgr.parties.registry import holder_of
from casemgr.parties.search import find
from tests.support.flow import received
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 2)


@pytest.fixture
def flows():
    return received(date(2026, 9, 1)), received(date(2026, 9, 1))


@pytest.fixture
def people():
    return person("merge-officer", "officer"), person("merge-head", "head")


def propose(flows, officer) -> PartyMerge:
    stays, goes = flows[0].applicant, flows[1].applicant
    return perform("party.propose_merge", stays, {"other": goes.pk, "reason": "同一身份证"}, officer, DAY)


def codes(call, *args, **kwargs) -> set[str]:
    with pytest.raises(ActionError) as caught:
        call(*args, **kwargs)
    return {refusal.field or refusal.code for refusal in caught.value.refusals}


def test_two_people_merge_and_every_case_follows_the_line(flows, people, client: Client) -> None:
    officer, head = people
    first, second = flows
    parts = list(Participation.objects.order_by("pk").values())
    merge = propose(flows, officer)
    assert codes(perform, "party.approve_merge", merge, {}, person("x", "officer"), DAY) == set()
    merge = perform("party.approve_merge", merge, {"reason": ""}, head, DAY)
    assert (merge.state, merge.merged.merged_into_id) == ("APPROVED", merge.survivor_id)
    assert list(Participation.objects.order_by("pk").values()) == parts
    client.force_login(officer)
    page = client.get(f"/cases/?party={first.applicant.pk}").content.decode()
    assert first.case.number in page
    assert second.case.number in page
    assert client.get(f"/parties/{second.applicant.pk}/").url == f"/parties/{first.applicant.pk}/"
    assert merge.survivor in find(merge.merged.name)
    number = merge.merged.open_number()
    assert holder_of(merge.merged.identity_kind, number) == merge.survivor


def test_undoing_gives_both_back_as_they_were(flows, people) -> None:
    officer, head = people
    before = list(Party.objects.order_by("pk").values("pk", "merged_into", "name", "identity_index"))
    names = find(flows[1].applicant.name)
    merge = perform("party.approve_merge", propose(flows, officer), {"reason": ""}, head, DAY)
    merge = perform("party.undo_merge", merge, {"reason": "不是同一人"}, head, DAY)
    assert merge.state == "UNDONE"
    assert list(Party.objects.order_by("pk").values("pk", "merged_into", "name", "identity_index")) == before
    assert find(flows[1].applicant.name) == names
    assert line_ids([merge.survivor_id]) == {merge.survivor_id}


def test_nobody_approves_alone(flows) -> None:
    head = person("alone", "head")
    merge = propose(flows, head)
    assert codes(perform, "party.approve_merge", merge, {"reason": ""}, head, DAY) == {"second-person"}
    assert PartyMerge.objects.get().state == "PROPOSED"


def test_a_conflict_of_interest_is_found_and_needs_a_reason(flows, people) -> None:
    officer, head = people
    other = flows[1].applicant
    Participation.objects.create(case=flows[0].case, party=other, role="third_party", name=other.name)
    Case.objects.filter(pk=flows[0].case.pk).update(lead_handler=officer)
    merge = propose(flows, officer)
    assert flows[0].case.number in merge.conflicts[0]
    assert codes(perform, "party.approve_merge", merge, {"reason": ""}, head, DAY) == {"reason"}
    perform("party.approve_merge", merge, {"reason": "已核实，第三人登记有误"}, head, DAY)
    assert Notice.objects.filter(recipient=officer, kind="parties_merged").exists()


@pytest.mark.parametrize("wrong", ["itself", "unknown", "organisation", "foreign"])
def test_what_cannot_be_one_is_refused(flows, people, wrong: str) -> None:
    officer, _head = people
    stays = flows[0].applicant
    if wrong == "foreign":
        officer = person("foreign", "officer", at=OTHER)
        with pytest.raises(ActionError):
            perform("party.propose_merge", stays, {"other": flows[1].applicant.pk, "reason": "x同"}, officer, DAY)
        return
    other = {"itself": stays.pk, "unknown": 10**9, "organisation": flows[0].respondent.pk}[wrong]
    assert codes(perform, "party.propose_merge", stays, {"other": other, "reason": "同一人"}, officer, DAY) == {"other"}


def test_possible_duplicates_are_found_once_and_settled(flows, people, client: Client) -> None:
    officer, _head = people
    one = flows[0].applicant
    twin = Party(kind="person", name=one.name, birth_on=one.birth_on, village=one.village)
    twin.registered_by = one.registered_by
    twin.set_phone(one.open_phone())
    twin.save()
    assert look_at(twin) == 1
    assert look_at(one) == 0
    client.force_login(officer)
    assert f"?other={twin.pk}" in client.get("/parties/duplicates/").content.decode()
    pair = DuplicatePair.objects.get()
    client.post(f"/parties/duplicates/{pair.pk}/different/")
    assert f"?other={twin.pk}" not in client.get("/parties/duplicates/").content.decode()
    assert look_at(twin) == 0


def test_a_proposed_pair_waits_by_name_and_is_not_offered_again(flows, people, client: Client) -> None:
    officer, _head = people
    stays, goes = flows[0].applicant, flows[1].applicant
    first, second = sorted([stays.pk, goes.pk])
    DuplicatePair.objects.create(first_id=first, second_id=second, level="POSSIBLE", why="name-phone")
    client.force_login(officer)
    assert "?other=" in client.get("/parties/duplicates/").content.decode()
    client.post(f"/parties/{stays.pk}/merge/", {"other": goes.pk, "reason": "同一人"})
    page = client.get("/parties/duplicates/").content.decode()
    assert "?other=" not in page
    assert f"{stays.name} {stays.pk} ← {goes.pk}" in page


def test_the_proposals_of_other_offices_hide_none_of_ones_own(flows, people, client: Client) -> None:
    officer, head = people
    merge = propose(flows, officer)
    elsewhere = [Party.objects.create(kind="person", name=f"外地{number:03d}") for number in range(61)]
    for other in elsewhere[1:]:
        PartyMerge.objects.create(
            survivor=elsewhere[0], merged=other, reason="同一人", proposed_by=officer, proposed_on=DAY
        )
    client.force_login(head)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/parties/duplicates/").content.decode()
    assert f"{merge.survivor_id} ← {merge.merged_id}" in page
    assert "外地" not in page
    assert len(asked) < 30


def test_the_same_office_of_another_place_is_no_duplicate() -> None:
    kept = [Party.objects.create(kind="agency", name=name) for name in ("鄂尔多斯市畜牧局", "达拉特旗畜牧局")]
    assert [look_at(party) for party in kept] == [0, 0]
    companies = [
        Party.objects.create(kind="organisation", name=f"达拉特旗宏远商贸{form}")
        for form in ("有限公司", "有限责任公司")
    ]
    assert sum(look_at(party) for party in companies) == 1


def test_the_pages_lead_from_proposal_to_approval(flows, people, client: Client) -> None:
    officer, head = people
    stays, goes = flows[0].applicant, flows[1].applicant
    client.force_login(officer)
    assert client.get(f"/parties/{stays.pk}/merge/?other={goes.pk}").status_code == 200
    answer = client.post(f"/parties/{stays.pk}/merge/", {"other": goes.pk, "reason": "同一人"}, follow=True)
    merge = PartyMerge.objects.get()
    assert answer.status_code == 200
    client.force_login(head)
    assert stays.name in client.get(f"/parties/merges/{merge.pk}/").content.decode()
    client.post(f"/parties/merges/{merge.pk}/", {"action": "party.approve_merge", "reason": ""})
    merge.refresh_from_db()
    assert merge.state == "APPROVED"
    client.force_login(person("merge-stranger", "officer", at=OTHER))
    assert client.get(f"/parties/merges/{merge.pk}/").status_code == 404
