"""Who signs, how, and through whom; what must be in writing (art. 28, 29; Labour 14, Land 10, Medical 39)."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.actions.errors import Forbidden
from casemgr.actions.perform import perform
from casemgr.cases.models import Mandate, Participation
from casemgr.organisation.models import Unit
from mediation.agreements.content import warnings_of
from mediation.agreements.standing import obligations_of
from mediation.terms import DisputeSubType, DisputeType
from tests.support.agreements import Table, refused
from tests.support.register import applicant, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)
ORAL = {"content": "双方当场和解。", "no_document_wanted": "on"}


def test_an_oral_agreement_is_in_effect_when_it_is_made() -> None:
    table = Table(DAY)
    table.act("agree_orally", **ORAL)
    assert (table.state, table.agreement.effective_on, table.deadline("M-CONF")) == ("AGREED_O", DAY, None)


def test_an_oral_agreement_needs_the_parties_word_that_no_paper_is_wanted() -> None:
    table = Table(DAY)
    assert refused(table.act, "agree_orally", content="双方和解。") == {("no_document_wanted", "")}


@pytest.mark.parametrize(
    ("facts", "article"),
    [
        ({"dispute_type": DisputeType.LABOUR}, "《劳动争议调解仲裁法》第14条"),
        ({"dispute_type": DisputeType.MEDICAL}, "《医疗纠纷预防和处理条例》第39条"),
        (
            {"dispute_type": DisputeType.LAND, "sub_type": DisputeSubType.LAND_CONTRACT},
            "《农村土地承包经营纠纷调解仲裁法》第10条",
        ),
        (
            {"dispute_type": DisputeType.LAND, "sub_type": DisputeSubType.GRASSLAND},
            "《农村土地承包经营纠纷调解仲裁法》第10条",
        ),
        (
            {"dispute_type": DisputeType.LABOUR, "sub_type": DisputeSubType.LAND_CONTRACT},
            "《劳动争议调解仲裁法》第14条",
        ),
    ],
)
def test_trap_06_no_oral_agreement_where_the_law_wants_paper(facts, article) -> None:
    assert refused(Table(DAY, **facts).act, "agree_orally", **ORAL) == {("must-be-written", article)}


def test_a_sub_type_left_over_from_another_type_asks_for_no_paper() -> None:
    table = Table(DAY, dispute_type=DisputeType.NEIGHBOURS, sub_type=DisputeSubType.LAND_CONTRACT)
    table.act("agree_orally", **ORAL)
    assert table.agreement.form == "oral"


def test_trap_06_an_oral_agreement_is_not_offered_for_confirmation() -> None:
    table = Table(DAY)
    table.act("agree_orally", **ORAL, obligations=[table.pay("100", due_on="2026-12-01")])
    assert table.state == "TRACKING"
    data = {"subject_matter": "obligations", "no_third_party": "on", "is_legible": "on", "court": "达拉特旗人民法院"}
    assert refused(table.act, "prepare_confirmation", court_ground="domicile", **data) == {
        ("oral", "《民诉解释》第354条")
    }


def test_trap_07_only_the_committees_seal_by_its_keeper() -> None:
    table = Table(DAY)
    table.write()
    table.sign_all()
    for stranger in (table.mediator, table.town):
        with pytest.raises(Forbidden):
            table.act("seal_agreement", by=stranger)
    facts = table.case.facts
    town = facts.committee.parent
    facts.committee = town
    facts.save()
    keeper = person("keeper-of-the-town", "committee", at=town.code)
    assert refused(table.act, "seal_agreement", by=keeper) == {("not-the-committees-seal", "《人民调解法》第29条")}


def test_trap_07_a_role_at_the_studio_is_not_the_committees_seal() -> None:
    table = Table(DAY)
    committee = table.case.facts.committee
    studio = Unit(code="W01", name="刘根喜调解工作室", kind=Unit.Kind.STUDIO, parent=committee)
    studio.save()
    case = table.case
    case.unit = studio
    case.save()
    table.write()
    with pytest.raises(Forbidden):
        table.act("seal_agreement", by=person("studio-keeper", "committee", at="W01"))
    table.sign_all()
    table.seal()
    assert table.agreement.sealed_by.startswith(committee.name)


@pytest.mark.parametrize(
    ("dispute", "article"),
    [
        (DisputeType.LABOUR, "《劳动争议调解仲裁法》第14条"),
        (DisputeType.MEDICAL, "《医疗纠纷预防和处理条例》第39条"),
    ],
)
def test_no_fingerprint_alone_where_the_law_names_signature_or_seal(dispute, article) -> None:
    table = Table(DAY, dispute_type=dispute)
    table.write()
    assert refused(table.sign, "applicant", kind="fingerprint", witness="其木格") == {("fingerprint", article)}


def test_a_fingerprint_needs_who_saw_it() -> None:
    table = Table(DAY)
    table.write()
    assert refused(table.sign, "applicant", kind="fingerprint") == {("witness", "")}
    table.sign("applicant", kind="fingerprint", witness="其木格")
    assert table.agreement.signatures.get().witness == "其木格"


def test_a_company_signs_by_seal_and_representative() -> None:
    table = Table(DAY)
    party = table.part("respondent").party
    party.kind = "organisation"
    party.save()
    table.write()
    assert refused(table.sign, "respondent") == {("kind", ""), ("signed_by", "")}
    table.sign("respondent", kind="seal", signed_by="王经理")


def test_a_minor_signs_through_the_guardian_of_that_day() -> None:
    table = Table(DAY)
    part = table.part("applicant")
    part.party.birth_on = date(2012, 5, 1)
    part.party.save()
    table.write()
    assert refused(table.sign, "applicant") == {("needs-statutory-agent", "《民法典》第19条")}
    guardian = Participation.objects.create(
        case=table.case, party=applicant("王父"), role="statutory_agent", name="王父", represents=part
    )
    table.sign("applicant", through=guardian.pk)
    assert table.agreement.signatures.get().signed_by == "王父"


def test_an_oral_agreement_of_a_minor_needs_the_guardian() -> None:
    table = Table(DAY)
    party = table.part("applicant").party
    party.birth_on = date(2012, 5, 1)
    party.save()
    assert refused(table.act, "agree_orally", **ORAL) == {("needs-statutory-agent", "《民法典》第19条")}


@pytest.mark.parametrize(("power", "matters", "allowed"), [("general", [], False), ("special", ["settle"], True)])
def test_an_agent_signs_only_with_special_authority(power, matters, allowed) -> None:
    table = Table(DAY)
    part = table.part("respondent")
    agent = Participation.objects.create(
        case=table.case, party=applicant("张律师"), role="agent", name="张律师", represents=part
    )
    Mandate.objects.create(agent=agent, principal=part, basis="entrusted", profession="lawyer", power=power,
                           matters=matters, from_on=DAY, paper="授权委托书")  # fmt: skip
    table.write()
    if allowed:
        table.sign("respondent", through=agent.pk)
        assert table.agreement.signatures.get().special_authority
    else:
        assert refused(table.sign, "respondent", through=agent.pk) == {("special-authority", "《民法典》第165条")}


def group_of(table: Table, names: int) -> tuple[list[Participation], Participation]:
    """So many applicants besides the first, two of whom are elected by an action."""
    case = table.case
    parts = [table.part("applicant")]
    for index in range(2, names + 1):
        party = applicant(f"申请人{'甲乙丙丁戊己庚辛壬癸'[index - 1]}")
        parts.append(
            Participation.objects.create(case=case, party=party, role="applicant", name=party.name, order=index)
        )
    data = {"side": "applicant", "members": [part.pk for part in parts], "elected_on": DAY.isoformat(),
            "paper": "推选书", "representatives": [parts[0].pk, parts[1].pk]}  # fmt: skip
    perform("cases.elect_representatives", case, data, table.mediator, DAY)
    return parts, case.participations.get(role="representative", party=parts[0].party)


def test_representatives_sign_for_all_with_the_consent_of_each() -> None:
    table = Table(DAY)
    parts, speaker = group_of(table, 10)
    table.write()
    assert refused(table.sign, "applicant", through=speaker.pk) == {("members-consent", "《民事诉讼法》第56条")}
    data = {"matter": "settle", "members": [part.pk for part in parts], "given_on": DAY.isoformat(), "paper": "同意书"}
    perform("cases.record_consent", table.case, {"group": speaker.group_id, **data}, table.mediator, DAY)
    table.sign("applicant", through=speaker.pk)
    assert table.agreement.signatures.count() == 10
    table.sign("respondent")
    table.act("mediator_signs", name="刘根喜")
    table.seal()
    assert table.state == "AGREED_W"


def test_the_platform_wants_electronic_signatures() -> None:
    table = Table(DAY, on_platform=True, court_track="delegated", source="referred")
    table.write()
    assert refused(table.sign, "applicant") == {("electronic", "《人民法院在线调解规则》第19条")}


def test_what_the_text_lacks_warns_and_does_not_hinder() -> None:
    table = Table(DAY, dispute_type=DisputeType.LAND, sub_type=DisputeSubType.LAND_OWNERSHIP)
    table.write(table.pay("500"), facts="", responsibility="", copies="1")
    found = {one.code for one in warnings_of(table.case, table.agreement, obligations_of(table.agreement))}
    assert found == {"facts", "responsibility", "term", "copies", "land-right"}
    table.sign_all()
    table.seal()
    assert table.state == "TRACKING"


def test_a_signed_text_is_not_changed_any_more() -> None:
    table = Table(DAY)
    table.write(table.pay("500", done="on"))
    text = {"content": "改为分期支付。"}
    table.act("change_agreement", obligations=[table.pay("600", due_on="2026-12-01")], **text)
    assert [str(one.amount_yuan) for one in obligations_of(table.agreement)] == ["600.00"]
    table.sign("applicant")
    assert refused(table.act, "change_agreement", **text) == {("already-signed", "")}
    table.annul("sign_agreement")
    table.act("change_agreement", **text)


def test_nobody_signs_before_the_day_of_the_agreement() -> None:
    table = Table(DAY)
    table.on(date(2026, 11, 5)).write()
    assert refused(table.sign, "applicant", on="2026-11-04") == {("not-yet-agreed", "《人民调解法》第29条")}
