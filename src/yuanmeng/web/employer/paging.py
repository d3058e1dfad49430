"""Turning the pages of a list."""

from __future__ import annotations

from typing import Any


def pager(page: Any) -> dict[str, int]:
    """This will be what shared/_pager.html needs."""
    return {
        "page": page.number,
        "pages": page.paginator.num_pages,
        "previous": page.number - 1,
        "next": page.number + 1,
    }
