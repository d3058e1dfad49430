"""A talk written down, a referral with the person's word, a walk-in, a caseload that may be taken along."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests import factories
from yuanmeng.applications.models import Application, Placement, Referral
from yuanmeng.core.models import AuditEntry, EventRow
from yuanmeng.counsel import ledger
from yuanmeng.counsel.models import FollowUp, ServiceRecord
from yuanmeng.people.models import Person
from yuanmeng.seekers.models import Seeker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
    settings.DEMO_MODE, settings.OUTBOX = True, tmp_path / "outbox.jsonl"


@pytest.fixture
def desk(client: Client, chen: Any, li: Any) -> Client:
    """陈老师 at the desk; 李阿姨 is in her care."""
    li.owner = chen
    li.save()
    client.force_login(chen)
    return client


@pytest.fixture
def file(li: Any) -> str:
    return f"/desk/people/{li.person.uid}/"


# --- A talk ----------------------------------------------------------------------------------


def _contact(desk: Client, file: str, **said: Any) -> Any:
    return desk.post(f"{file}contact", {"channel": "phone", "result": "reached", **said})


def test_a_talk_is_one_form(desk: Client, file: str, li: Any, chen: Any, at: datetime) -> None:
    due = FollowUp.remind(li.person, by=chen, at=at, due_on=at.date())
    answer = _contact(desk, file, words="想做早班", next_in="7", settles=[due.uid])
    assert answer["Location"] == file
    row = ServiceRecord.objects.get()
    assert (row.kind, row.channel, row.result, row.words) == ("contact", "phone", "reached", "想做早班")
    due.refresh_from_db()
    assert due.state == "done"
    assert FollowUp.objects.open().get().due_on == at.date() + timedelta(days=7)
    assert "想做早班" in desk.get(file).content.decode()


def test_without_a_result_it_asks_for_one_and_keeps_the_words(desk: Client, file: str) -> None:
    answer = desk.post(f"{file}contact", {"channel": "phone", "words": "说到一半"})
    assert answer.status_code == 422
    assert "说到一半" in answer.content.decode()
    assert not ServiceRecord.objects.exists()


def test_two_taps_are_one_talk(desk: Client, file: str) -> None:
    key = re.search(r'name="once" value="(\w+)"', desk.get(file).content.decode())
    assert key
    for _tap in range(2):
        _contact(desk, file, words="一次", once=key[1])
    assert ServiceRecord.objects.count() == 1


def test_a_guidance_talk_counts_for_1131(desk: Client, file: str, li: Any, at: datetime) -> None:
    _contact(desk, file, kind="guidance")
    assert ServiceRecord.objects.get().minutes == 30
    assert [line.given for line in ledger.entitlements(li.person, at=at)] == [0, 1, 0, 0]


def test_a_to_do_of_a_colleague_is_not_settled_from_here(
    desk: Client, file: str, li: Any, hu: Any, at: datetime
) -> None:
    foreign = FollowUp.remind(li.person, by=hu, at=at, due_on=at.date())
    assert _contact(desk, file, settles=[foreign.uid]).status_code == 422
    foreign.refresh_from_db()
    assert foreign.state == "open"


def test_a_retention_check_offers_its_own_answers(
    desk: Client, file: str, li: Any, chen: Any, at: datetime
) -> None:
    todo = FollowUp.remind(li.person, by=chen, at=at, due_on=at.date(), kind="retention")
    assert 'value="still_there"' in desk.get(file).content.decode()
    _contact(desk, file, result="still_there", settles=[todo.uid])
    assert ServiceRecord.objects.get().kind == "retention_check"


def test_a_wrong_record_is_corrected_beside(desk: Client, file: str) -> None:
    _contact(desk, file, words="打错了")
    row = ServiceRecord.objects.get()
    desk.post(f"/desk/records/{row.uid}/correction/", {"result": "no_answer", "words": "没打通"})
    assert ServiceRecord.objects.standing().get().words == "没打通"
    page = desk.get(file).content.decode()
    assert "<s>打错了</s>" in page
    assert desk.get(f"/desk/records/{row.uid}/correction/").status_code == 404


def test_a_record_of_a_stranger_cannot_be_corrected(desk: Client, zhou: Any, hu: Any, at: datetime) -> None:
    row = ServiceRecord.write(kind="contact", by=hu, at=at, person=zhou.person)
    assert desk.get(f"/desk/records/{row.uid}/correction/").status_code == 404


# --- Referring -------------------------------------------------------------------------------


def _address(file: str, vacancy: Any) -> str:
    return f"{file}vacancies/{vacancy.uid}/"


def test_the_sheet_names_the_receiver(desk: Client, file: str, barista: Any) -> None:
    page = desk.get(_address(file, barista)).content.decode()
    assert barista.organisation.name in page
    assert "朗读" in page or "请念给本人听" in page


def test_agreed_in_front_of_me_it_goes_out_with_the_evidence(
    desk: Client, file: str, barista: Any, chen: Any
) -> None:
    desk.post(_address(file, barista), {"way": "in_person", "evidence": "当面说明，口头同意"})
    sent = Application.objects.get()
    assert (sent.via, sent.on_behalf_by) == ("desk", chen)
    assert sent.consent.receiver == barista.organisation.name
    assert sent.consent.evidence == "当面说明，口头同意 (陈老师)"
    assert barista.organisation.name in sent.consent.text
    row = Referral.objects.get()
    assert (row.state, row.application) == ("sent", sent)
    assert AuditEntry.objects.filter(action="provided").count() == 1


def test_without_evidence_nothing_goes_out(desk: Client, file: str, barista: Any) -> None:
    answer = desk.post(_address(file, barista), {"way": "in_person", "evidence": " "})
    assert answer.status_code == 422
    assert not Application.objects.exists()
    assert not Referral.objects.exists()


def test_a_code_on_the_persons_own_phone_is_their_word(
    desk: Client, file: str, barista: Any, li: Any, settings: Any
) -> None:
    page = desk.post(_address(file, barista), {"way": "code", "send_code": "1"}).content.decode()
    said = [json.loads(line) for line in Path(settings.OUTBOX).read_text("utf-8").splitlines()]
    assert {message["to"] for message in said} == {li.person.phone}
    assert barista.organisation.name in said[0]["text"]
    code = re.search(r'data-testid="shown-code">(\d{6})<', page)
    assert code
    desk.post(_address(file, barista), {"way": "code", "code": code[1]})
    assert Application.objects.get().consent.evidence.startswith("短信验证码")


def test_a_wrong_code_sends_nothing(desk: Client, file: str, barista: Any) -> None:
    desk.post(_address(file, barista), {"way": "code", "send_code": "1"})
    answer = desk.post(_address(file, barista), {"way": "code", "code": "000000"})
    assert answer.status_code == 422
    assert not Application.objects.exists()


def test_it_may_be_proposed_first_and_sent_when_they_agree(desk: Client, file: str, barista: Any) -> None:
    desk.post(_address(file, barista), {"way": "ask_first"})
    assert Referral.objects.get().state == "proposed"
    assert not Application.objects.exists()
    assert 'data-testid="proposed"' in desk.get(file).content.decode()
    desk.post(_address(file, barista), {"way": "in_person", "evidence": "电话里同意了"})
    assert Referral.objects.get().state == "sent"


def test_what_is_not_wanted_is_not_asked_again(desk: Client, file: str, barista: Any) -> None:
    desk.post(_address(file, barista), {"way": "ask_first"})
    desk.post(f"/desk/referrals/{Referral.objects.get().uid}/refusal")
    assert Referral.objects.get().state == "declined"
    assert 'data-testid="proposed"' not in desk.get(file).content.decode()


def test_a_second_application_says_so_and_leads_back(desk: Client, file: str, barista: Any) -> None:
    for _turn in range(2):
        answer = desk.post(_address(file, barista), {"way": "in_person", "evidence": "当面同意"})
        assert answer["Location"] == file
    assert Application.objects.count() == 1
    assert Referral.objects.count() == 1


def test_a_closed_vacancy_cannot_be_referred_to(desk: Client, file: str, barista: Any, at: datetime) -> None:
    barista.close("filled", by=None, at=at)
    assert desk.get(_address(file, barista)).status_code == 404


def test_the_front_desk_applies_on_behalf_of_who_is_here(
    operator: Any, li: Any, barista: Any, file: str, at: datetime
) -> None:
    fang = factories.member("fang", "小方", operator, role="front_desk", at=at)
    client = Client()
    client.force_login(fang)
    assert client.get(_address(file, barista)).status_code == 404
    client.post("/desk/people/", {"q": li.person.phone})
    client.post(_address(file, barista), {"way": "in_person", "evidence": "当面同意"})
    sent = Application.objects.get()
    assert sent.on_behalf_by == fang
    assert not Referral.objects.exists()


def test_any_vacancy_can_be_looked_for(desk: Client, file: str, barista: Any) -> None:
    assert "咖啡师" in desk.get(f"{file}vacancies/?q=咖啡").content.decode()


# --- Hired, wishes, walk-ins -----------------------------------------------------------------


def test_hired_with_evidence(desk: Client, file: str, barista: Any) -> None:
    desk.post(_address(file, barista), {"way": "in_person", "evidence": "当面同意"})
    sent = Application.objects.get()
    desk.post(f"/desk/applications/{sent.uid}/hire/", {"started_on": "2026-12-01", "evidence": "看过合同"})
    sent.refresh_from_db()
    assert sent.state == "hired"
    assert Placement.objects.get().started_on == date(2026, 12, 1)
    assert desk.get(f"/desk/applications/{sent.uid}/hire/").status_code == 404


def test_wishes_become_facts(desk: Client, file: str, li: Any) -> None:
    desk.post(f"{file}wishes/", {
        "wanted_text": "保洁、厨师", "pay_floor_yuan": "4500", "education": "4", "skills": "保洁，做饭",
    })  # fmt: skip
    li.refresh_from_db()
    assert li.pay_floor_fen == 450_000
    assert li.skills == ["保洁", "做饭"]
    assert len(li.wanted_occupation_codes) == 2
    assert EventRow.objects.filter(kind="seeker.changed").count() == 1


WALK_IN = {"name": "吴一", "phone": "12055556666", "birth_year": "1988", "education": "6", "agreed": "on"}


def test_four_facts_register_somebody(desk: Client, chen: Any) -> None:
    answer = desk.post("/desk/people/new/", WALK_IN)
    person = Person.objects.get(name="吴一")
    assert answer["Location"] == f"/desk/people/{person.uid}/"
    assert (person.seeker.owner, person.seeker.channel) == (chen, "desk")
    assert person.consents.get().purpose == "service"
    assert "吴一" in desk.get(answer["Location"]).content.decode()


def test_without_their_word_nobody_is_registered(desk: Client) -> None:
    assert desk.post("/desk/people/new/", {**WALK_IN, "agreed": ""}).status_code == 422
    assert not Person.objects.filter(name="吴一").exists()


def test_a_child_is_not_registered(desk: Client) -> None:
    assert desk.post("/desk/people/new/", {**WALK_IN, "birth_year": "2013"}).status_code == 422


def test_a_known_number_shows_candidates_and_never_blocks(desk: Client, zhou: Any) -> None:
    shared = {**WALK_IN, "phone": zhou.person.phone}
    page = desk.post("/desk/people/new/", shared).content.decode()
    assert "周**" in page
    assert "周晓晨" not in page.split("<main", 1)[1].split('data-testid="walk-in"')[0]
    assert not Person.objects.filter(name="吴一").exists()
    desk.post("/desk/people/new/", {**shared, "new_anyway": "1"})
    assert Seeker.objects.filter(person__phone_index=zhou.person.phone_index).count() == 2


# --- The caseload ----------------------------------------------------------------------------


def _export(desk: Client, kind: str, **sifted: str) -> Any:
    return desk.post(f"/desk/caseload/export.{kind}", sifted)


def test_only_my_own_people_are_listed(desk: Client, zhou: Any) -> None:
    page = desk.get("/desk/caseload/").content.decode()
    assert "李秀芳" in page
    assert "周晓晨" not in page


def test_filters_say_who_was_not_heard_of(desk: Client, li: Any, at: datetime) -> None:
    assert "李秀芳" not in desk.get("/desk/caseload/?show=unheard").content.decode()
    li.last_contact_at = at - timedelta(days=31)
    li.save()
    assert "李秀芳" in desk.get("/desk/caseload/?show=unheard").content.decode()


def test_the_csv_is_read_by_spreadsheets_and_says_who_took_it(desk: Client) -> None:
    answer = _export(desk, "csv")
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][:2] == ["李秀芳", "12000000001"]
    assert "陈老师" in rows[-1][0]
    entry = AuditEntry.objects.get(action="export")
    assert (entry.count, entry.result) == (1, "ok")
    assert "李" not in answer["Content-Disposition"]


def test_a_formula_is_text(desk: Client, li: Any) -> None:
    li.wanted_text = '=HYPERLINK("http://x")'
    li.person.name = "+SUM(A1)"
    li.person.save()
    li.save()
    rows = list(csv.reader(io.StringIO(_export(desk, "csv").content.decode("utf-8-sig"))))
    assert rows[1][0] == "'+SUM(A1)"
    assert rows[1][4].startswith("'=")
    sheet = load_workbook(io.BytesIO(_export(desk, "xlsx").content)).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("+SUM(A1)", "s")
    assert sheet["E2"].data_type == "s"


def test_the_operator_takes_fifty_at_most_and_the_try_is_told(desk: Client, chen: Any, at: datetime) -> None:
    for n in range(50):
        factories.seeker(f"某{n}", at=at, owner=chen)
    answer = desk.post("/desk/caseload/export.csv", HTTP_REFERER="http://testserver/desk/caseload/")
    assert answer.status_code == 302
    assert AuditEntry.objects.get(action="export").result == "refused"
    assert EventRow.objects.get(kind="export.refused").payload["count"] == 51
    assert _export(desk, "csv", show="placed").status_code == 200


def test_an_unknown_format_does_not_exist(desk: Client) -> None:
    assert _export(desk, "pdf").status_code == 404


def test_an_export_by_link_is_no_export(desk: Client) -> None:
    assert desk.get("/desk/caseload/export.csv").status_code == 405


def test_a_filter_does_not_change_what_is_counted(
    desk: Client, li: Any, cafe: Any, barista: Any, at: datetime
) -> None:
    other = factories.vacancy(cafe, "店员", at=at, state="published")
    facts = {
        "seeker": li,
        "via": "desk",
        "by": li.owner,
        "at": at,
        "consent_text": "同意",
        "consent_version": "1",
    }
    Application.submit(vacancy=barista, **facts)
    Application.submit(vacancy=other, **facts).decline(by=li.owner, at=at, reason="pay")
    rows = list(csv.reader(io.StringIO(_export(desk, "csv", show="waiting").content.decode("utf-8-sig"))))
    assert [row[-1] for row in rows[1:-1]] == ["2"]
    assert _export(desk, "csv", show="unapplied").content.decode("utf-8-sig").count("李秀芳") == 0
