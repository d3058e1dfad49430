"""A wall or kiosk that is a device of the house carries what it needs; any other browser carries nothing."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from tests.nouns import signage as hang
from tests.web.test_wall import handed_over

pytestmark = pytest.mark.django_db


def test_a_wall_of_the_house_looks_as_the_office_set_it(at: datetime) -> None:
    row, token = hang.device("wall", at=at, site=hang.site(), name="1 号屏")
    row.theme, row.elder, row.seams = "night", True, {"columns": 3, "rows": 2, "gap_px": 20}
    row.save()
    client = Client()
    client.cookies["device"] = token
    page = client.get("/wall/").content.decode()
    facts = handed_over(page, "screen-device")
    assert (facts["uid"], facts["name"], facts["site"]["name"]) == (row.uid, "1 号屏", "才俊咖啡")
    assert handed_over(page, "wall-settings")["seams"]["columns"] == 3
    assert 'data-theme="night" class="elder"' in page


@pytest.mark.parametrize("kind", ["window", "kiosk"])
def test_the_wall_is_nobody_elses_device(at: datetime, kind: str) -> None:
    client = Client()
    client.cookies["device"] = hang.device(kind, at=at)[1]
    assert "screen-device" not in client.get("/wall/").content.decode()


def test_a_visitor_carries_nothing(client: Client) -> None:
    page = client.get("/wall/").content.decode()
    assert "screen-device" not in page and "<ym-attached" not in page
