"""A series (event.py), one evening of it (session.py), and the month they are published in (line_up.py)."""

from yuanmeng.programme.models.event import WEEKDAYS, Event, Kind
from yuanmeng.programme.models.line_up import LINE_UP_MOVES, LineUp, LineUpState
from yuanmeng.programme.models.session import SESSION_MOVES, Session, SessionState

__all__ = [
    "LINE_UP_MOVES", "SESSION_MOVES", "WEEKDAYS", "Event", "Kind", "LineUp", "LineUpState", "Session",
    "SessionState",
]  # fmt: skip
