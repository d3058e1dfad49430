"""What granian serves: pages by the WSGI application in threads, streams on the loop (decision 8)."""

from __future__ import annotations

import asyncio
import signal
import threading
from typing import Any

from django.conf import settings

from yuanmeng.config.bridge import Pages, environ_of
from yuanmeng.config.wsgi import application as pages
from yuanmeng.config.wsgi import behind_proxy

# The models are there only now.
from yuanmeng.web.api.live.door import Live

# Streams believe the proxy as pages do.
said_by_proxy = behind_proxy(lambda environ, _start: environ)


class House:
    """One worker process: `__rsgi__` answers, the other two begin and end with it."""

    pages: Pages
    live: Live

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.run_until_complete(self._begin())
        self._end_streams_first(loop)

    async def _begin(self) -> None:
        self.pages = Pages(pages)
        self.live = Live(self.pages.answer)

    def _end_streams_first(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let SIGTERM end the streams too: granian waits for every request, and a stream has no end.

        The loop's own handler, granian's, is woken beside this one; the pages in hand are finished.
        """

        def end(number: int, frame: object) -> None:
            loop.call_soon_threadsafe(self.live.close)

        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, end)

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        environ = environ_of(scope)
        if scope.path == "/live":
            if settings.BEHIND_PROXY:
                said_by_proxy(environ, None)
            await self.live(scope, proto, environ)
        else:
            await self.pages.answer(scope, proto, environ)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.pages.close()


application = House()
