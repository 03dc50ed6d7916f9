"""Splitting a record of two people: two decide, the cases follow, no period moves, and it can be undone."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.audit.verification import verify
from casemgr.cases.events import facts_of
from casemgr.cases.models import Case, Event
from casemgr.parties.duplicate_inbox import look_at
from casemgr.parties.models import Party, PartyName, PartySplit
from casemgr.parties.registry import holder_of
from casemgr.parties.scope import may_handle
from casemgr.parties.snapshots import open_snapshot
from tests.support.flow import Flow, application, office, received
from tests.support.register import OTHER, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 2)


@pytest.fixture
def flows():
    """Two cases of one record; the second one's applicant is really somebody else, and has been heard."""
    first = received(date(2026, 9, 1))
    second = Flow(office(), date(2026, 9, 1))
    people = [{"known_party": first.applicant.pk}]
    second.register(application(date(2026, 9, 1), people=people), key="split-second")
    second.accept()
    second.hear()
    return first, second


@pytest.fixture
def people():
    return person("split-officer", "officer"), person("split-head", "head")


def propose(flows, officer, **data) -> PartySplit:
    entries = {"name": "另一人", "particulars": ["phone"], "files": [flows[1].case.pk], "reason": "导入时误为一人"}
    return perform("party.propose_split", flows[0].applicant, entries | data, officer, DAY)


def approve(split, head) -> PartySplit:
    return perform("party.approve_split", split, {"reason": "已核对身份证"}, head, DAY)


def codes(call, *args) -> set[str]:
    with pytest.raises(ActionError) as caught:
        call(*args)
    return {refusal.code for refusal in caught.value.refusals}


def periods(case: Case) -> list[tuple]:
    rows = case.deadlines.order_by("rule", "root_event_id")
    return list(rows.values_list("rule", "root_event_id", "start_on", "due_on", "status", "met_on"))


def test_cases_and_particulars_go_over_and_no_period_moves(flows, people, client: Client) -> None:
    officer, head = people
    first, second = flows
    source = first.applicant
    number, phone = source.open_number(), source.open_phone()
    before = [periods(first.case), periods(second.case)]
    events_before = list(Event.objects.order_by("pk").values())
    snapshot = open_snapshot(source, second.case.participations.get(role="applicant").snapshot)
    split = approve(propose(flows, officer), head)
    source.refresh_from_db()
    created = split.created
    assert (source.open_phone(), created.open_phone(), source.open_number()) == ("", phone, number)
    part = second.case.participations.get(role="applicant")
    assert part.party == created
    assert open_snapshot(created, part.snapshot) == snapshot
    assert first.case.participations.get(role="applicant").party == source
    second.case = Case.objects.get(pk=second.case.pk).typed()
    assert [periods(first.case), periods(second.case)] == before
    assert list(Event.objects.filter(pk__in=[row["pk"] if "pk" in row else row["id"] for row in events_before])
                .order_by("pk").values()) == events_before  # fmt: skip
    heard = [fact for fact in facts_of(second.case) if fact.kind == "opinion_heard"]
    assert [fact.party_id for fact in heard] == [created.pk]
    client.force_login(officer)
    page = client.get(f"/cases/{second.case.pk}/").content.decode()
    assert f"/parties/{created.pk}/" in page
    assert f"no. {created.pk}" in page or f"{created.pk}" in page
    assert f"/parties/{source.pk}/" in client.get(f"/parties/{created.pk}/").content.decode()
    assert f"/parties/{created.pk}/" in client.get(f"/parties/{source.pk}/").content.decode()
    assert may_handle(officer, created, DAY)
    assert look_at(created) == 0
    assert verify().is_sound


def test_the_split_case_goes_on_with_the_new_record(flows, people) -> None:
    officer, head = people
    split = approve(propose(flows, officer), head)
    second = flows[1]
    second.case = Case.objects.get(pk=second.case.pk).typed()
    second.on(date(2026, 9, 3)).step("officer", "withdraw", party=split.created_id, content="自愿撤回")
    assert codes(perform, "party.undo_split", split, {"reason": "误拆"}, head, DAY) == {"something-new"}


def test_the_number_takes_birth_and_sex_with_it(flows, people) -> None:
    officer, head = people
    source = flows[0].applicant
    number, birth = source.open_number(), source.birth_on
    split = approve(propose(flows, officer, particulars=["number"]), head)
    source.refresh_from_db()
    assert (source.masked_number, source.birth_on, source.identity_kind) == ("", None, "NONE")
    assert (split.created.open_number(), split.created.birth_on) == (number, birth)
    assert holder_of("RID", number) == split.created
    with pytest.raises(ActionError):
        propose(flows, officer, particulars=["birth_on"], files=[])


def test_undoing_gives_everything_back(flows, people, client: Client) -> None:
    officer, head = people
    source = flows[0].applicant
    PartyName(party=source, kind="alias", name="小名").save()
    alias = source.other_names.get()
    columns = ("name", "identity_kind", "masked_number", "identity_index", "masked_phone", "phone_index", "birth_on")
    before = Party.objects.filter(pk=source.pk).values(*columns).get()
    kept = periods(flows[1].case)
    proposal = propose(flows, officer, particulars=["number", "phone"], other_names=[alias.pk])
    split = approve(proposal, head)
    assert split.created.other_names.get() == alias
    split = perform("party.undo_split", split, {"reason": "确系一人"}, head, DAY)
    assert Party.objects.filter(pk=source.pk).values(*columns).get() == before
    source = Party.objects.get(pk=source.pk)
    assert source.open_number()
    assert source.other_names.get() == alias
    case = Case.objects.get(pk=flows[1].case.pk).typed()
    assert case.participations.get(role="applicant").party == source
    assert periods(case) == kept
    assert {fact.party_id for fact in facts_of(case) if fact.kind == "opinion_heard"} == {source.pk}
    client.force_login(officer)
    assert client.get(f"/parties/{split.created_id}/").url == f"/parties/{source.pk}/"


def test_nobody_approves_alone_and_foreign_cases_stay(flows, people) -> None:
    officer, head = people
    split = propose(flows, head)
    assert codes(approve, split, head) == {"second-person"}
    assert codes(propose, flows, officer) == {"proposed-already"}
    perform("party.reject_split", split, {"reason": "同一人"}, person("third", "head"), DAY)
    assert not Party.objects.filter(name="另一人").exists()
    stranger = person("foreign", "officer", at=OTHER)
    with pytest.raises(ActionError):
        propose(flows, stranger)
    foreign = received(date(2026, 9, 1)).case
    with pytest.raises(ActionError):
        propose(flows, officer, files=[foreign.pk])


def test_the_pages_lead_from_proposal_to_undoing(flows, people, client: Client) -> None:
    officer, head = people
    source = flows[0].applicant
    client.force_login(officer)
    page = client.get(f"/parties/{source.pk}/split/").content.decode()
    assert flows[1].case.number in page
    assert 'name="other_names"' not in page  # it has none
    assert source.get_sex_display() in page
    sent = {"name": "另一人", "particulars": "phone", "files": flows[1].case.pk, "reason": "误为一人"}
    answer = client.post(f"/parties/{source.pk}/split/", sent, follow=True)
    split = PartySplit.objects.get()
    assert flows[1].case.number in answer.content.decode()
    assert f"/parties/splits/{split.pk}/" in client.get("/parties/duplicates/").content.decode()
    assert client.get(f"/parties/{source.pk}/split/").status_code == 409
    client.force_login(head)
    for action, state in (("approve", "APPROVED"), ("undo", "UNDONE")):
        sent = {"action": f"party.{action}_split", "reason": "已核对"}
        assert client.post(f"/parties/splits/{split.pk}/", sent).status_code == 302
        split.refresh_from_db()
        assert split.state == state
    assert "party_split" in flows[1].case.events.values_list("kind", flat=True)
    client.force_login(person("split-stranger", "officer", at=OTHER))
    assert client.get(f"/parties/splits/{split.pk}/").status_code == 404


def test_a_number_in_no_proposal(flows, people) -> None:
    """What a proposal keeps names columns only."""
    split = propose(flows, people[0], particulars=["number", "phone"])
    text = str(PartySplit.objects.filter(pk=split.pk).values().get())
    assert flows[0].applicant.open_number() not in text
    assert flows[0].applicant.open_phone() not in text
