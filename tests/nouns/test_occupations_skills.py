"""Skills spotted in a text."""

from __future__ import annotations

from yuanmeng.occupations.skills import all_skills, skills_in


def test_it_lists_each_skill_once_in_order() -> None:
    text = "会意式咖啡和拉花；会Excel表格，excel 熟练"
    assert skills_in(text) == ["意式咖啡", "咖啡拉花", "Excel"]


def test_java_is_not_in_javascript() -> None:
    assert skills_in("熟悉JavaScript") == ["JavaScript"]
    assert skills_in("熟悉Java、JavaScript") == ["Java", "JavaScript"]


def test_what_people_write_is_shown_our_way() -> None:
    assert skills_in("会PS，持低压电工证，英语六级") == ["Photoshop", "低压电工", "CET-6"]


def test_the_list_has_an_end_and_an_empty_text_is_empty() -> None:
    assert skills_in("") == []
    assert len(skills_in("、".join(all_skills()), limit=5)) == 5


def test_no_skill_stands_twice() -> None:
    assert len(all_skills()) == len(set(all_skills())) > 180
