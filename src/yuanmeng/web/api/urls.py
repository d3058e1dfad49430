"""Addresses of the api surface: /api/v1/… and the document at /api/openapi.json."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI

from yuanmeng.web.api import document, problems
from yuanmeng.web.api.answers import HouseParser, Renderer
from yuanmeng.web.api.basemap import router as basemap
from yuanmeng.web.api.devices import router as devices
from yuanmeng.web.api.figures import router as figures
from yuanmeng.web.api.guard import guarded
from yuanmeng.web.api.me import router as me
from yuanmeng.web.api.notices import router as notices
from yuanmeng.web.api.postings import router as vacancies
from yuanmeng.web.api.programme import router as programme
from yuanmeng.web.api.session import router as session

app_name = "api"

api = NinjaAPI(
    title="Yuanmeng",
    version="1",
    description="Public employment service of a neighbourhood. Errors are application/problem+json.",
    openapi_url="openapi.json",
    docs_url=None,
    urls_namespace="api",
    renderer=Renderer(),
    parser=HouseParser(),
)
problems.handle_all(api)
for router in (figures, basemap, vacancies, programme, notices, session, me, devices):
    api.add_router("v1", router)


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """This will answer every address the API does not know."""
    return problems.not_found()


def _guarded() -> list[URLPattern]:
    """Every operation behind the guard; ninja's own pages are left out, the document is ours."""
    patterns = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.callback is not None]
    own = [one for one in patterns if one.name not in {"api-root", "openapi-json"}]
    return [path(str(one.pattern), guarded(one.callback), name=one.name) for one in own]


urlpatterns: list[URLPattern] = [
    *_guarded(),
    path("openapi.json", guarded(document.view_of(api)), name="document"),
    re_path(r"^(?P<rest>.*)$", guarded(nowhere), name="nowhere"),
]
