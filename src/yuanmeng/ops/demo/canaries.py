"""People whose every personal field holds a value found nowhere else: a leak can be sought by value."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from yuanmeng.core.checks_cn import DEMO_AREA, id_check_char
from yuanmeng.ops.demo.secrets import Seeded
from yuanmeng.people.models import Person
from yuanmeng.seekers.models import Seeker

# Signs that no other word of the house uses: 10 × 4 given names for 40 people.
FIRST, SECOND = "翀翎翾珺琤琮瑀璆璟瓒", "昉昀晞旸"
SURNAMES = "钟陆汪范金石廖贾夏韦"
GROUPS = ("4-03", "4-01", "4-09", "3-01", "2-06", "6-31", "4-07")
# Which fields of the card are canaries, by noun and class (core/visibility.toml).
PERSON = {"name": "L3", "phone": "L3", "email": "L3", "birth_on": "L3", "address": "L3", "id_number": "L4"}
SEEKER = {"school": "L3", "major": "L3", "last_job": "L3", "wanted_text": "L3"}


def make_person(number: int, secrets: Seeded, *, at: datetime) -> tuple[Person, str]:
    """This will make person `number` (from 1) and give the text of a résumé that only this person has."""
    mark = secrets.digits(f"mark{number}", 6)
    born = date(1966 + number % 38, 1 + number % 12, 1 + secrets.number(f"day{number}", 28))
    name = SURNAMES[number % 10] + FIRST[number % 10] + SECOND[(number - 1) // 10]
    row = Person(
        name=name, birth_on=born, birth_year=born.year, sex="12"[number % 2], made_at=at - timedelta(days=9),
        email=f"canary{number}.{mark}@example.cn",
        committee_name="天山四村居民区", committee_code="310105006903",
        address=f"玉屏南路{mark}弄{number}号", source="acceptance", external_id=f"P{number:02d}",
    )  # fmt: skip
    row.set_phone(f"120{secrets.digits(f'phone{number}', 8)}")
    row.set_id_number(_id_number(born, number))
    row.save()
    return row, f"简历样例{mark}：做事认真，能适应轮班，希望离家近。"


def wishes_of(number: int, secrets: Seeded) -> dict[str, Any]:
    """This will be what person `number` looks for; the words are nobody else's."""
    mark = secrets.digits(f"wish{number}", 6)
    return {
        "education": 4 + number % 4, "school": f"样例学校{mark}", "major": f"样例专业{mark}",
        "last_job": f"样例岗位{mark}", "wanted_text": f"样例意向{mark}",
        "skills": [f"样例技能{mark}", "Excel"],
        "years_experience": number % 15, "wanted_occupation_codes": [GROUPS[number % len(GROUPS)]],
        "pay_floor_fen": 420_000 + number * 1_301, "commute_max_minutes": 45, "home_area_code": "310105006",
        "home_lon": 121.4021, "home_lat": 31.2105, "intention": "1",
    }  # fmt: skip


def canaries_of(key: str, seeker: Seeker, text: str) -> list[dict[str, str]]:
    """This will list what must never be seen where the matrix does not allow it."""
    person = seeker.person
    found = [_canary(key, "Person", name, level, getattr(person, name)) for name, level in PERSON.items()]
    found += [_canary(key, "Seeker", name, level, getattr(seeker, name)) for name, level in SEEKER.items()]
    found += [
        _canary(key, "Seeker", "skills", "L3", seeker.skills[0]),
        _canary(key, "Resume", "text", "L3", text),
    ]
    return found


def _canary(key: str, noun: str, name: str, level: str, value: Any) -> dict[str, str]:
    return {"person": key, "noun": noun, "field": name, "class": level, "value": str(value)}


def _id_number(born: date, number: int) -> str:
    first17 = f"{DEMO_AREA}{born:%Y%m%d}{number * 2 + number % 2:03d}"
    return first17 + id_check_char(first17)
