"""Every page has the same frame, in both languages and sizes, and the house's rules about its bytes."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def page(client: Client, path: str = "/help/", **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


def test_pages_are_chinese_whatever_the_browser_prefers(client: Client):
    assert '<html lang="zh-Hans"' in page(client, **{"Accept-Language": "en-GB,en"})


def test_lang_en_turns_this_page_and_the_next_ones_english(client: Client):
    assert '<html lang="en"' in page(client, "/help/?lang=en")
    assert '<html lang="en"' in page(client)
    assert '<html lang="zh-Hans"' in page(client, "/help/?lang=zh-Hans")


def test_large_print_stays_until_it_is_switched_off(client: Client):
    assert 'class="elder"' in page(client, "/help/?elder=1")
    assert 'class="elder" data-text="1"' in page(client)
    assert "elder" not in page(client, "/help/?elder=0").split("<head>")[0]


def test_an_odd_size_or_language_is_ignored(client: Client):
    assert '<html lang="zh-Hans">' in page(client, "/help/?elder=9&lang=tlh")


def test_links_to_the_other_language_keep_the_rest_of_the_address(client: Client):
    assert "?q=%E5%92%96%E5%95%A1&amp;lang=en" in page(client, "/help/?q=咖啡&page=3")


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "FOO"])
def test_odd_methods_are_refused(client: Client, method: str):
    assert client.generic(method, "/help/").status_code == 405


def test_pages_say_what_they_may_not_use(client: Client):
    answer = client.get("/help/")
    assert "camera=()" in answer["Permissions-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


def test_no_page_of_ours_holds_inline_script_or_style(client: Client):
    for path in ["/help/", "/privacy/", "/login/", "/login/phone/", "/nowhere/"]:
        html = page(client, path)
        assert "<script>" not in html
        assert " style=" not in html


def test_an_unknown_address_gets_a_page_with_a_way_on(client: Client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert 'href="/vacancies/"' in answer.content.decode()


def test_a_stale_form_gets_a_sentence_and_saves_nothing():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/login/phone/", {"phone": "12000000001"})
    assert answer.status_code == 403
    assert "重新" in answer.content.decode()


def test_a_csp_report_leaves_no_address_in_the_log(client: Client, caplog: pytest.LogCaptureFixture):
    report = {"csp-report": {"violated-directive": "script-src", "document-uri": "http://x/me/?q=secret"}}
    assert client.post("/csp-report", report, content_type="application/json").status_code == 204
    assert client.post("/csp-report", "[" * 9000, content_type="application/json").status_code == 204
    assert "secret" not in caplog.text
