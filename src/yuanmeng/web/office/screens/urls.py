"""Addresses of the office's pages for screens."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.office.screens import board, content, device, pairing, placements, playlists, takeover

urlpatterns = [
    path("screens/", board.listed, name="screens"),
    path("screens/export", board.export, name="screens_export"),
    path("screens/pairing", pairing.new, name="pair"),
    path("screens/takeover", takeover.show, name="takeover"),
    path("screens/takeover/<slug:uid>/end", takeover.end, name="end_takeover"),
    path("screens/<slug:uid>/", device.show, name="device"),
    path("screens/<slug:uid>/commands", board.nudge, name="nudge"),
    path("screens/<slug:uid>/pairing", pairing.again, name="pair_again"),
    path("screens/<slug:uid>/picture.png", device.picture, name="device_picture"),
    path("screens/<slug:uid>/revocation", device.revoke, name="revoke_device"),
    path("screens/<slug:uid>/token", device.rotate, name="rotate_token"),
    path("content/", content.listed, name="content"),
    path("content/new", content.new, name="new_content"),
    path("content/playlists/", playlists.listed, name="playlists"),
    path("content/playlists/<slug:uid>/", playlists.show, name="playlist"),
    path("content/playlists/<slug:uid>/name", playlists.rename, name="rename_playlist"),
    path("content/placements/", placements.listed, name="placements"),
    path("content/placements/new", placements.new, name="new_placement"),
    path("content/placements/day", placements.day, name="placement_day"),
    path("content/placements/<slug:uid>/withdrawal", placements.withdraw, name="withdraw_placement"),
    path("content/<slug:uid>/", content.show, name="one_content"),
    path("content/<slug:uid>/edit", content.edit, name="edit_content"),
    path("content/<slug:uid>/answer", content.answer, name="answer_content"),
]
