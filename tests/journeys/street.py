"""A few vacancies in the streets round the station, open today: what wall and kiosk journeys look at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests import factories
from tests.nouns import signage as hang
from yuanmeng.programme.models import LineUp

# title, address, lon, lat, openings, education
POSTS = (
    ("咖啡师", "娄山关路480号", 121.4002, 31.2101, 2, None),
    ("厨房帮工", "娄山关路500号", 121.4001, 31.2103, 3, None),
    ("社区康养护理员", "玉屏南路260号", 121.4037, 31.2149, 4, 5),
    ("数据分析专员", "遵义路100号", 121.4036, 31.2085, 1, 7),
    ("商场客服主管", "天山路660号", 121.4036, 31.2124, 2, 6),
    ("保洁员", "天山路340号", 121.4078, 31.2114, 1206, None),
)


def open_vacancies(at: datetime) -> list[Any]:
    """This will publish one vacancy per post, each by an employer of its own; the first ends tomorrow."""
    made = [_vacancy(number, post, at) for number, post in enumerate(POSTS)]
    made[0].valid_until = (at + timedelta(days=1)).date()
    made[0].save()
    return made


def _vacancy(number: int, post: tuple[Any, ...], at: datetime) -> Any:
    title, address, lon, lat, openings, education = post
    firm = factories.employer(f"上海街坊{'甲乙丙丁戊己'[number]}号服务有限公司（示例）", at=at)
    place = factories.place(address, lon, lat)
    return factories.vacancy(
        firm, title, at=at, state="published", place=place, openings=openings, education=education
    )


def busy_day(at: datetime) -> None:
    """This will fill every block of the wall: industries, a week of sessions with long names, questions."""
    for vacancy, industry in zip(open_vacancies(at), "HLIOFQ", strict=True):
        vacancy.industry_code = industry
        vacancy.save(update_fields=["industry_code"])
    hall = factories.room("活动大厅", of=factories.site())
    salon = factories.event("人才沙龙：一起改简历、练自我介绍、谈薪资", room=hall, at=at)
    for days in range(1, 8):
        day = (at + timedelta(days=days)).date()
        factories.session(salon, day, at=at, by=hang.AUTHOR)
    for line_up in LineUp.objects.all():
        factories.published(line_up, by=hang.AUTHOR, reviewer=hang.REVIEWER, at=at)
    hang.approved(
        "试用期最长不得超过多久？" * 2, at=at, body="三个月以上不满一年的合同，试用期不得超过一个月。" * 8
    )
