"""What may be written into content, field by field, as it will be kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused
from yuanmeng.signage import wording
from yuanmeng.vacancies.query import VacancyQuery

LINES = {"title": 60, "title_en": 120}
PARAGRAPHS = {"body": 600, "body_en": 1200}
SHORTEST_S, LONGEST_S = 5, 120
# What a window can ask of the public search; the page and its size are the window's own business.
FILTERS = frozenset(
    {
        "q", "industry", "occupation", "employment_type", "area", "organisation", "education", "no_degree",
        "pay_min", "posted_days", "from", "minutes", "by", "sort",
    }
)  # fmt: skip
PLAIN = frozenset({"file", "valid_from", "valid_until"})


def checked(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """This will be the facts as they may be kept. Raises Refused; TypeError for a name there is not."""
    kept: dict[str, Any] = {
        name: wording.line(facts[name], most, field=name) for name, most in LINES.items() if name in facts
    }
    kept |= {
        name: wording.paragraphs(facts[name], most, field=name)
        for name, most in PARAGRAPHS.items()
        if name in facts
    }
    kept |= {name: facts[name] for name in PLAIN & set(facts)}
    if "query" in facts:
        kept["query"] = filters(facts["query"]) if kind == "vacancies" else {}
    if "link" in facts:
        kept["link"] = own_path(facts["link"])
    if "seconds" in facts:
        kept["seconds"] = seconds(facts["seconds"])
    odd = set(facts) - set(kept)
    if odd:
        raise TypeError(f"content has no {sorted(odd)}")
    return kept


def filters(query: Mapping[str, Any]) -> dict[str, Any]:
    """This will be filters of the public search in their one written form. Raises QueryRefused, Refused."""
    for name in query:
        if name not in FILTERS:
            words = _("There is no parameter “%(name)s”.") % {"name": str(name)[:40]}
            raise Refused(words, field="query", code="bad_query")
    return VacancyQuery.parse(query).to_params()


def own_path(link: str) -> str:
    """This will be a path on our own pages; a QR on our windows leads nowhere else. Raises Refused."""
    link = link.strip()
    odd = any(ord(char) <= 32 or char in '\\<>"' or ord(char) == 127 for char in link)
    if link and (not link.startswith("/") or link.startswith("//") or odd or len(link) > 200):
        raise Refused(
            _("The QR leads to our own pages only. Please give a path like /vacancies/."), field="link"
        )
    return link


def seconds(given: Any) -> int:
    if type(given) is not int or not SHORTEST_S <= given <= LONGEST_S:
        raise Refused(_("Content stays for 5 to 120 seconds. Please choose a time between."), field="seconds")
    return given
