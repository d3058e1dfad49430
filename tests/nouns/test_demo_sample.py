"""The sample town: the same for the same seed, nobody in it is real, and its parts agree."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from yuanmeng.core.checks_cn import id_number_ok, uscc_ok
from yuanmeng.core.reference import reference
from yuanmeng.occupations.classify import occupation_of, section_of
from yuanmeng.places.gazetteer import STREET, find_place

PROJECT = Path(__file__).resolve().parents[2]
SAMPLE = PROJECT / "data" / "sample"


def table(name: str, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def sheets(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for sheet in load_workbook(SAMPLE / name).worksheets[1:]:
        _, header, *body = sheet.iter_rows(values_only=True)
        rows += [dict(zip((str(h).lstrip("*") for h in header), row, strict=True)) for row in body]
    return rows


def make_town(out: Path, *, seed: int) -> None:
    tool = PROJECT / "tools" / "make_sample_town.py"
    command = [sys.executable, str(tool), "--out", str(out), "--seed", str(seed)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def employers() -> list[dict[str, Any]]:
    return sheets("employers.xlsx")


@pytest.fixture(scope="module")
def vacancies() -> list[dict[str, Any]]:
    return sheets("vacancies.xlsx")


@pytest.fixture(scope="module")
def more() -> list[dict[str, str]]:
    return [row for row in table("vacancies_more.csv", "gb18030") if not row["职位编号"].startswith("GW9")]


@pytest.fixture(scope="module")
def people() -> list[dict[str, str]]:
    return [row for row in table("seekers.csv") if not row["编号"].startswith("QZ9")]


def test_the_same_seed_gives_the_same_bytes_as_those_in_the_house(tmp_path: Path) -> None:
    tool = PROJECT / "tools" / "make_sample_town.py"
    subprocess.run(
        [sys.executable, str(tool), "--out", str(tmp_path), "--seed", "2021"], check=True, capture_output=True
    )
    for made in tmp_path.iterdir():
        assert made.read_bytes() == (SAMPLE / made.name).read_bytes(), made.name


def test_another_seed_gives_another_town(tmp_path: Path) -> None:
    tool = PROJECT / "tools" / "make_sample_town.py"
    subprocess.run(
        [sys.executable, str(tool), "--out", str(tmp_path), "--seed", "7"], check=True, capture_output=True
    )
    assert (tmp_path / "seekers.csv").read_bytes() != (SAMPLE / "seekers.csv").read_bytes()


def test_the_town_has_the_promised_size(
    employers: list[dict[str, Any]],
    vacancies: list[dict[str, Any]],
    more: list[dict[str, str]],
    people: list[dict[str, str]],
) -> None:
    assert len(employers) == 180
    assert len(vacancies) + len(more) == 920
    heads = [row["招聘人数"] for row in vacancies] + [row["人数"] for row in more]
    assert 3500 <= sum(int(h) for h in heads if str(h).isdigit()) <= 3600
    assert len(people) == 2400
    assert sum(row["人员类别"] == "应届毕业生" for row in people) == 60
    assert sum(row["人员类别"] == "登记失业" for row in people) == 140


def test_industries_follow_the_sample_ratios(employers: list[dict[str, Any]]) -> None:
    wanted = reference("code_lists")["demo_ratios"]["values"]["industry_mix_percent"]
    counted = Counter(section_of(row["所属行业"]) for row in employers)
    for section, percent in wanted.items():
        assert abs(counted[section] / 1.8 - percent) < 1, section


def test_nobody_in_it_is_real(employers: list[dict[str, Any]], people: list[dict[str, str]]) -> None:
    partners = table("partners.csv")
    never = reference("gazetteer")["never_in_demo_data"]["organisations"]
    for row in [*employers, *partners]:
        assert row["单位名称"].endswith("（示例）") and row["单位名称"] not in never
        assert uscc_ok(row["统一社会信用代码"], demo=True) and row["统一社会信用代码"][2:8] == "319999"
    phones = [row["联系电话"] for row in [*employers, *partners]] + [row["手机号码"] for row in people]
    assert all(re.fullmatch(r"12\d{9}", phone) for phone in phones)
    assert len(set(phones)) == len(phones)
    ids = [row["身份证号"] for row in people if row["身份证号"]]
    assert len(ids) > 100 and all(
        number.startswith("319999") and id_number_ok(number, demo=True) for number in ids
    )


def test_an_identity_number_agrees_with_birth_and_sex(people: list[dict[str, str]]) -> None:
    for row in people:
        if number := row["身份证号"]:
            assert number[6:14] == row["出生日期"].replace("-", "")
            assert (int(number[16]) % 2 == 1) == (row["性别"] == "男")


def test_every_employer_stands_on_one_of_our_streets(employers: list[dict[str, Any]]) -> None:
    sure = [s["zh"] for s in reference("gazetteer")["streets"] if s["certainty"] == "sure"]
    for row in employers:
        found = find_place(row["单位地址"])
        assert found and found.precision == STREET, row["单位地址"]
        assert any(street in row["单位地址"] for street in sure)


def test_every_title_is_an_occupation_we_know(
    vacancies: list[dict[str, Any]], more: list[dict[str, str]]
) -> None:
    titles = {row["岗位名称"] for row in vacancies} | {row["职位"] for row in more}
    unknown = [title for title in titles if occupation_of(title) is None]
    assert not unknown


def test_no_firm_posts_one_title_twice(vacancies: list[dict[str, Any]], more: list[dict[str, str]]) -> None:
    pairs = Counter((row["单位名称"], row["岗位名称"]) for row in vacancies)
    pairs += Counter((row["公司"], row["职位"]) for row in more)
    assert max(pairs.values()) == 1


def test_a_resume_agrees_with_the_columns_beside_it(people: list[dict[str, str]]) -> None:
    for row in people[2:]:
        text = row["个人简历"]
        assert f"本人{row['出生日期'][:4]}年生" in text
        assert row["最高学历"] in text and row["期望岗位"] in text
        assert not row["毕业院校"] or row["毕业院校"] in text
        years = [int(year) for year in re.findall(r"(\d{4})年", text)]
        assert min(years) == int(row["出生日期"][:4])
        assert all(int(row["出生日期"][:4]) + 14 <= year for year in years[1:])


def test_a_requirement_does_not_ask_for_more_than_the_column(vacancies: list[dict[str, Any]]) -> None:
    for row in vacancies:
        for level in ("本科", "大专", "高中"):
            if f"{level}及以上" in row["任职要求"]:
                assert row["学历要求"] == level, row["招聘编号"]
