"""Reads one Mapbox vector tile (version 2); protobuf by hand, as nothing else here needs a library for it.

Source: the Mapbox Vector Tile Specification 2.1, sections 4.1–4.4. Areas are not read (see reading.py).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from math import atan, degrees, pi, sinh
from typing import Any

Fields = list[tuple[int, Any]]
POINT, LINE = 1, 2
MOVE, DRAW = 1, 2


class TileBroken(ValueError):
    """This will be raised for bytes that are no vector tile."""


def layers(tile: bytes) -> Iterator[tuple[str, bytes]]:
    """This will name the layers of a tile."""
    for number, value in fields(tile):
        if number == 3:
            yield _text(next((v for n, v in fields(value) if n == 1), b"")), value


def features(layer: bytes, z: int, x: int, y: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """This will give properties and geometry (degrees) of a layer's points and lines in tile z/x/y."""
    parts = list(fields(layer))
    keys = [_text(v) for n, v in parts if n == 3]
    values = [_value(v) for n, v in parts if n == 4]
    extent = next((v for n, v in parts if n == 5), 4096) or 4096
    for number, body in parts:
        if number == 2:
            yield from _feature(body, keys, values, (z, x, y, extent))


def _feature(body: bytes, keys: list[str], values: list[Any], where: Any) -> Iterator[Any]:
    own = list(fields(body))
    tags = [v for n, packed in own if n == 2 for v in _packed(packed)]
    if len(tags) % 2 or any(
        k >= len(keys) or v >= len(values) for k, v in zip(tags[::2], tags[1::2], strict=True)
    ):
        raise TileBroken("tags")
    properties = {keys[k]: values[v] for k, v in zip(tags[::2], tags[1::2], strict=True)}
    kind = next((v for n, v in own if n == 3), 0)
    drawn = list(_strokes([v for n, packed in own if n == 4 for v in _packed(packed)]))
    strokes = [[_degrees(px, py, *where) for px, py in stroke] for stroke in drawn]
    if kind == POINT:
        for point in (point for stroke in strokes for point in stroke):
            yield properties, {"type": "Point", "coordinates": point}
    elif kind == LINE and (long := [stroke for stroke in strokes if len(stroke) > 1]):
        yield properties, {"type": "MultiLineString", "coordinates": long}


def _strokes(numbers: list[int]) -> Iterator[list[tuple[int, int]]]:
    """Command integers become strokes: a move begins one, each draw adds a point (4.3)."""
    x = y = at = 0
    stroke: list[tuple[int, int]] = []
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command not in (MOVE, DRAW):
            continue
        if at + 2 * count > len(numbers):
            raise TileBroken("geometry")
        for _n in range(count):
            if command == MOVE and stroke:
                yield stroke
            stroke = [] if command == MOVE else stroke
            x, y = x + _signed(numbers[at]), y + _signed(numbers[at + 1])
            stroke.append((x, y))
            at += 2
    if stroke:
        yield stroke


def _degrees(px: int, py: int, z: int, x: int, y: int, extent: int) -> list[float]:
    span = 2.0**z
    return [
        (x + px / extent) / span * 360 - 180,
        degrees(atan(sinh(pi * (1 - 2 * (y + py / extent) / span)))),
    ]


def fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """This will give the fields of a protobuf message: numbers as int, everything else as bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        wire = key & 7
        if wire == 0:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        length, at = (8, at) if wire == 1 else (4, at) if wire == 5 else _varint(message, at)
        if wire not in (1, 2, 5) or at + length > len(message):
            raise TileBroken("field")
        yield key >> 3, message[at : at + length]
        at += length


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(message) and shift < 70:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7
    raise TileBroken("number")


def _packed(value: Any) -> Iterator[int]:
    if isinstance(value, int):
        yield value
        return
    at = 0
    while at < len(value):
        number, at = _varint(value, at)
        yield number


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def _value(message: bytes) -> Any:
    for number, value in fields(message):
        if number == 1:
            return _text(value)
        if number in (2, 3):
            return struct.unpack("<f" if number == 2 else "<d", value)[0]
        return _signed(value) if number == 6 else bool(value) if number == 7 else value
    return None


def _text(value: bytes) -> str:
    return value.decode("utf-8", errors="replace")
