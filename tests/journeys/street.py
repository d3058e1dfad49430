"""A few vacancies in the streets round the station, open today: what wall and kiosk journeys look at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests import factories

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
