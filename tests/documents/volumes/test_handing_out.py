"""Copies for inspection hold only what is open; a bundle is checked by its own instruction, without our software."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from pypdf import PdfReader

from casemgr.actions.errors import GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.cases.models import CaseAccess, Mandate, Participation
from casemgr.documents.models import Document
from casemgr.documents.rendering import DocumentText, Section, render_pdf
from casemgr.documents.uploads.models import Material
from casemgr.documents.volumes.jobs import remove_old_bundles
from casemgr.documents.volumes.models import Bundle, Inspection, Part, Volume
from casemgr.jobs.models import Job
from casemgr.jobs.runner import run_job
from casemgr.pages.clock import today as clock_today
from casemgr.parties.models import Party
from tests.support.papers import fresh, part_of
from tests.support.register import person
from tests.support.volumes import CLOSING, a_decided_case, explain, frozen

pytestmark = pytest.mark.django_db


def a_material(case, office, title: str, **values) -> Material:
    content = values.pop("content", None) or render_pdf(
        DocumentText(title=title, sections=(Section(f"{title}的内容"),))
    )
    name = default_storage.save(f"materials/2026/{title}.pdf", ContentFile(content))
    row = Material(
        case_id=case.pk, kind="evidence", title=title, received_on=CLOSING, added_by=office.officer, file=name,
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type="application/pdf", pages=1,
    )  # fmt: skip
    for key, value in values.items():
        setattr(row, key, value)
    row.save()
    return row


def with_materials():
    office, case = a_decided_case()
    respondent = part_of(case, "respondent")
    a_material(case, office, "答复书", received_from=respondent)
    a_material(case, office, "涉密证据", received_from=respondent, is_secret=True)
    a_material(case, office, "询问笔录", received_from=respondent)
    a_material(case, office, "申请人证据", received_from=part_of(case, "applicant"))
    a_material(case, office, "录音", is_inert=True, media_type="audio/mpeg", content=b"ID3 sound", pages=None)
    return office, case


def words(content: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


def test_a_copy_for_a_party_holds_the_respondents_papers_and_nothing_inner() -> None:
    office, case = with_materials()
    keys = {material.title: f"material:{material.pk}" for material in Material.objects.all()}
    sent = {"reader": part_of(case, "applicant").pk, "identity_check": "已核对身份证", "manner": "copy"}
    for closed in ("涉密证据", "申请人证据"):
        with pytest.raises(InvalidInput):
            perform("volumes.inspect", case, sent | {"items": [keys[closed]]}, office.officer, CLOSING)
    with pytest.raises(InvalidInput):  # something is held back without a ground of article 47
        perform("volumes.inspect", case, sent | {"items": [keys["答复书"]]}, office.officer, CLOSING)
    held_back = {"ground": "privacy", "explanation": "询问笔录含他人住址"}
    perform("volumes.inspect", case, sent | held_back | {"items": [keys["答复书"]]}, office.officer, CLOSING)
    copy = Inspection.objects.get()
    with default_storage.open(copy.file) as file:
        text = words(file.read())
    assert "答复书的内容" in text and "询问笔录" not in text and "涉密" not in text and "第四十七条" in text
    assert [one["ground"] for one in copy.withheld] == ["privacy"]
    frozen(office, case)
    perform(
        "volumes.inspect", fresh(case), sent | {"items": [keys["答复书"], keys["询问笔录"]]}, office.officer, CLOSING
    )
    assert Inspection.objects.count() == 2


def test_people_of_the_house_read_what_was_withheld_and_why_others_only_how_much(client: Client) -> None:
    office, case = with_materials()
    keys = [f"material:{Material.objects.get(title=title).pk}" for title in ("答复书",)]
    sent = {"reader": part_of(case, "applicant").pk, "identity_check": "已核对身份证", "manner": "copy", "items": keys}
    held_back = {"ground": "privacy", "explanation": "询问笔录含他人住址"}
    perform("volumes.inspect", case, sent | held_back, office.officer, CLOSING)
    guest = person("inspection-guest", "officer", at="150621-GAJ")
    CaseAccess.objects.create(case_id=case.pk, unit=guest.role_assignments.get().unit, level="read")
    for user, reads in ((office.officer, True), (guest, False)):
        client.force_login(user)
        page = client.get(f"/cases/{case.pk}/volume/").content.decode()
        assert ("询问笔录：个人隐私　询问笔录含他人住址" in page) is reads
        assert ("已核对身份证" in page) is reads


def test_every_look_into_the_file_can_be_found_however_many_there_were(client: Client) -> None:
    office, case = a_decided_case()
    for number in range(30):
        reader, check = part_of(case, "applicant"), f"核对{number}号"
        Inspection.objects.create(
            case_id=case.pk, reader=reader, identity_check=check, manner="look", basis="47", on=CLOSING,
            size=1, pages=1, recorded_by=office.officer,
        )  # fmt: skip
    client.force_login(office.officer)
    first = client.get(f"/cases/{case.pk}/volume/")
    following = client.get(f"/cases/{case.pk}/volume/", first.context["inspection_page"].next)
    assert "核对29号" in first.content.decode()
    assert "核对0号" not in first.content.decode()
    assert "核对0号" in following.content.decode()


def test_a_reply_that_lies_on_paper_is_shown_at_the_counter_and_recorded(client: Client) -> None:
    """Reconsideration Law 2023, art. 47 does not ask on what the reply is written."""
    office, case = a_decided_case()
    entry = {"slot": "reply", "title": "行政复议答复书", "carrier": "paper", "pages": 5, "note": ""}
    perform("volumes.add_entry", case, entry, office.officer, CLOSING)
    client.force_login(office.officer)
    page = client.get(f"/cases/{case.pk}/volume/volumes.inspect/")
    assert "行政复议答复书（纸质材料）" in page.content.decode()
    (key, _label), *others = page.context["form"].fields["items"].choices
    sent = {"reader": part_of(case, "applicant").pk, "identity_check": "已核对身份证", "manner": "look"}
    perform(
        "volumes.inspect", fresh(case), sent | {"items": [key, *(one[0] for one in others)]}, office.officer, CLOSING
    )
    copy = Inspection.objects.get()
    assert copy.items[0]["title"] == "行政复议答复书" and copy.pages == 2
    with default_storage.open(copy.file) as file:
        assert "原件在纸质案卷中，已当面提供查阅" in words(file.read())


def an_agent(case, principal: str, **values) -> Participation:
    """With a power of attorney of the participant in this role."""
    party = Party.objects.create(kind=Party.Kind.PERSON, name=f"{principal}代理人")
    part = Participation.objects.create(
        case_id=case.pk, party=party, role="agent", name=party.name, represents=part_of(case, principal)
    )
    given = {"basis": "entrusted", "profession": "lawyer", "power": "general", "paper": "授权委托书", **values}
    Mandate.objects.create(agent=part, principal=part_of(case, principal), from_on=date(2026, 9, 1), **given)
    return part


def test_only_the_applicants_and_third_parties_agents_inspect_while_their_power_stands() -> None:
    """Reconsideration Law 2023, art. 47: applicant, third party and their agents; not the respondent's."""
    office, case = with_materials()
    key = f"material:{Material.objects.get(title='答复书').pk}"
    other = f"material:{Material.objects.get(title='询问笔录').pk}"
    sent = {"identity_check": "已核对", "manner": "copy", "items": [key, other]}
    former = an_agent(case, "applicant", ended_on=date(2026, 11, 1))
    for reader in (an_agent(case, "respondent"), former, part_of(case, "respondent")):
        with pytest.raises(InvalidInput):
            perform("volumes.inspect", case, sent | {"reader": reader.pk}, office.officer, CLOSING)
    perform("volumes.inspect", case, sent | {"reader": an_agent(case, "applicant").pk}, office.officer, CLOSING)
    assert Inspection.objects.get().reader.name == "applicant代理人"


def test_what_is_marked_secret_after_freezing_closes_the_volume_that_holds_it(client: Client) -> None:
    """The frozen bytes stay as they are: so the volume is an inner one from then on, and leaves in no open bundle."""
    office, case = with_materials()
    volumes = {volume.part: volume for volume in frozen(office, case)}
    guest = person("late-guest", "officer", at="150621-GAJ")
    CaseAccess.objects.create(case_id=case.pk, unit=guest.role_assignments.get().unit, level="read")
    material = Material.objects.get(title="询问笔录")
    described = {"kind": "evidence", "title": material.title, "received_on": CLOSING, "is_secret": "on"}
    address = f"/volumes/{volumes['main'].pk}/file/"
    for user, before in ((guest, 200), (office.officer, 200)):
        client.force_login(user)
        assert client.get(address).status_code == before
    perform("material.describe", material, described, office.officer, CLOSING)
    for user, after in ((guest, 404), (office.officer, 200)):
        client.force_login(user)
        assert client.get(address).status_code == after
    with pytest.raises(GuardRefused):
        perform("volumes.bundle", case, {"purpose": "给当事人"}, office.archive, CLOSING)
    perform("volumes.bundle", case, {"purpose": "移交旗档案馆", "with_internal": "on"}, office.archive, CLOSING)


def unpacked(office, case, folder: Path, **options) -> Bundle:
    perform("volumes.bundle", case, {"purpose": "移交旗档案馆", **options}, office.archive, CLOSING)
    bundle = Bundle.objects.order_by("-pk").first()
    done = run_job(bundle.job_id)
    assert done.status == Job.State.DONE, done.error
    bundle.refresh_from_db()
    with default_storage.open(bundle.file) as file, zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    return bundle


def check(folder: Path, name: str = "README-中文.txt") -> list[str]:
    """What the commands of the instruction print, run literally, one by one."""
    found = []
    for command in commands_of((folder / name).read_text(encoding="utf-8")):
        ran = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60)
        found.append(ran.stdout.strip().splitlines()[-1] if ran.stdout.strip() else "")
    return found


def commands_of(text: str) -> list[str]:
    """The commands of an instruction: its indented lines."""
    return [line.strip() for line in text.splitlines() if line.startswith("    ")]


def test_a_bundle_is_checked_with_the_commands_of_its_own_instruction(tmp_path: Path) -> None:
    office, case = with_materials()
    frozen(office, case)
    bundle = unpacked(office, case, tmp_path, with_internal="on")
    printed = check(tmp_path)
    assert printed[:5] == ["1 OK", "2 OK", "3 OK", "4 OK", "5 OK"]
    assert check(tmp_path, "README-English.txt") == printed
    assert printed[5] in (tmp_path / "README-中文.txt").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.glob("volume-*.pdf")} == {"volume-main-1.pdf", "volume-internal-1.pdf"}
    assert list(tmp_path.glob("files/*.bin")) or list(tmp_path.glob("files/main-1-*"))
    assert (tmp_path / "chain/rows").glob("*cases.historicalcase-*")
    assert AccessLog.objects.filter(kind="bundle_made", subject_id=case.pk).exists()

    volume = tmp_path / "volume-main-1.pdf"
    whole = volume.read_bytes()
    volume.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    assert check(tmp_path)[0] != "1 OK" and check(tmp_path)[1] != "2 OK"
    volume.write_bytes(whole)
    row = next((tmp_path / "chain/rows").glob("*volumes.historicalvolume-*.json"))
    said = row.read_text(encoding="utf-8")
    row.write_text(said.replace("行政复议案卷", "行政复议卷案"), encoding="utf-8")
    subprocess.run("find . -type f ! -name SHA256SUMS -print0 | xargs -0 sha256sum > /tmp/S && mv /tmp/S SHA256SUMS",
                   shell=True, cwd=tmp_path, check=True)  # fmt: skip
    assert check(tmp_path)[0] == "1 OK" and check(tmp_path)[2] != "3 OK"  # a forger's new list does not help
    row.write_text(said, encoding="utf-8")
    seals = sorted((tmp_path / "chain/seals").glob("*.json"))
    assert bundle.sha256 and seals


def test_a_bundle_for_outsiders_has_no_inner_volume_and_no_opinions(tmp_path: Path) -> None:
    office, case = with_materials()
    frozen(office, case)
    bundle = unpacked(office, case, tmp_path)
    assert check(tmp_path)[:5] == ["1 OK", "2 OK", "3 OK", "4 OK", "5 OK"]
    assert not list(tmp_path.rglob("*internal*")) and "涉密证据" not in (tmp_path / "catalogue.txt").read_text()
    tables = {path.name.split("-")[1] for path in (tmp_path / "chain/rows").iterdir()}
    assert tables == {"volumes.historicalvolume", "volumes.historicalvolumeitem"}
    name = bundle.file
    assert remove_old_bundles(clock_today().replace(year=2030)) == 1
    bundle.refresh_from_db()
    assert bundle.file == "" and bundle.sha256 and name


def test_one_step_puts_together_and_archives_and_every_look_is_recorded(client: Client) -> None:
    office, case = with_materials()
    today = clock_today()
    client.force_login(office.archive)
    url = f"/cases/{case.pk}/volume/"
    page = client.get(url).content.decode()
    decision = Document.objects.get(case_id=case.pk, kind="decision")
    assert f'href="/documents/{decision.pk}/#service"' in page, "a lacking receipt leads to the paper it belongs to"
    adding = f'href="/cases/{case.pk}/materials/add/?kind=identity"'
    assert adding not in page, "the keeper of the archive adds no materials"
    assert page.split('for="id_archive_number"')[1].split("</label>")[0].count('class="required"') == 1
    client.force_login(office.officer)
    assert adding in client.get(url).content.decode()
    client.force_login(office.archive)
    explain(case, office.archive, today)
    sent = {"action": "volumes.request", "archive": "on", "archive_number": "达复档2026-009", "on": today.isoformat()}
    refused = client.post(url, sent | {"archive_number": ""})
    assert refused.status_code == 422
    answer = client.post(url, sent)
    job = Job.objects.filter(kind="volumes").order_by("-pk").first()
    assert answer.status_code == 302 and "hx-trigger" in client.get(url).content.decode()
    assert run_job(job.pk).status == Job.State.DONE, run_job(job.pk).error
    assert fresh(case).state == "ARCHIVED"
    main, inner = Volume.objects.get(part=Part.MAIN), Volume.objects.get(part=Part.INTERNAL)
    read = client.get(f"/volumes/{main.pk}/file/")
    assert b"".join(read.streaming_content).startswith(b"%PDF") and "no-store" in read["Cache-Control"]
    assert AccessLog.objects.filter(kind="volume_read", subject_id=main.pk, actor_id=office.archive.pk).count() == 1
    assert client.get(f"/volumes/{inner.pk}/").status_code == 200
    client.force_login(office.stranger)
    for page in (f"/volumes/{main.pk}/", f"/volumes/{main.pk}/file/", f"/volumes/{inner.pk}/file/", url):
        assert client.get(page).status_code == 404, page


def test_a_job_tried_again_later_acts_for_nobody_who_may_not_do_it_any_more(client: Client, monkeypatch) -> None:
    office, case = with_materials()
    explain(case, office.archive)
    perform("volumes.request", case, {"archive_number": "达复档2026-009"}, office.archive, CLOSING)
    job = Job.objects.filter(kind="volumes").get()
    office.archive.role_assignments.update(until_on=CLOSING)
    monkeypatch.setattr("casemgr.documents.volumes.jobs.clock_today", lambda: CLOSING + timedelta(days=1))
    ended = run_job(job.pk)
    assert ended.status == Job.State.FAILED and "查看范围" in ended.error
    assert not Volume.objects.exists()


def test_who_sees_a_case_by_sharing_sees_no_inner_volume(client: Client) -> None:
    office, case = with_materials()
    volumes = {volume.part: volume for volume in frozen(office, case)}
    guest = person("vol-guest", "officer", at="150621-GAJ")
    CaseAccess.objects.create(case_id=case.pk, unit=guest.role_assignments.get().unit, level="read")
    client.force_login(guest)
    assert client.get(f"/volumes/{volumes['main'].pk}/").status_code == 200
    assert client.get(f"/volumes/{volumes['internal'].pk}/").status_code == 404
    assert client.get(f"/volumes/{volumes['internal'].pk}/file/").status_code == 404
    page = client.get(f"/cases/{case.pk}/volume/").content.decode()
    assert f"/volumes/{volumes['main'].pk}/" in page and f"/volumes/{volumes['internal'].pk}/" not in page
