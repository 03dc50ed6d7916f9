"""Ways of service beyond the plain ones: who signs, what fails, notices in several places, confirmed addresses."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Mandate, Participation
from casemgr.documents.models import Document
from casemgr.documents.service_addresses.models import AddressConfirmation
from casemgr.documents.services import complete_due
from casemgr.parties.models import Party
from tests.support.papers import RECEIPT, RECEIVED, a_case, accepted, an_office, fresh, part_of
from tests.support.upload_files import a_picture

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 20)
PICTURE = a_picture("JPEG")
NOTICE = {
    "method": "public_notice", "served_on": "2026-09-10", "notice_ground": "unknown", "note": "查无下落",
    "published_in": "board", "published_name": "旗政府公告栏",
}  # fmt: skip


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def receipt(office):
    """A receipt for the applicant, a person; issued on 1 September."""
    return office.paper(a_case(office), "receipt", RECEIVED, RECEIPT)


@pytest.fixture
def reply_notice(office):
    """A paper for the respondent, an agency."""
    return office.paper(accepted(office, a_case(office)), "reply_notice", date(2026, 9, 8))


def act(office, name, paper, today=TODAY, files=None, actor=None, **data):
    return perform(name, Document.objects.get(pk=paper.pk), data, actor or office.officer, today, files=files)


def serve(office, paper, today=TODAY, files=None, **data):
    part = paper.kind_info.recipients(paper.case)[0]
    return act(office, "document.serve", paper, today, files, participation=part.pk, **data)


def codes(refused):
    return {refusal.code for refusal in refused.value.refusals}


IN_PERSON = {"method": "in_person", "served_on": "2026-09-10"}
SIGNED = {**IN_PERSON, "receiver_name": "王五"}


@pytest.mark.parametrize("kind", ["family", "designated"])
def test_for_a_person_family_or_named_receiver_sign(office, receipt, kind):
    assert serve(office, receipt, **SIGNED, receiver_kind=kind).unserved_count == 0  # art. 88


@pytest.mark.parametrize("kind", ["head", "mail_room", "designated"])
def test_for_an_organisation_head_mail_room_or_named_receiver_sign(office, reply_notice, kind):
    assert serve(office, reply_notice, **SIGNED, receiver_kind=kind).unserved_count == 0


def an_agent(case, principal: str, **values) -> Participation:
    """王五, with a power of attorney of the participant in this role."""
    person = Party.objects.create(kind=Party.Kind.PERSON, name="王五")
    of = part_of(case, principal)
    part = Participation.objects.create(case_id=case.pk, party=person, role="agent", name=person.name, represents=of)
    given = {"basis": "entrusted", "profession": "lawyer", "power": "general", "paper": "授权委托书", **values}
    Mandate.objects.create(agent=part, principal=of, from_on=RECEIVED, **given)
    return part


@pytest.mark.parametrize(("paper", "role"), [("receipt", "applicant"), ("reply_notice", "respondent")])
def test_an_agent_signs_who_has_the_recipients_power_on_that_day(office, request, paper, role):
    """Civil Procedure Law 2023, art. 88(1): the recipient's own agent, and nobody else's."""
    document = request.getfixturevalue(paper)
    other = "respondent" if role == "applicant" else "applicant"
    for appointed in (None, {"principal": other}, {"principal": role, "until_on": date(2026, 9, 9)}):
        if appointed:
            an_agent(document.case, **appointed)
        with pytest.raises(GuardRefused) as refused:
            serve(office, document, **SIGNED, receiver_kind="agent")
        assert codes(refused) == {"no-agent"}
    an_agent(document.case, role)
    with pytest.raises(GuardRefused):
        serve(office, document, **{**SIGNED, "receiver_name": "赵六"}, receiver_kind="agent")
    assert serve(office, document, **SIGNED, receiver_kind="agent").unserved_count == 0


@pytest.mark.parametrize(
    ("paper", "data", "code"),
    [
        ("receipt", {**SIGNED, "receiver_kind": "mail_room"}, "no-mail-room"),
        ("reply_notice", {**SIGNED, "receiver_kind": "family"}, "no-family"),
        ("receipt", {**IN_PERSON, "receiver_kind": "family"}, "receiver-missing"),
        ("receipt", {"method": "left_behind", "served_on": "2026-09-10", "witness": "社区 赵六"}, "no-refusal-reason"),
        ("receipt", {"method": "entrusted", "sent_on": "2026-09-10"}, "no-deliverer"),
        ("receipt", {"method": "transferred", "sent_on": "2026-09-10", "via": "看守所"}, "no-transferor"),
        (
            "reply_notice",
            {"method": "transferred", "sent_on": "2026-09-10", "via": "某部", "via_kind": "army"},
            "transfer-to-organisation",
        ),
        ("receipt", {**NOTICE, "published_in": ""}, "no-publication"),
        ("receipt", {**NOTICE, "published_in": "home"}, "no-picture"),
        ("receipt", {**NOTICE, "notice_ground": "failed"}, "not-tried"),
    ],
)
def test_what_the_law_does_not_allow(office, request, paper, data, code):
    document = request.getfixturevalue(paper)
    with pytest.raises(GuardRefused) as refused:
        serve(office, document, **data)
    assert code in codes(refused)


def test_what_is_passed_on_counts_when_the_recipient_signs(office, receipt):
    serve(office, receipt, method="transferred", sent_on="2026-09-03", via="达拉特旗看守所", via_kind="custody")
    service = receipt.services.get()
    assert service.effective_on is None  # not when the institution got it, art. 94
    act(office, "document.confirm_service", receipt, service=service.pk, served_on="2026-09-09")
    assert receipt.services.get().effective_on == date(2026, 9, 9)


def test_a_mediation_paper_is_never_left_behind_nor_published(office, receipt, monkeypatch):
    from reconsideration.documents import RECEIPT as KIND

    object.__setattr__(KIND, "personal", True)  # the rule hangs on the kind, not on its content
    try:
        for data in ({"method": "left_behind", "served_on": "2026-09-10", "is_recorded": True}, NOTICE):
            with pytest.raises(GuardRefused) as refused:
                serve(office, receipt, **data)
            assert "personal" in codes(refused)
        with pytest.raises(GuardRefused) as refused:
            serve(office, receipt, **SIGNED, receiver_kind="family")
        assert "personal-receiver" in codes(refused)
        assert serve(office, receipt, **SIGNED, receiver_kind="designated").unserved_count == 0
    finally:
        object.__setattr__(KIND, "personal", False)


def test_attempts_in_vain_open_the_way_to_a_public_notice(office, receipt):
    part = part_of(receipt.case, "applicant")
    for method, day in (("in_person", "2026-09-03"), ("post", "2026-09-05")):
        act(office, "document.record_attempt", receipt, participation=part.pk, method=method, sent_on=day,
            reason="查无此人")  # fmt: skip
    paper = serve(office, receipt, **{**NOTICE, "notice_ground": "failed"})
    assert paper.unserved_count == 1
    assert sorted(receipt.services.values_list("state", flat=True)) == ["FAILED", "FAILED", "SENT"]
    assert receipt.services.get(state="SENT").effective_on == date(2026, 10, 10)


def test_the_last_place_of_a_notice_counts_and_a_second_notice_starts_anew(office, receipt):
    serve(office, receipt, **NOTICE)
    first = receipt.services.get()
    where = {"service": first.pk, "published_in": "home", "published_name": "住所门口", "published_on": "2026-09-15"}
    with pytest.raises(GuardRefused) as refused:
        act(office, "document.add_publication", receipt, **where)
    assert "no-picture" in codes(refused)  # Interpretation of the Civil Procedure Law, art. 138(2)
    picture = {"proof": SimpleUploadedFile("门口.jpg", PICTURE)}
    act(office, "document.add_publication", receipt, files=picture, **where)
    first.refresh_from_db()
    assert (first.served_on, first.effective_on) == (date(2026, 9, 15), date(2026, 10, 15))
    assert first.publications.count() == 2
    act(office, "document.service_failed", receipt, service=first.pk, reason="公告姓名有误")
    serve(office, receipt, **{**NOTICE, "served_on": "2026-09-18"})
    assert receipt.services.get(state="SENT").effective_on == date(2026, 10, 19)  # 18 October is a Sunday
    assert complete_due(date(2026, 10, 15)) == 0
    assert complete_due(date(2026, 10, 19)) == 1


def test_the_text_of_a_notice_can_be_named_when_it_was_filed_already(office, receipt):
    part = part_of(receipt.case, "applicant")
    entries = {"document": receipt.pk, "recipient": part.pk, "ground": "unknown"}
    notice = office.paper(receipt.case, "service_notice", date(2026, 9, 9), entries)
    act(office, "document.file", notice)
    serve(office, receipt, **NOTICE, notice=notice.pk)
    assert receipt.services.get().notice_id == notice.pk


ADDRESS = {
    "signed_on": "2026-09-02", "paper": "form", "address": "达拉特旗树林召镇平原大街8号", "postal_code": "014300",
}  # fmt: skip


def confirm_address(office, case, **changed):
    part = part_of(case, "applicant")
    data = {"participation": part.pk, **ADDRESS, **changed}
    return perform("service_address.confirm", fresh(case), data, office.officer, TODAY)


def test_consent_names_medium_day_and_paper_and_can_be_taken_back(office, receipt):
    confirm_address(office, receipt.case, agrees="on", medium="email", electronic_address="a@example.cn")
    serve(office, receipt, method="electronic", served_on="2026-09-10")
    service = receipt.services.get()
    assert (service.medium, service.effective_on) == ("email", date(2026, 9, 10))
    confirm_address(office, receipt.case, signed_on="2026-09-12")
    part = part_of(receipt.case, "applicant")
    assert not part.consents_to_electronic_service
    former = AddressConfirmation.objects.get(signed_on="2026-09-02")
    assert former.ended_on == date(2026, 9, 12)


def test_consent_counts_from_its_day_to_the_day_it_is_taken_back(office, receipt):
    """Civil Procedure Law 2023, art. 90(1): with consent; what was sent before it, or after its end, served nobody."""
    agreed = {"agrees": "on", "medium": "email", "electronic_address": "a@example.cn"}
    confirm_address(office, receipt.case, **agreed, signed_on="2026-09-05")
    with pytest.raises(GuardRefused) as refused:
        serve(office, receipt, method="electronic", served_on="2026-09-04")
    assert codes(refused) == {"no-consent"}
    serve(office, receipt, method="electronic", sent_on="2026-09-06")
    confirm_address(office, receipt.case, signed_on="2026-09-10")
    act(office, "document.confirm_service", receipt, service=receipt.services.get().pk, served_on="2026-09-07")
    assert receipt.services.get().effective_on == date(2026, 9, 7)


def test_consent_given_with_the_application_is_not_undone_by_a_later_form(office, receipt):
    part = part_of(receipt.case, "applicant")
    part.consents_to_electronic_service, part.electronic_address = True, "复议平台"
    part.save()
    confirm_address(
        office, receipt.case, agrees="on", medium="email", electronic_address="a@example.cn", signed_on="2026-09-10"
    )
    assert serve(office, receipt, method="electronic", served_on="2026-09-04").unserved_count == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"agrees": "on"},
        {"agrees": "on", "medium": "email"},
        {"agrees": "on", "medium": "email", "electronic_address": "a@example.cn", "paper": "application"},
        {"agrees": "on", "medium": "mobile"},  # no phone is registered
        {"signed_on": "2026-09-21"},
        {"address": "电话13947700001"},
    ],
)
def test_half_a_consent_is_none(office, receipt, changed):
    with pytest.raises(InvalidInput):
        confirm_address(office, receipt.case, **changed)


def test_a_paper_copy_is_owed_until_it_is_given_and_the_day_stays(office, receipt):
    confirm_address(office, receipt.case, agrees="on", medium="platform", electronic_address="复议平台")
    serve(office, receipt, method="electronic", served_on="2026-09-10")
    service = receipt.services.get()
    act(office, "document.paper_copy", receipt, service=service.pk, paper_asked_on="2026-09-12")
    service.refresh_from_db()
    assert not service.paper_was_given
    asked = {"paper_asked_on": "2026-09-12", "paper_given_on": "2026-09-14"}
    act(office, "document.paper_copy", receipt, service=service.pk, **asked)
    service.refresh_from_db()
    assert (service.paper_was_given, service.effective_on) == (True, date(2026, 9, 10))


def test_mail_that_came_back_counts_only_from_a_confirmed_address(office, receipt):
    posted = {"method": "post", "sent_on": "2026-09-04", "postal_number": "EA1"}
    serve(office, receipt, **posted)
    service = receipt.services.get()
    returned = {"service": service.pk, "returned_on": "2026-09-09", "deemed": "moved"}
    with pytest.raises(GuardRefused) as refused:
        act(office, "document.returned_mail_counts", receipt, actor=office.head, **returned)
    assert "not-confirmed" in codes(refused)
    act(office, "document.service_failed", receipt, service=service.pk, reason="退回")
    confirm_address(office, receipt.case)
    serve(office, receipt, **{**posted, "postal_number": "EA2"})
    service = receipt.services.get(state="SENT")
    returned["service"] = service.pk
    with pytest.raises(Forbidden):
        act(office, "document.returned_mail_counts", receipt, **returned)
    done = act(office, "document.returned_mail_counts", receipt, actor=office.head, **returned)
    service.refresh_from_db()
    assert (done.unserved_count, service.effective_on, service.deemed) == (0, date(2026, 9, 9), "moved")
