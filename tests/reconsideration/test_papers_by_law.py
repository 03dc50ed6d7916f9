"""What a paper says about courts and days, against the statute."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.documents import text as stored
from casemgr.documents.models import Document, Service
from reconsideration.documents import remedies
from reconsideration.documents.acceptance_notice import ACCEPTANCE_NOTICE
from reconsideration.documents.reply_notice import REPLY_NOTICE
from reconsideration.documents.service_notice import SERVICE_NOTICE
from tests.support.clock_cases import a_received_case, fresh
from tests.support.register import person

BASIC, INTERMEDIATE = "达拉特旗人民法院", "鄂尔多斯市中级人民法院"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outcome", "grounds", "court", "article"),
    [
        ("upheld", [], BASIC, "Interpretation 134(3)"),
        ("request_rejected", ["69-1"], BASIC, "Interpretation 133, 134(3)"),
        ("confirmed_illegal", ["65-1-2"], BASIC, "Interpretation 22(3): illegal for procedure alone changes nothing"),
        ("confirmed_illegal", ["65-1-1"], INTERMEDIATE, "Litigation Law 15(1), 26(2)"),
        ("confirmed_illegal", ["65-1-1", "65-1-2"], INTERMEDIATE, "Litigation Law 15(1), 26(2)"),
        ("annulled", ["64-2"], INTERMEDIATE, "Litigation Law 15(1), 26(2)"),
        ("changed", ["63-1"], INTERMEDIATE, "Litigation Law 15(1), 26(2)"),
    ],
)
def test_the_court_follows_who_is_sued(outcome, grounds, court, article):
    assert remedies.court_for(outcome, grounds, date(2026, 11, 25)) == court, article


def notice_of_a_case_accepted_on(day: date) -> str:
    case = a_received_case(day)
    events.record(case, "accepted", day)
    settle(case, day)
    parts = ACCEPTANCE_NOTICE.compose(fresh(case), {}, day).parts
    return "".join(text for part in parts for text in part.paragraphs)


@pytest.mark.django_db
def test_art_62_1_the_acceptance_notice_names_the_last_day_only_on_a_published_calendar():
    assert "60日内，即在2026年11月2日前（含当日）作出" in notice_of_a_case_accepted_on(date(2026, 9, 3))
    text = notice_of_a_case_accepted_on(date(2026, 11, 23))  # 22 January 2027: no notice of that year yet
    assert "60日内作出行政复议决定" in text
    assert "2027年" not in text


# Regulation 2026, art. 18(2), 41: in force since 1 July 2026; the regulation of 2007 has neither
@pytest.mark.django_db
@pytest.mark.parametrize(("day", "cites"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_the_reply_notice_cites_the_regulation_in_force(day: date, cites: bool) -> None:
    case = a_received_case(day)
    events.record(case, "accepted", day)
    parts = REPLY_NOTICE.compose(fresh(case), {}, day).parts
    text = "".join(line for part in parts for line in part.paragraphs)
    assert ("实施条例》第四十一条" in text) is cites
    assert ("实施条例》第十八条第二款" in text) is cites
    assert "合法性、适当性和申请人的行政复议请求" in text


@pytest.mark.django_db
def test_the_acceptance_notice_says_whose_articles_it_names() -> None:
    text = notice_of_a_case_accepted_on(date(2026, 9, 3))
    assert "根据《中华人民共和国行政复议法》的规定，你享有下列权利" in text
    assert "根据《中华人民共和国行政复议法》第八十七条的规定" in text


# Civil Procedure Law 2023, art. 95(1); Interpretation 2022, art. 139: reason, main content, remedies
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ground", "reason"),
    [
        (Service.NoticeGround.WHEREABOUTS_UNKNOWN, "因{}下落不明"),
        (Service.NoticeGround.OTHER_WAYS_FAILED, "因采用直接送达、邮寄送达等其他方式无法向{}送达"),
    ],
)
def test_a_public_notice_names_whom_it_concerns_and_calls_nobody_you(ground: str, reason: str) -> None:
    day = date(2026, 9, 3)
    case = a_received_case(day)
    events.record(case, "accepted", day)
    case = fresh(case)
    composed = ACCEPTANCE_NOTICE.compose(case, {}, day)
    paper = Document.objects.create(
        case=case, kind="acceptance_notice", title=ACCEPTANCE_NOTICE.title, addressee=composed.addressee,
        number_text="达政复受字〔2026〕7号", sections=stored.drafted(composed), author=person("draws", "officer"),
    )  # fmt: skip
    recipient = case.participations.get(role="applicant")
    notice = SERVICE_NOTICE.compose(case, {"document": paper.pk, "recipient": recipient.pk, "ground": ground}, day)
    text = "".join(line for part in notice.parts for line in part.paragraphs)
    name = recipient.name
    assert notice.addressee == name
    assert f"达拉特旗人民政府已作出《{paper.title}》（{paper.number_text}）。{reason.format(name)}" in text
    assert f"依法向{name}公告送达" in text
    assert f"{name}享有下列权利" in text
    assert "自发出公告之日起，经过三十日，即视为送达" in text
    assert "达拉特旗人民政府于" in text and "本机关" not in text
    assert "你" not in text
    assert text.endswith("特此公告。")
