"""Every address of the house, by surface. Each surface keeps its own list."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/", include("yuanmeng.web.api.urls")),
    path("", include("yuanmeng.web.api.live.urls")),
    path("wall/", include("yuanmeng.web.wall.urls")),
    path("windows/", include("yuanmeng.web.windows.urls")),
    path("kiosk/", include("yuanmeng.web.kiosk.urls")),
    path("employer/", include("yuanmeng.web.employer.urls")),
    path("desk/", include("yuanmeng.web.desk.urls")),
    path("office/", include("yuanmeng.web.office.urls")),
    path("", include("yuanmeng.ops.urls")),
    path("", include("yuanmeng.web.shared.urls")),
    path("", include("yuanmeng.web.citizen.urls")),
]

handler404 = "yuanmeng.web.shared.errors.not_found"
handler403 = "yuanmeng.web.shared.errors.forbidden"
handler500 = "yuanmeng.web.shared.errors.broken"
