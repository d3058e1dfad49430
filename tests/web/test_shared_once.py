"""Two taps are one intention, whichever way they overlap."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from yuanmeng.core.errors import Refused
from yuanmeng.core.models import IdempotencyKey
from yuanmeng.web.shared.once import OtherContent, once


@pytest.mark.django_db
def test_the_second_tap_gets_the_firsts_answer_without_doing_it_again(at: datetime):
    done: list[int] = []

    def act() -> str:
        done.append(1)
        return f"/done/{len(done)}"

    answers = [once("li", "k", "same", act, at=at) for _tap in range(3)]
    assert answers == ["/done/1"] * 3
    assert len(done) == 1


@pytest.mark.django_db
def test_other_content_under_a_used_key_is_refused(at: datetime):
    once("li", "k", "same", lambda: "/done/", at=at)
    with pytest.raises(OtherContent):
        once("li", "k", "other", lambda: "/done/", at=at)


@pytest.mark.django_db
def test_keys_of_others_do_not_meet(at: datetime):
    once("li", "k", "same", lambda: "/li/", at=at)
    assert once("zhou", "k", "same", lambda: "/zhou/", at=at) == "/zhou/"


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again(at: datetime):
    def refuse() -> str:
        raise Refused("no")

    with pytest.raises(Refused):
        once("li", "k", "same", refuse, at=at)
    assert once("li", "k", "same", lambda: "/done/", at=at) == "/done/"


@pytest.mark.django_db
def test_a_worker_that_died_does_not_block_the_form_for_good(at: datetime):
    IdempotencyKey.objects.create(actor="li", key="k", digest="same", status=0, at=at)
    assert once("li", "k", "same", lambda: "/done/", at=at + timedelta(seconds=31)) == "/done/"


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_do_it_once(at: datetime):
    done, answers, started = [], [], threading.Barrier(2)

    def act() -> str:
        done.append(1)
        return "/done/"

    def tap() -> None:
        started.wait()
        answers.append(once("li", "k", "same", act, at=at))
        connection.close()

    taps = [threading.Thread(target=tap) for _tap in range(2)]
    for thread in taps:
        thread.start()
    for thread in taps:
        thread.join()
    assert (done, answers) == ([1], ["/done/", "/done/"])
