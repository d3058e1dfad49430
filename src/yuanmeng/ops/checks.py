"""What must never be true together: a demonstration and a production install, plain HTTP and the street."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import connections

from yuanmeng.places.ground.online import BASEMAPS, TIANDITU

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]", "testserver"})
PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1"}
POSTGRES = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def for_the_settings(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """This will refuse settings that open what only a demonstration on this machine may leave open."""
    return list(_of_the_settings())


def _of_the_settings() -> Iterator[CheckMessage]:
    outside = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK]
    public = bool(outside) or _is_public(settings.BASE_URL) or bool(settings.SECURE_PROXY_SSL_HEADER)
    if settings.DEMO_MODE and public:
        yield Error(
            "DEMO_MODE is on although this install answers to the outside.",
            hint="Unset YUANMENG_DEMO and use a data folder without demo.json: the demonstration shows phone "
            "codes, knows its passwords and serves 127.0.0.1 only.",
            id="yuanmeng.E001",
        )
    if settings.PLAIN_HTTP and not settings.DEMO_MODE and public:
        yield Error(
            "Plain HTTP is allowed although this install answers to the outside.",
            hint="Unset YUANMENG_PLAIN_HTTP and put TLS in front.",
            id="yuanmeng.E002",
        )
    if settings.DEBUG and public:
        yield Error(
            "DEBUG is on although this install answers to the outside.",
            hint="Unset YUANMENG_DEBUG.",
            id="yuanmeng.E003",
        )
    yield from _of_the_map()


def _of_the_map() -> Iterator[CheckMessage]:
    if settings.BASEMAP not in BASEMAPS:
        yield Error(
            f"YUANMENG_BASEMAP is “{settings.BASEMAP}”, which is no ground we know.",
            hint=f"Set it to one of: {', '.join(BASEMAPS)}.",
            id="yuanmeng.E004",
        )
    if settings.BASEMAP == TIANDITU and not settings.TIANDITU_KEY:
        yield Error(
            "YUANMENG_BASEMAP is tianditu, but YUANMENG_TIANDITU_KEY is empty.",
            hint="Set the key that 天地图 gave this install, or YUANMENG_BASEMAP=schematic.",
            id="yuanmeng.E005",
        )


def _is_public(url: str) -> bool:
    at = urlsplit(url)
    return at.scheme == "https" or (at.hostname or "") not in LOOPBACK


def for_the_database(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """This will read back what the database promises about crashes: without it acknowledged rows get lost."""
    return [message for name in databases or () for message in _of_the_database(connections[name])]


def _of_the_database(connection: Any) -> Iterator[CheckMessage]:
    postgres = connection.vendor == "postgresql"
    ask: Callable[[str], str] = (lambda name: f"SHOW {name}") if postgres else (lambda name: f"PRAGMA {name}")
    for name, wanted in (POSTGRES if postgres else PRAGMAS).items():
        with connection.cursor() as cursor:
            cursor.execute(ask(name))
            found = str(cursor.fetchone()[0]).lower()
        if found != wanted and not _in_memory(connection):
            yield Warning(
                f"The database says {name} = {found}; {wanted} is needed to keep what was acknowledged.",
                hint="See docs/reference/settings.md.",
                id="yuanmeng.W010",
            )


def _in_memory(connection: Any) -> bool:
    return "memory" in str(connection.settings_dict["NAME"])
