"""A device shows what its manifest says, and the manifest is made of rows that two hands have touched.

Content (内容) is written by one and approved by another. A playlist (节目单) puts approved content in
an order. A placement (投放) says on which windows, on which days, at which hours. `signage.manifest` makes
of all this what one device shows over the next days.
"""

from yuanmeng.signage.models.beats import UpSpan
from yuanmeng.signage.models.commands import Command, CommandKind
from yuanmeng.signage.models.content import Content, ContentKind, ContentQuerySet, ContentState
from yuanmeng.signage.models.device import (
    Device,
    DeviceKind,
    DeviceQuerySet,
    Orientation,
    Theme,
    device_of,
    hash_of,
)
from yuanmeng.signage.models.issued import Ack, Issued
from yuanmeng.signage.models.media import Media
from yuanmeng.signage.models.pairing import Pairing
from yuanmeng.signage.models.placement import Placement, PlacementQuerySet
from yuanmeng.signage.models.playlist import Playlist, PlaylistItem
from yuanmeng.signage.models.scan import Scan
from yuanmeng.signage.models.trouble import Fault, FaultCode
from yuanmeng.signage.models.version import Version

__all__ = [
    "Ack", "Command", "CommandKind", "Content", "ContentKind", "ContentQuerySet", "ContentState", "Device",
    "DeviceKind", "DeviceQuerySet", "Fault", "FaultCode", "Issued", "Media", "Orientation", "Pairing",
    "Placement", "PlacementQuerySet", "Playlist", "PlaylistItem", "Scan", "Theme", "UpSpan", "Version",
    "device_of", "hash_of",
]  # fmt: skip
