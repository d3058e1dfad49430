"""What is mine I see, take along, correct, hide and delete; what is somebody else's does not exist."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.web.phones import logged_in, sent_by
from yuanmeng.applications.models import Application, Favourite, Referral
from yuanmeng.core.models import AuditEntry, EventRow
from yuanmeng.people.models import Consent, Person, User
from yuanmeng.seekers.models import Seeker
from yuanmeng.web.shared import own_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
    settings.DEMO_MODE, settings.OUTBOX = True, tmp_path / "outbox.jsonl"


@pytest.fixture
def phone_of_li(li: Seeker, at: datetime) -> Client:
    return logged_in(li, at)


@pytest.fixture
def sent(li: Seeker, phone_of_li: Client, barista: Any, at: datetime) -> Application:
    li.write_resume("做过十二年保洁。", by=li.person.user, at=at)
    return sent_by(li, barista, at=at)


def prove(client: Client) -> None:
    """Enter a fresh code."""
    html = client.post("/me/privacy/code", {}).content.decode()
    code = re.search(r'shown-code">(\d{6})<', html)[1]  # type: ignore[index]
    assert client.post("/me/privacy/code", {"code": code}).status_code == 302


PAGES = [
    "/me/", "/me/applications/", "/me/recommendations/", "/me/profile", "/me/resume", "/me/privacy/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_for_its_owner(phone_of_li: Client, sent: Application, path: str):
    assert phone_of_li.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_whoever_is_not_logged_in_is_asked_for_a_phone_code(client: Client, path: str):
    assert client.get(path)["Location"].startswith("/login/phone/?next=/me/")


def test_an_application_shows_its_way_and_what_was_sent(
    phone_of_li: Client, sent: Application, hu: Any, at: datetime
):
    sent.see(by=hu, at=at + timedelta(hours=1))
    html = phone_of_li.get(f"/me/applications/{sent.uid}/").content.decode()
    assert "11:00" in html
    assert "做过十二年保洁。" in html


def test_taking_it_back_ends_the_consent_too(phone_of_li: Client, sent: Application):
    phone_of_li.post(f"/me/applications/{sent.uid}/withdrawal")
    sent.refresh_from_db()
    assert sent.state == "withdrawn"
    assert sent.consent.withdrawn_at is not None


@pytest.mark.parametrize("path", ["", "withdrawal"])
def test_somebody_elses_application_does_not_exist(sent: Application, zhou: Seeker, at: datetime, path: str):
    stranger = logged_in(zhou, at)
    method = stranger.post if path else stranger.get
    assert method(f"/me/applications/{sent.uid}/{path}").status_code == 404
    assert Application.objects.get().state == "submitted"


def test_a_profile_is_corrected_and_told(phone_of_li: Client, li: Seeker):
    form = {
        "skills": "保洁、收纳",
        "wanted_text": "保洁员",
        "pay_floor_yuan": "4200",
        "employment_types": ["PART_TIME"],
    }
    assert phone_of_li.post("/me/profile", form).status_code == 302
    li.refresh_from_db()
    assert li.skills == ["保洁", "收纳"]
    assert li.pay_floor_fen == 420_000
    assert li.employment_types == ["PART_TIME"]
    assert li.wanted_occupation_codes
    assert EventRow.objects.filter(kind="seeker.changed", object_uid=li.uid).exists()


def test_resumes_are_kept_as_versions(phone_of_li: Client, li: Seeker):
    for text in ["第一版", "第二版", "第二版"]:
        phone_of_li.post("/me/resume", {"text": text})
    assert list(li.resumes.order_by("version").values_list("text", flat=True)) == ["第一版", "第二版"]


def test_recommendations_are_switched_off_and_on(phone_of_li: Client, li: Seeker):
    phone_of_li.post("/me/privacy/recommendations", {"on": "0"})
    li.refresh_from_db()
    assert not li.recommendations_on
    assert EventRow.objects.filter(kind="seeker.recommendations_off").exists()
    phone_of_li.post("/me/privacy/recommendations", {"on": "1"})
    li.refresh_from_db()
    assert li.recommendations_on


def test_an_employer_is_found_by_name_hidden_from_and_shown_again(phone_of_li: Client, li: Seeker, cafe: Any):
    assert cafe.uid in phone_of_li.get("/me/privacy/?employer=梧桐").content.decode()
    phone_of_li.post("/me/privacy/hidden", {"organisation": cafe.uid})
    assert list(li.hidden_organisations.all()) == [cafe]
    phone_of_li.post(f"/me/privacy/hidden/{cafe.uid}/end")
    assert not li.hidden_organisations.exists()


def test_receivers_are_listed_and_a_consent_is_taken_back_with_one_tap(
    phone_of_li: Client, sent: Application, cafe: Any
):
    assert cafe.name in phone_of_li.get("/me/privacy/").content.decode()
    phone_of_li.post(f"/me/privacy/consents/{sent.consent.uid}/withdrawal")
    sent.refresh_from_db()
    assert sent.state == "withdrawn"


def test_being_shown_without_a_name_is_a_consent_of_its_own(phone_of_li: Client, li: Seeker):
    for on in ["1", "1", "0"]:
        phone_of_li.post("/me/privacy/employers", {"on": on})
    row = Consent.objects.get(purpose="suggested_to_employers")
    assert row.withdrawn_at is not None


@pytest.mark.parametrize("path", ["export", "deletion"])
def test_export_and_deletion_ask_for_a_fresh_code(phone_of_li: Client, path: str):
    assert phone_of_li.post(f"/me/privacy/{path}")["Location"].startswith("/me/privacy/code?next=")
    assert Person.objects.filter(erased_at=None).exists()


def test_a_fresh_code_is_fresh_for_ten_minutes(
    phone_of_li: Client, monkeypatch: pytest.MonkeyPatch, at: datetime
):
    prove(phone_of_li)
    assert phone_of_li.get("/me/privacy/export").status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=11))
    assert phone_of_li.get("/me/privacy/export").status_code == 302


def test_the_archive_holds_all_of_mine_and_nothing_of_others(
    phone_of_li: Client, sent: Application, zhou: Seeker, chen: Any
):
    prove(phone_of_li)
    archive = zipfile.ZipFile(io.BytesIO(phone_of_li.post("/me/privacy/export").content))
    data = json.loads(archive.read("data.json"))
    assert data["person"]["phone"] == "12000000001"
    assert data["applications"][0]["number"] == sent.number
    assert archive.read("resume-1.txt").decode() == "做过十二年保洁。"
    assert zhou.person.name not in archive.read("data.json").decode()
    assert AuditEntry.objects.filter(action="export").count() == 1


def test_deleting_leaves_nothing_personal_behind(phone_of_li: Client, sent: Application, li: Seeker):
    prove(phone_of_li)
    assert phone_of_li.post("/me/privacy/deletion", {"sure": "yes"}).status_code == 200
    person, application = Person.objects.get(), Application.objects.get()
    assert (person.name, person.phone, person.phone_index, person.birth_year) == ("", "", "", None)
    assert person.erased_at is not None
    assert application.state == "withdrawn"
    assert "李秀芳" not in json.dumps(application.snapshot, ensure_ascii=False)
    assert not li.resumes.exists()
    assert not User.objects.get(person=None, username__startswith="phone-").is_active
    assert phone_of_li.get("/me/").status_code == 302


def test_deleting_needs_the_box(phone_of_li: Client, sent: Application):
    prove(phone_of_li)
    phone_of_li.post("/me/privacy/deletion", {})
    assert Person.objects.get(erased_at=None).name == "李秀芳"


def test_a_counsellors_proposal_is_sent_only_after_yes(
    phone_of_li: Client, li: Seeker, chen: Any, barista: Any, at: datetime
):
    proposal = Referral.propose(officer=chen, seeker=li, vacancy=barista, at=at)
    assert barista.title in phone_of_li.get("/me/").content.decode()
    phone_of_li.post(f"/me/referrals/{proposal.uid}/answer", {"answer": "yes"})
    assert Application.objects.get().consent.receiver == barista.organisation.name
    proposal.refresh_from_db()
    assert proposal.state == "sent"


def test_a_counsellors_proposal_may_be_declined(
    phone_of_li: Client, li: Seeker, chen: Any, barista: Any, at: datetime
):
    proposal = Referral.propose(officer=chen, seeker=li, vacancy=barista, at=at)
    phone_of_li.post(f"/me/referrals/{proposal.uid}/answer", {"answer": "no"})
    assert not Application.objects.exists()


def test_somebody_elses_proposal_cannot_be_answered(
    phone_of_li: Client, zhou: Seeker, chen: Any, barista: Any, at: datetime
):
    proposal = Referral.propose(officer=chen, seeker=zhou, vacancy=barista, at=at)
    assert phone_of_li.post(f"/me/referrals/{proposal.uid}/answer", {"answer": "yes"}).status_code == 404


def start(at: datetime, phone: str, **said: str) -> Client:
    """Somebody logs in for the first time and says who they are."""
    user = User(username=f"phone-{phone}", made_at=at)
    user.set_phone(phone)
    user.save()
    client = Client()
    client.force_login(user)
    client.post("/me/start", {"name": "李秀芳", "birth_year": "1974", "education": "4"} | said)
    return client


def test_a_newcomer_opens_a_file_with_three_answers(db: Any, at: datetime):
    client = start(at, "12055550009")
    assert client.get("/me/").status_code == 200
    assert Seeker.objects.get().person.name == "李秀芳"


def test_a_waiting_file_is_claimed_by_name_and_birth_year(li: Seeker, at: datetime):
    start(at, li.person.phone, known="on")
    li.person.refresh_from_db()
    assert li.person.user.phone == li.person.phone


def test_after_three_wrong_guesses_the_counter_decides(li: Seeker, at: datetime):
    client = start(at, li.person.phone, known="on", birth_year="1971")
    for year in ["1972", "1973", "1974"]:
        client.post("/me/start", {"name": "李秀芳", "birth_year": year, "education": "4", "known": "on"})
    assert not User.objects.filter(person=li.person).exists()


def test_pausing_takes_me_off_the_lists_until_i_come_back(phone_of_li: Client, li: Seeker):
    phone_of_li.post("/me/search")
    assert not Seeker.objects.looking().filter(pk=li.pk).exists()
    phone_of_li.post("/me/search")
    assert Seeker.objects.looking().filter(pk=li.pk).exists()


def test_staff_look_for_work_with_another_account(chen: Any, at: datetime):
    client = Client()
    client.force_login(chen)
    assert client.get("/me/", follow=True).redirect_chain[-1][0] == "/login/phone/"
    client.post("/me/start", {"name": "陈老师", "birth_year": "1985", "education": "7"})
    assert not Person.objects.exists()


def test_two_files_with_one_name_are_nobodys_to_claim(li: Seeker, at: datetime):
    factories.seeker("李秀芳", at=at, birth_year=1974, phone=li.person.phone)
    start(at, li.person.phone, known="on")
    assert not User.objects.filter(person__isnull=False).exists()


@pytest.fixture
def suggestion(li: Seeker, barista: Any, at: datetime) -> Any:
    from yuanmeng.recommend.models import ModelVersion, Suggestion

    version = ModelVersion.objects.create(made_at=at, people=1, jobs=1, seconds=0.1)
    reasons = [{"kind": "commute", "facts": {"walk_minutes": 8, "minutes": 8}, "contribution": 1.0}]
    return Suggestion.objects.create(
        seeker=li, vacancy=barista, score=0.8, reasons=reasons, model_version=version, made_at=at
    )


def test_a_suggestion_says_why_on_its_list_and_on_the_vacancy(
    phone_of_li: Client, suggestion: Any, barista: Any
):
    for path in ["/me/recommendations/", f"/vacancies/{barista.uid}/"]:
        assert '<ul class="reasons"><li>' in phone_of_li.get(path).content.decode()


def test_a_stranger_is_not_told_whom_a_vacancy_suits(client: Client, suggestion: Any, barista: Any):
    assert "reasons" not in client.get(f"/vacancies/{barista.uid}/").content.decode()


def test_with_recommendations_off_two_people_get_one_order(
    phone_of_li: Client, li: Seeker, suggestion: Any, barista: Any
):
    phone_of_li.post("/me/privacy/recommendations", {"on": "0"})
    assert 'class="reasons"' not in phone_of_li.get(f"/vacancies/{barista.uid}/").content.decode()
    assert "sort=match" not in phone_of_li.get("/vacancies/").content.decode()


def test_not_for_me_is_kept_with_its_reason_and_not_shown_again(phone_of_li: Client, suggestion: Any):
    phone_of_li.post(
        f"/me/recommendations/{suggestion.uid}/answer", {"answer": "declined", "reason": "commute"}
    )
    suggestion.refresh_from_db()
    assert (suggestion.answer, suggestion.answer_reason) == ("declined", "commute")
    page = phone_of_li.get("/me/recommendations/").content.decode()
    assert 'name="reason"' not in page
    assert "推荐时更看重路程了" in page
    assert f"/me/recommendations/{suggestion.uid}/return" in page


def test_yes_leads_on_to_applying(phone_of_li: Client, suggestion: Any, barista: Any):
    answer = phone_of_li.post(f"/me/recommendations/{suggestion.uid}/answer", {"answer": "agreed"})
    assert answer["Location"] == f"/vacancies/{barista.uid}/application"


def test_nobody_answers_for_somebody_else(suggestion: Any, zhou: Seeker, at: datetime):
    answer = logged_in(zhou, at).post(f"/me/recommendations/{suggestion.uid}/answer", {"answer": "agreed"})
    assert answer.status_code == 404


def test_sorting_by_what_suits_me_uses_the_stored_scores(
    phone_of_li: Client, suggestion: Any, cafe: Any, at: datetime
):
    factories.vacancy(cafe, "刚发布的岗位", at=at, state="published", published_at=at + timedelta(minutes=1))
    html = phone_of_li.get("/vacancies/?sort=match").content.decode()
    assert html.index("咖啡师") < html.index("刚发布的岗位")


def test_a_new_phone_needs_a_code_on_the_old_and_on_the_new_one(phone_of_li: Client, li: Seeker):
    assert phone_of_li.get("/me/privacy/phone").status_code == 302
    prove(phone_of_li)
    html = phone_of_li.post("/me/privacy/phone", {"phone": "12000000077"}).content.decode()
    code = re.search(r'shown-code">(\d{6})<', html)[1]  # type: ignore[index]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert phone_of_li.post("/me/privacy/phone", {"phone": "12000000077", "code": wrong}).status_code == 422
    assert phone_of_li.post("/me/privacy/phone", {"phone": "12000000077", "code": code}).status_code == 302
    li.person.refresh_from_db()
    assert li.person.phone == "12000000077"
    assert User.objects.get(person=li.person).phone == "12000000077"


def test_a_phone_of_another_account_is_not_taken_over(phone_of_li: Client, zhou: Seeker, at: datetime):
    logged_in(zhou, at)
    prove(phone_of_li)
    html = phone_of_li.post("/me/privacy/phone", {"phone": zhou.person.phone}).content.decode()
    code = re.search(r'shown-code">(\d{6})<', html)[1]  # type: ignore[index]
    answer = phone_of_li.post("/me/privacy/phone", {"phone": zhou.person.phone, "code": code})
    assert answer.status_code == 422


@pytest.mark.parametrize("shared", [True, False])
def test_what_the_employer_says_with_a_no_is_read_by_who_applied(
    phone_of_li: Client, sent: Application, hu: Any, at: datetime, shared: bool
):
    sent.decline(by=hu, at=at, reason="hours", words="这次只缺晚班。", shared=shared)
    page = phone_of_li.get(f"/me/applications/{sent.uid}/").content.decode()
    assert "这次只缺晚班。" in page
    assert ("工时班次不合" in page) is shared
    own_data.erase(sent.seeker.person, by=sent.seeker.person.user, at=at)
    sent.refresh_from_db()
    assert sent.answer_words == ""


def test_what_recommendations_are_made_from_can_be_seen_and_choices_forgotten(
    client: Client, town: Any, at: datetime
) -> None:
    client.force_login(factories.user("li", "李秀芳", at=at, person=town.li.person))
    Favourite.keep(town.li, town.barista, at=at - timedelta(days=1))
    page = client.get("/me/privacy/").content.decode()
    assert "用了哪些信息" in page and "选过的岗位" in page and "咖啡师" in page
    assert "121." not in page.split("用了哪些信息")[1].split("</details>")[0]  # no place on the map
    assert client.post("/me/privacy/choices").status_code == 302
    page = client.get("/me/privacy/").content.decode()
    assert "咖啡师" not in page.split("用了哪些信息")[1].split("</details>")[0]
    client.post("/me/privacy/recommendations", {"on": "0"})
    assert "用了哪些信息" not in client.get("/me/privacy/").content.decode()
