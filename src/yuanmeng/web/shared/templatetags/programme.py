"""How a session is said: its hours and where."""

from __future__ import annotations

from django import template

from yuanmeng.web.shared import programme

register = template.Library()
register.filter(programme.clock)
register.filter(programme.where)
