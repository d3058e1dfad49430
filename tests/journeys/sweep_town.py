"""A small town with something in every drawer: lists have rows, states their examples, and names are long."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
from django.conf import settings
from django.test import Client

from tests import factories
from tests.journeys.street import open_vacancies
from tests.journeys.sweep_programme import Months
from tests.nouns import intake_files, signage
from tests.nouns.test_recommend_says_why import FACTS
from yuanmeng.applications.models import Application, Favourite, Referral
from yuanmeng.core import audit
from yuanmeng.counsel.models import FollowUp, ServiceRecord, Shift
from yuanmeng.intake.admit import commit, preview
from yuanmeng.organisations.models import Credential
from yuanmeng.people.models import Consent
from yuanmeng.recommend import passing, sharing
from yuanmeng.recommend.models import ModelVersion, Suggestion
from yuanmeng.recommend.sharing import Lists
from yuanmeng.signage import hearing
from yuanmeng.signage.models import Content, Device
from yuanmeng.vacancies.models import Report, Vacancy

LONG_FIRM = "上海天山路长风夜市文化创意与社区生活服务发展有限公司（示例）"
LONG_TITLE = "社区嵌入式养老服务中心康养护理员兼夜间值班协调（可安排住宿）"
LONG_ADDRESS = "天山支路168弄天山社区综合为老服务中心三楼东侧（近娄山关路）"
WORDS = "限女性，35岁以下，沪籍优先，押金200"


class Street:
    """The town of the standing cast with a day's work in it; what the pages need to know by name."""

    def __init__(self, town: Any, at: datetime) -> None:
        self.at, self.today = at, at.date()
        self.cafe, self.hu, self.chen, self.wang, self.reviewer = (
            town.cafe, town.hu, town.chen, town.wang, town.reviewer,
        )  # fmt: skip
        self.li, self.zhou, self.barista = town.li, town.zhou, town.barista
        self.open = open_vacancies(at)
        self._make_people()
        self._make_vacancies()
        self._make_applications()
        self._make_care()
        self._make_office()
        self.months = Months(self.editor, self.wang, at)
        self._make_screens()

    def _make_people(self) -> None:
        at, department = self.at, self.wang.memberships.get().organisation
        operator = self.chen.memberships.get().organisation
        self.li.owner = self.chen
        self.li.save()
        self.li.write_resume("2010—2022 社区食堂 帮厨。\n会择菜、切配、保洁。", by=self.chen, at=at)
        for seeker in (self.li, self.zhou):
            Consent.objects.create(
                person=seeker.person, purpose="suggested_to_employers", text_version="1", text="同意",
                channel="desk", given_at=at,
            )  # fmt: skip
        self.li_user = factories.user("li", "李秀芳", at=at, person=self.li.person)
        self.newcomer = factories.user("newcomer", "", at=at)
        self.newcomer.set_phone("12000000055")
        self.newcomer.save()
        self.empty = factories.user("empty", "", at=at, person=factories.seeker("吴言", at=at).person)
        self.front = factories.member("fan", "范老师", operator, role="front_desk", at=at)
        self.partner = factories.member(
            "uni", "就业办", factories.organisation("东海大学（示例）", kind="university", at=at),
            role="partner", at=at,
        )  # fmt: skip
        agency = factories.agency("上海知遇人才服务有限公司（示例）", at=at)
        factories.mandate(agency, self.cafe, at=at)
        self.agent = factories.member("dong", "董顾问", agency, role="partner", at=at)
        self.data_officer = factories.member(
            "qian", "钱专员", department, role="staff", duty="data_officer", at=at
        )
        self.editor = factories.member("su", "小苏", department, role="staff", duty="editor", at=at)
        self.sysadmin = factories.member("root", "罗工", department, role="sysadmin", at=at)
        self.auditor = factories.member("audit", "申老师", department, role="auditor", at=at)

    def _make_vacancies(self) -> None:
        at, cafe, hu = self.at, self.cafe, self.hu
        night = factories.employer(LONG_FIRM, at=at, industry_code="Q", valid_until=factories.soon(at, 12))
        self.long = factories.vacancy(
            night, LONG_TITLE, at=at, state="published", openings=120, education=5,
            place=factories.place(LONG_ADDRESS, 121.4010, 31.2120), tags=["包吃住", "五险一金"],
            hours="做六休一，早班 6:30–14:30，晚班 14:30–22:30，夜班 22:30–次日6:30",
            benefits="免费工作餐\n住宿四人间\n每年体检", pay_unit="month", pay_months=13,
            pay_min_fen=1_280_000, pay_max_fen=1_860_000, source="reposted",
            source_publisher="上海公共招聘网（示例）", verified_at=at,
        )  # fmt: skip
        self.draft = factories.vacancy(cafe, "周末咖啡师", at=at, requirements=WORDS)
        self.waiting = factories.vacancy(cafe, "烘焙师", at=at)
        self.waiting.submit(by=hu, at=at)
        self.held = factories.vacancy(cafe, "浴室服务员", at=at)
        self.held.submit(by=hu, at=at)
        Vacancy.objects.filter(pk=self.held.pk).update(requirements=WORDS)
        self.returned = factories.vacancy(cafe, "门店经理", at=at)
        self.returned.submit(by=hu, at=at)
        self.returned.give_back(by=self.reviewer, at=at, reason="请写清楚上班时间")
        self.paused = factories.vacancy(cafe, "外场服务员", at=at, state="published")
        self.paused.pause(by=hu, at=at, reason="先面试已投递的")
        self.closed = factories.vacancy(cafe, "收银员", at=at, state="published")
        self.closed.close("filled", by=hu, at=at)
        Report.make(self.long, reason="fee", words="说要先交服装费", by=None, at=at)

    def _make_applications(self) -> None:
        at, mine = self.at, self.barista
        self.invited = self._apply(self.li, mine, days=2)
        self.invited.see(by=self.hu, at=at)
        self.invited.invite(
            by=self.hu, at=at, meeting_at=at + timedelta(days=2), meeting_place="娄山关路500号一楼咖啡馆"
        )
        self.declined = self._apply(self.li, self.long, days=2)
        self.declined.decline(by=self.hu, at=at, reason="experience", words="这次想找有证的护理员。")
        self.fresh = self._apply(self.zhou, mine, days=0)
        self.sent = [self._apply(self.li, vacancy, days=1) for vacancy in self.open[:3]]
        more = [("欧阳明月", 7), ("赵一", 4), ("阿依古丽·买买提", 6)]
        for name, education in more:
            self._apply(
                factories.seeker(name, at=at, education=education, skills=["收银", "英语"]), mine, days=2
            )
        version = ModelVersion.objects.create(made_at=at, people=3, jobs=8, seconds=1.0)
        reasons = [
            {"kind": kind, "facts": FACTS[kind], "contribution": 0.3}
            for kind in ("title", "commute", "skills")
        ]
        for score, seeker, vacancy in [
            (0.9, self.li, self.open[5]), (0.8, self.li, self.long), (0.7, self.zhou, self.open[3]),
            (0.6, self.li, self.paused), (0.5, self.zhou, self.long),
        ]:  # fmt: skip
            Suggestion.objects.create(
                seeker=seeker,
                vacancy=vacancy,
                score=score,
                reasons=reasons,
                model_version=version,
                made_at=at,
            )
        self._suggest_to_the_cafe(version, reasons)
        self._make_engine(version)
        said_no = Suggestion.objects.create(
            seeker=self.li,
            vacancy=self.open[2],
            score=0.4,
            reasons=reasons,
            model_version=version,
            made_at=at,
        )
        said_no.decline(by=self.chen, at=at, reason="commute")
        for vacancy in (self.open[5], self.long, self.paused, self.open[0]):
            Favourite.keep(self.li, vacancy, at=at)
        self.referral = Referral.propose(
            officer=self.chen, seeker=self.li, vacancy=self.open[4], at=at, note="离您家走路十分钟。"
        )

    def _suggest_to_the_cafe(self, version: ModelVersion, reasons: list[Any]) -> None:
        """Three people without a name; one of them is not for us."""
        for n, name in enumerate(["沈一", "顾二", "司徒望舒"]):
            seeker = factories.seeker(name, at=self.at, wanted_text=LONG_TITLE, skills=["收银", "点单"])
            Consent.objects.create(
                person=seeker.person, purpose="suggested_to_employers", text_version="1", text="同意",
                channel="desk", given_at=self.at,
            )  # fmt: skip
            Suggestion.objects.create(
                seeker=seeker, vacancy=self.barista, score=0.5 - n / 10, reasons=reasons, made_at=self.at,
                model_version=version,
            )  # fmt: skip
        passing.pass_over(seeker, self.barista, "experience", by=self.hu, at=self.at)

    def _apply(self, seeker: Any, vacancy: Any, *, days: int) -> Application:
        return Application.submit(
            seeker=seeker, vacancy=vacancy, via="phone_web", by=self.li_user,
            at=self.at - timedelta(days=days), consent_version="1",
            consent_text="同意把姓名、出生年份、学历、经历和简历发给用人单位。",
        )  # fmt: skip

    def _make_care(self) -> None:
        at, chen, person = self.at, self.chen, self.li.person
        for days, words in [
            (-2, "问问体检结果，带身份证复印件来一趟，顺便看看社区食堂的岗位"),
            (0, ""),
            (3, "夜市报名"),
        ]:
            FollowUp.remind(person, by=chen, at=at, due_on=self.today + timedelta(days=days), words=words)
        FollowUp.remind(self.zhou.person, by=chen, at=at, due_on=self.today, words="简历修改")
        FollowUp.objects.create(
            kind="new_application", person=self.zhou.person, due_on=self.today, made_at=at
        )
        FollowUp.objects.create(kind="vacancy_recheck", vacancy=self.long, due_on=self.today, made_at=at)
        self.record = ServiceRecord.write(
            kind="contact",
            by=chen,
            at=at,
            person=person,
            channel="phone",
            result="reached",
            words="想做早班，离家近。",
        )
        wrong = ServiceRecord.write(
            kind="contact", by=chen, at=at, person=person, channel="visit", result="reached", words="打错了"
        )
        wrong.correct(by=chen, at=at, words="上门没有人")
        Shift.objects.create(user=chen, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=6))

    def _make_engine(self, version: ModelVersion) -> None:
        """A model that serves, one that was refused, and lists in which everybody is named the same."""
        judged = {
            "because": "judged", "people": 64, "labels": 812, "answered": 203, "candidate": 0.612,
            "candidate_error": 0.021, "serving": 0.604, "difference": 0.008, "low": -0.004, "high": 0.02,
            "worse": 0.02, "candidate_auc": 0.71,
        }  # fmt: skip
        version.verdict = {**judged, "stands": True}
        version.serve()
        ModelVersion.objects.create(
            made_at=self.at, people=3, jobs=8, seconds=1.0, state="refused", parent=version,
            verdict={**judged, "candidate": 0.55, "difference": -0.062, "worse": 0.99, "stands": False},
        )  # fmt: skip
        jobs = [row.uid for row in (*self.open, self.long)]
        job = np.tile(np.arange(len(jobs), dtype=np.int32), (30, 2))
        score = np.linspace(0.9, 0.5, 30 * job.shape[1], dtype=np.float32).reshape(job.shape)
        job[:, len(jobs) :] = -1
        people, places = np.array([f"p{n}" for n in range(30)]), np.ones(len(jobs), np.int32)
        sharing.write(Lists(people, np.array(jobs), places, job, score))

    def _make_office(self) -> None:
        at, qian = self.at, self.data_officer
        cells = intake_files.vacancy
        until = {"发布日期": f"{self.today:%Y-%m-%d}", "有效期至": f"{factories.soon(at, 40):%Y-%m-%d}"}
        rows = [
            cells(**until), cells(编号="T-2", 薪资待遇="很高很高", **until),
            cells(编号="T-3", 岗位描述=WORDS, **until),
            cells(编号="T-4", 岗位名称=LONG_TITLE, 工作地点="不知道哪里", **until),
        ]  # fmt: skip
        facts: dict[str, Any] = {"kind": "vacancies", "source": "街道", "by": qian, "at": at}
        self.previewed = preview(
            intake_files.workbook(*rows), name="九月岗位汇总（天山路街道）.xlsx", **facts
        )
        done = preview(intake_files.workbook(cells(编号="T-9", **until)), name="八月岗位.xlsx", **facts)
        self.committed = commit(done, by=qian, at=at)
        self.applying = factories.employer(
            "上海新泾口腔门诊部有限公司（示例）", at=at, state="submitted", verified_at=None, valid_until=None
        )
        for paper in ("business_licence", "recruitment_brief"):
            Credential.objects.create(
                organisation=self.applying, paper=paper, number="DEMO-0001", given_at=at,
                valid_until=factories.soon(at, 200),
            )  # fmt: skip
        audit.write("login", by=None, at=at, result="refused")
        read = "birth_on, committee_name, email, id_number, pay_floor_fen, pseudonym, sex, wanted_text"
        audit.write("read", by=self.chen, at=at, about=self.li.person, fields=read)

    def _make_screens(self) -> None:
        """Screens in every condition, and what hangs on them by day and over midnight."""
        at, of = self.at, self.wang.memberships.get().organisation
        self.barkeeper = factories.member("bar", "小朱", of, role="staff", duty="cafe", at=at)
        self.notice = signage.approved("周五求职夜市，十九点在一楼大厅", at=at, body="二十家单位现场面试。")
        self.asked = Content.write(
            "policy", by=self.editor, at=at, title="失业登记就近办", body="带身份证来。"
        )
        self.asked.submit(by=self.editor, at=at)
        hung = signage.hung(self.notice, signage.approved("停水通知", at=at), at=at, priority=1)
        self.playlist = hung.playlist
        signage.hung(signage.approved("夜间指引", at=at), at=at, priority=3, starts=time(21), ends=time(7))
        site = self.months.site
        self.window, _token = signage.device(name="门口展示窗", site=site, at=at)
        said = {"fps": 58, "heap_mb": 82.4, "skew_ms": 300, "item": self.notice.uid, "viewport": [1920, 1080]}
        hearing.beat(self.window, said, at=at)
        hearing.take_faults(self.window, [(str(uuid4()), "webgl_lost", at, "")], at=at)
        signage.device(name="走廊展示窗", site=site, at=at)
        Device.objects.create(kind="window", name="新展示窗")


def at_the_kiosk(vacancy: Any | None = None, user: Any = None) -> list[Client]:
    """Five visits: one waits for the digits, one is known, one has just applied, one is asked questions, one
    is of this user (None: nobody)."""
    waiting, known, thanked, asked, filed = (Client() for _visit in range(5))
    waiting.post("/kiosk/phone/", {"phone": "12000000071"})
    visits = [(known, "12000000072"), (thanked, "12000000073")]
    if user is not None:
        user.set_phone("12000000074")
        user.save()
        visits.append((filed, "12000000074"))
    for client, phone in visits:
        client.post("/kiosk/phone/", {"phone": phone})
        page = client.get("/kiosk/code/").content.decode()
        found = re.search(r'data-testid="shown-code">(\d{6})<', page)
        assert found
        client.post("/kiosk/code/", {"code": found[1]})
    said = {"name": "李小芳", "birth_year": "1974", "education": "4", "consent": "on"}
    if vacancy is not None:
        thanked.post(f"/kiosk/vacancies/{vacancy.uid}/application/", said)
    asked.get("/kiosk/suits/")
    return [waiting, known, thanked, asked, filed]


def session_of(who: Any) -> str:
    """The session cookie of an account, or of a test client that has been about already."""
    client = who
    if not isinstance(who, Client):
        client = Client()
        client.force_login(who)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
