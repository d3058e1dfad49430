"""The WSGI application granian serves."""

from __future__ import annotations

import os
import threading
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuanmeng.config.settings")


def behind_proxy(served: Any) -> Any:
    """This will take the caller's address from a proxy on this machine and believe nobody else."""
    return wrap_wsgi_with_proxy_headers(served, trusted_hosts=["127.0.0.1", "::1"])


application: Any = get_wsgi_application()
from yuanmeng.recommend import passerby  # noqa: E402  (models are there only now)

# Every worker opens all rooms before it takes a visitor: the first one would wait a second for it.
_rooms = get_resolver().url_patterns
# Nor should the first passer-by at a kiosk wait until this process has read the street.
threading.Thread(target=passerby.warm, name="street", daemon=True).start()
if settings.BEHIND_PROXY:
    application = behind_proxy(application)
