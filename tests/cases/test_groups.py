"""Many applicants: entered from a sheet, representatives elected, every member's consent asked for."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from casemgr.actions.errors import ActionError, InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Case, Consent, Group, Participation
from casemgr.cases.representation.members import COLUMNS
from casemgr.parties.models import Party
from reconsideration.decision_guards import unheard
from reconsideration.demo.people import resident_number
from reconsideration.representation import election
from reconsideration.signatures import unsigned
from tests.support.flow import received, refusals
from tests.support.register import queries

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
SIGNS = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"


def sheet(*rows: dict, name: str = "申请人.xlsx") -> SimpleUploadedFile:
    book = Workbook()
    page = book.active
    page.append(COLUMNS)
    for row in rows:
        page.append([row.get(column, "") for column in COLUMNS])
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def member(number: int, **changes) -> dict:
    birth = date(1970, 1, 1 + number)
    return {"姓名或名称": f"{SIGNS[number]}大{SIGNS[-number - 1]}", "证件类型": "居民身份证",
            "证件号码": resident_number(700 + number, birth, "M"), **changes}  # fmt: skip


def enter(flow, *rows: dict, **data):
    done = perform("cases.enter_members", flow.case, {"side": "applicant", **data}, flow.office["officer"], flow.day,
                   files={"sheet": sheet(*rows)})  # fmt: skip
    flow.case = type(flow.case).objects.get(pk=done.pk)


def group(count: int):
    """A case with that many applicants."""
    flow = received(DAY)
    enter(flow, *[member(number) for number in range(count - 1)])
    return flow


def applicants(flow) -> list[Participation]:
    return list(flow.case.participations.filter(role="applicant").order_by("order"))


def elect(flow, *chosen: Participation, **data):
    entries = {"side": "applicant", "representatives": [part.pk for part in chosen], "elected_on": flow.day,
               "paper": "代表人推选书", "signed_by_all": "on", **data}  # fmt: skip
    return flow.act("officer", "cases.elect_representatives", flow.case, **entries)


def consent(flow, matter: str, *members: Participation, **data):
    entries = {"group": Group.objects.get(ended_on=None).pk, "matter": matter, "given_on": flow.day, "paper": "同意书",
               "members": [part.pk for part in members], **data}  # fmt: skip
    return flow.act("officer", "cases.record_consent", flow.case, **entries)


def test_members_come_in_together_and_known_ones_are_found() -> None:
    flow = received(DAY)
    enter(flow, member(0), member(1))
    known = Party.objects.get(name=member(0)["姓名或名称"])
    other = received(DAY)
    before = Party.objects.count()
    enter(other, member(0), member(2))
    assert Party.objects.count() == before + 1
    assert other.case.participations.filter(party=known, role="applicant").exists()
    enter(other, member(0), member(3))
    assert [part.order for part in applicants(other)] == [1, 2, 3, 4]
    assert other.case.events.filter(kind="members_entered").count() == 2


def test_wrong_rows_are_told_by_row_and_left_out_only_when_asked() -> None:
    flow = received(DAY)
    twin = Party(kind="person", name="钱大尤", birth_on=date(1970, 1, 2), village="东园村")
    twin.set_phone("13800007777")
    twin.save()
    likely = {"姓名或名称": "钱大尤", "出生日期": "1970-01-02", "电话": "13800007777"}
    rows = [
        member(0),
        member(0),
        member(2, 证件号码="150699198503120018"),
        member(3, 姓名或名称=""),
        likely,
        member(5, 类型="行政机关"),
    ]
    with pytest.raises(InvalidInput) as caught:
        enter(flow, *rows)
    wrong = {row.number: [problem.column for problem in row.problems] for row in caught.value.form.reading.of("wrong")}
    assert wrong == {3: ["姓名或名称"], 4: ["证件号码"], 5: ["姓名或名称"], 6: ["认定"]}
    assert len(applicants(flow)) == 1
    enter(flow, *rows, leave_out_wrong="on")
    assert len(applicants(flow)) == 3
    enter(flow, {**likely, "认定": "同一人"})
    assert applicants(flow)[-1].party == twin
    with pytest.raises(InvalidInput) as caught:
        enter(flow, {"姓名或名称": flow.respondent.name, "类型": "单位"}, {**likely, "认定": "也许"})
    assert not any("1506" in problem.reason for row in caught.value.form.reading.rows for problem in row.problems)


def test_nobody_joins_a_closed_case() -> None:
    flow = received(DAY)
    flow.step("officer", "withdraw", party=flow.applicant.pk, content="撤回")
    with pytest.raises(ActionError) as caught:
        enter(flow, member(0))
    assert [refusal.code for refusal in caught.value.refusals] == ["too-late-to-join"]


def test_the_page_checks_without_writing_and_then_enters(client: Client) -> None:
    flow = received(DAY)
    client.force_login(flow.office["officer"])
    address = f"/cases/{flow.case.pk}/participants/enter/"
    assert address in client.get(f"/cases/{flow.case.pk}/").content.decode()
    rows = [member(0), member(1, 证件号码="150699198503120018")]
    sent = {"side": "applicant", "step": "check", "sheet": sheet(*rows)}
    answer = client.post(address, sent)
    assert answer.status_code == 200
    assert member(0)["姓名或名称"] in answer.content.decode()
    assert len(applicants(flow)) == 1
    assert client.post(address, {**sent, "step": "enter", "sheet": sheet(*rows)}).status_code == 422
    sent = {**sent, "step": "enter", "leave_out_wrong": "on", "sheet": sheet(*rows)}
    assert client.post(address, sent).url == f"/cases/{flow.case.pk}/participants/"
    assert len(applicants(flow)) == 2
    broken = SimpleUploadedFile("x.xlsx", b"no sheet")
    assert client.post(address, {"side": "applicant", "sheet": broken}).status_code == 422


@given(st.integers(1, 300), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_how_many_representatives(members: int, day: date) -> None:
    """Regulation 2026, art. 17: more than 10 elect 2 to 5; Regulation 2007, art. 8: more than 5 elect 1 to 5."""
    rule = election(Case(law_version="2023"), "applicant", members, day)
    numerous = 10 if day >= date(2026, 7, 1) else 5
    if members > numerous:
        assert rule is not None
        assert (rule.duty, rule.least, rule.most) == (True, 2 if numerous == 10 else 1, 5)
    elif numerous == 10 and members > 5:
        assert rule is not None
        assert (rule.duty, rule.article) == (False, "15(1)")
    else:
        assert rule is None


def test_eleven_elect_two_to_five_and_all_sign(client: Client) -> None:
    flow = group(11)
    client.force_login(flow.office["officer"])
    assert "cases.elect_representatives" in client.get(f"/cases/{flow.case.pk}/").content.decode()
    article = "《行政复议法实施条例》（2026年修订）第17条"
    members = applicants(flow)
    assert refusals(elect, flow, members[0]) == {("number-of-representatives", article)}
    assert refusals(elect, flow, *members[:6]) == {("number-of-representatives", article)}
    assert refusals(elect, flow, *members[:2], signed_by_all="") == {("election-not-signed", article + "第2款")}
    elect(flow, *members[:2])
    assert flow.case.participations.filter(role="representative").count() == 2
    elect(flow, *members[2:5])
    assert Group.objects.filter(ended_on=None).count() == 1
    assert flow.case.participations.filter(role="representative", left_on=None).count() == 3
    page = client.get(f"/cases/{flow.case.pk}/participants/").content.decode()
    assert all(part.name in page for part in members)


def test_few_do_not_elect() -> None:
    flow = group(5)
    assert {code for code, _article in refusals(elect, flow, applicants(flow)[0])} == {"too-few-to-elect"}


def test_representatives_withdraw_for_all_with_everybodys_consent() -> None:
    flow = group(11)
    members = applicants(flow)
    elect(flow, *members[:2])
    speaker = flow.case.participations.filter(role="representative").first()

    def withdraw():
        return flow.step("officer", "withdraw", party=members[5].party_id, through=speaker.pk, content="自愿撤回")

    assert refusals(withdraw) == {("members-consent", "15(2)")}
    consent(flow, "withdraw", *members[:10])
    consent(flow, "settle", everybody="on")
    assert refusals(withdraw) == {("members-consent", "15(2)")}
    consent(flow, "withdraw", everybody="on")
    assert Consent.objects.filter(matter="withdraw").count() == 11
    one = Consent.objects.filter(matter="withdraw").first()
    flow.act("officer", "cases.revoke_consent", flow.case, group=one.group_id, consents=[one.pk], revoked_on=DAY,
             reason="反悔")  # fmt: skip
    assert refusals(withdraw) == {("members-consent", "15(2)")}
    consent(flow, "withdraw", one.member)
    withdraw()
    assert flow.state == "ABANDONED"


def test_a_representative_of_an_ended_group_binds_nobody() -> None:
    flow = group(11)
    elect(flow, *applicants(flow)[:2])
    speaker = flow.case.participations.filter(role="representative").first()
    consent(flow, "withdraw", everybody="on")
    standing = Group.objects.get().pk
    flow.act("officer", "cases.end_representation", flow.case, group=standing, ended_on=DAY, reason="集体撤回推选")
    flow.on(date(2026, 9, 2))
    with pytest.raises(ActionError):
        flow.step("officer", "withdraw", party=flow.applicant.pk, through=speaker.pk, content="撤回")


def test_a_mediation_paper_is_signed_by_representatives_with_consent() -> None:
    flow = group(11)
    members = applicants(flow)
    elect(flow, *members[:2])
    respondent = flow.case.participations.get(role="respondent")
    lines = f"{members[0].name}，2026年9月1日\n{respondent.name}，2026年9月1日"
    assert len(unsigned(flow.case, lines, DAY)) == 10
    consent(flow, "settle", everybody="on")
    assert unsigned(flow.case, lines, DAY) == []
    assert unsigned(flow.case, lines.replace(members[0].name, members[4].name), DAY) != []


def test_an_agent_signs_only_with_the_power_to_settle() -> None:
    flow = received(DAY)
    mine, theirs = flow.case.participations.get(role="applicant"), flow.case.participations.get(role="respondent")
    data = {"principal": mine.pk, "name": "周律师", "identity_kind": "NONE", "identity_note": "律师证",
            "basis": "entrusted", "profession": "lawyer", "power": "general", "from_on": DAY,
            "paper": "授权委托书"}  # fmt: skip
    flow.act("officer", "cases.appoint_agent", flow.case, **data)
    lines = f"{mine.name}的代理人周律师，2026年9月1日\n{theirs.name}，2026年9月1日"
    assert [text.startswith(mine.name) for text in unsigned(flow.case, lines, DAY)] == [True]
    agent = flow.case.participations.get(role="agent")
    again = {**data, "agent": agent.pk, "name": "", "power": "special", "matters": ["settle"]}
    flow.act("officer", "cases.appoint_agent", flow.case, **again)
    assert unsigned(flow.case, lines, DAY) == []


def test_hearing_a_representative_hears_those_who_elected() -> None:
    flow = group(11)
    elect(flow, *applicants(flow)[:2])
    flow.accept()
    assert len(unheard(flow.case)) == 12
    speaker = flow.case.participations.filter(role="representative").first()
    flow.step("officer", "hear_opinion", party=speaker.party_id, channel="phone", content="坚持请求")
    assert unheard(flow.case) == [flow.respondent.name]


def test_one_agent_signs_for_each_who_gave_the_power() -> None:
    flow = group(2)
    first, second = applicants(flow)
    respondent = flow.case.participations.get(role="respondent")
    data = {"name": "周律师", "identity_kind": "NONE", "identity_note": "律师证", "basis": "entrusted",
            "profession": "lawyer", "power": "special", "matters": ["settle"], "from_on": DAY,
            "paper": "授权书"}  # fmt: skip
    flow.act("officer", "cases.appoint_agent", flow.case, **data, principal=first.pk)
    lines = f"周律师，2026年9月1日\n{respondent.name}，2026年9月1日"
    assert unsigned(flow.case, lines, DAY) == [second.name]
    agent = flow.case.participations.get(role="agent")
    flow.act("officer", "cases.appoint_agent", flow.case, **{**data, "name": ""}, agent=agent.pk, principal=second.pk)
    assert unsigned(flow.case, lines, DAY) == []


def test_the_case_page_stays_short_and_cheap(client: Client) -> None:
    small, large = group(11), received(DAY)
    for flow in (small,):
        elect(flow, *applicants(flow)[:2])
    Participation.objects.bulk_create(
        [
            Participation(case_id=large.case.pk, party=Party.objects.create(kind="person", name=f"村民{n}"),
                          role="applicant", order=n + 2, name=f"村民{n}")
            for n in range(60)
        ]
    )  # fmt: skip
    client.force_login(small.office["officer"])
    few, _page = queries(client, f"/cases/{small.case.pk}/")
    many, page = queries(client, f"/cases/{large.case.pk}/")
    assert many <= few
    assert f"/cases/{large.case.pk}/participants/" in page.content.decode()
    listed, page = queries(client, f"/cases/{large.case.pk}/participants/")
    assert listed < 20
    assert "after=" in page.content.decode()
