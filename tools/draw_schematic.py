"""Draws our own schematic map of the sub-district: `python tools/draw_schematic.py`.

Worked out from facts: which street crosses which, the order of stations, the public limits. The streets and
landmarks come from data/reference/gazetteer.json, so a vacancy lies on the street its address names; the rest
stands below. True within about 150 m (stations 50 m) in WGS-84; every screen marks it 示意图.
Nothing was traced from a map extract; how it was drawn and how true it is: docs/reference/map.md.
"""

# ruff: noqa: E501 (a street is one line)
from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GAZETTEER = ROOT / "data" / "reference" / "gazetteer.json"
DRAWING = ROOT / "frontend" / "public" / "geo" / "tianshan_schematic.geojson"

Point = tuple[float, float]
Line = list[Point]
Feature = dict[str, Any]

STREET_NAMES = {
    "天山路": "Tianshan Rd", "娄山关路": "Loushanguan Rd", "玉屏南路": "Yuping Rd (S)", "遵义路": "Zunyi Rd",
    "安顺路": "Anshun Rd", "古北路": "Gubei Rd", "云雾山路": "Yunwushan Rd", "凯旋路": "Kaixuan Rd",
    "延安西路": "Yan'an Rd (W)", "天山支路": "Tianshan Branch Rd", "茅台路": "Maotai Rd", "仙霞路": "Xianxia Rd",
    "中山西路": "Zhongshan Rd (W)", "紫云路": "Ziyun Rd", "芙蓉江路": "Furongjiang Rd",
}  # fmt: skip
MAIN = {"天山路", "延安西路", "中山西路", "古北路"}

# Where a street goes on beyond the stops of the gazetteer, before its first and after its last.
BEYOND: dict[str, tuple[Line, Line]] = {
    "天山路": ([], [(121.3872, 31.2158), (121.3828, 31.2168), (121.3760, 31.2184)]),
    "古北路": ([(121.3940, 31.2205), (121.3925, 31.2240)], [(121.3950, 31.2048), (121.3940, 31.1990), (121.3936, 31.1955)]),
    "凯旋路": ([(121.4117, 31.2195)], [(121.4158, 31.1995), (121.4172, 31.1955)]),
    "延安西路": ([(121.4175, 31.2111), (121.4220, 31.2122), (121.4252, 31.2134)], [(121.3905, 31.2004), (121.3840, 31.1966), (121.3790, 31.1938)]),
    "中山西路": ([(121.4060, 31.2215), (121.4063, 31.2268)], [(121.4090, 31.2012), (121.4114, 31.1980), (121.4155, 31.1927)]),
    "仙霞路": ([], [(121.3915, 31.2086), (121.3875, 31.2097), (121.3800, 31.2118)]),
    "玉屏南路": ([], [(121.3905, 31.2153)]),
    "茅台路": ([], [(121.3916, 31.2116), (121.3860, 31.2132)]),
    "遵义路": ([], [(121.4039, 31.2205)]),
    "芙蓉江路": ([(121.3913, 31.2185)], []),
}  # fmt: skip

# Streets outside, only to give the eye its bearings.
AROUND: dict[str, tuple[str, Line]] = {
    "长宁路": ("Changning Rd", [(121.3800, 31.2222), (121.3925, 31.2228), (121.4060, 31.2218), (121.4118, 31.2212), (121.4220, 31.2219)]),
    "虹桥路": ("Hongqiao Rd", [(121.3800, 31.1972), (121.3905, 31.1985), (121.3980, 31.2003), (121.4080, 31.1980), (121.4172, 31.1988), (121.4235, 31.2003)]),
    "水城路": ("Shuicheng Rd", [(121.3868, 31.2160), (121.3875, 31.2097), (121.3876, 31.2014), (121.3882, 31.1960)]),
    "威宁路": ("Weining Rd", [(121.3836, 31.2225), (121.3828, 31.2168), (121.3815, 31.2110)]),
    "定西路": ("Dingxi Rd", [(121.4178, 31.2200), (121.4195, 31.2115), (121.4215, 31.2040)]),
    "新华路": ("Xinhua Rd", [(121.4158, 31.2030), (121.4215, 31.2045), (121.4250, 31.2065)]),
}  # fmt: skip

# Two elevated roads, each over the street of which the stops are known.
ELEVATED: dict[str, tuple[str, str]] = {
    "内环高架路": ("Inner Ring Elevated Rd", "中山西路"),
    "延安高架路": ("Yan'an Elevated Rd", "延安西路"),
}

# Line 2 runs under 天山路, line 15 under 古北路, lines 3 and 4 beside 凯旋路 on one viaduct.
METRO: dict[str, Line] = {
    "2": [(121.3691, 31.2184), (121.3828, 31.2167), (121.3900, 31.2150), (121.3957, 31.2136), (121.3988, 31.2131), (121.4036, 31.2128), (121.4062, 31.2144), (121.4090, 31.2178), (121.4116, 31.2200), (121.4180, 31.2207), (121.4270, 31.2214), (121.4421, 31.2253)],
    "15": [(121.3896, 31.2336), (121.3914, 31.2250), (121.3938, 31.2205), (121.3953, 31.2165), (121.3964, 31.2133), (121.3960, 31.2107), (121.3955, 31.2070), (121.3947, 31.2030), (121.3938, 31.1985), (121.3934, 31.1945)],
    "3/4": [(121.4072, 31.2331), (121.4080, 31.2265), (121.4116, 31.2202), (121.4126, 31.2160), (121.4128, 31.2130), (121.4125, 31.2105), (121.4127, 31.2082), (121.4143, 31.2036), (121.4169, 31.1988), (121.4176, 31.1955)],
    "10": [(121.3634, 31.1921), (121.3757, 31.1963), (121.3830, 31.1993), (121.3876, 31.2013), (121.3920, 31.2026), (121.3980, 31.2011), (121.4030, 31.1996), (121.4079, 31.1984), (121.4130, 31.1979), (121.4174, 31.1986), (121.4230, 31.2010), (121.4304, 31.2040)],
}  # fmt: skip
STATIONS: list[tuple[str, str, str, Point, bool]] = [
    ("娄山关路", "Loushanguan Rd", "2", (121.3988, 31.2131), True),
    ("娄山关路", "Loushanguan Rd", "15", (121.3965, 31.2132), False),  # one name for both halls
    ("威宁路", "Weining Rd", "2", (121.3828, 31.2167), True),
    ("中山公园", "Zhongshan Park", "2 3 4", (121.4116, 31.2201), True),
    ("江苏路", "Jiangsu Rd", "2 11", (121.4270, 31.2214), True),
    ("延安西路", "Yan'an Rd (W)", "3 4", (121.4127, 31.2083), True),
    ("虹桥路", "Hongqiao Rd", "3 4 10", (121.4174, 31.1986), True),
    ("水城路", "Shuicheng Rd", "10", (121.3876, 31.2013), True),
    ("伊犁路", "Yili Rd", "10", (121.3980, 31.2011), True),
    ("宋园路", "Songyuan Rd", "10", (121.4079, 31.1984), True),
]

# 东起凯旋路, 西至古北路, 南起安顺路, 北至云雾山路; between them along the streets that join these. North of 天山路
# the west side goes on to 芙蓉江路.
LIMITS: Line = [
    (121.3950, 31.2170), (121.3993, 31.2172), (121.4038, 31.2165), (121.4072, 31.2156), (121.4081, 31.2140),
    (121.4078, 31.2124), (121.4125, 31.2127), (121.4123, 31.2107), (121.4127, 31.2078), (121.4138, 31.2037),
    (121.4083, 31.2027), (121.4076, 31.2065), (121.4073, 31.2078), (121.4050, 31.2063), (121.4004, 31.2074),
    (121.3955, 31.2080), (121.3957, 31.2107), (121.3957, 31.2136), (121.3915, 31.2147), (121.3915, 31.2158), (121.3950, 31.2170),
]  # fmt: skip
PARKS: dict[str, tuple[str, Line]] = {
    "虹桥公园": ("Hongqiao Park", [(121.4039, 31.2098), (121.4049, 31.2097), (121.4052, 31.2086), (121.4040, 31.2083)]),
    "中山公园": ("Zhongshan Park", [(121.4124, 31.2222), (121.4180, 31.2222), (121.4178, 31.2248), (121.4128, 31.2250)]),
}  # fmt: skip
AREAS: list[tuple[str, str, Point, bool]] = [
    ("天山路街道", "Tianshan Road Sub-district", (121.4058, 31.2139), True),
    ("仙霞新村街道", "Xianxia Xincun Sub-district", (121.3880, 31.2075), False),
    ("周家桥街道", "Zhoujiaqiao Sub-district", (121.3990, 31.2205), False),
    ("华阳路街道", "Huayang Road Sub-district", (121.4200, 31.2165), False),
    ("新华路街道", "Xinhua Road Sub-district", (121.4195, 31.2070), False),
    ("虹桥街道", "Hongqiao Sub-district", (121.4030, 31.2022), False),
]
# Landmarks by which people here find their way; the map gets crowded beyond these.
SHOWN = {
    "金虹桥国际中心",
    "虹桥南丰城",
    "百盛优客城市广场",
    "SOHO天山广场",
    "东华大学延安路校区",
    "虹桥艺术中心",
    "长宁区图书馆",
}
SPACE = ("T3圆梦园", "T3 Yuanmeng Garden", (121.4001, 31.2103))


def main() -> None:
    """This will write the drawing, one feature a line, so that a change can be read."""
    gazetteer = json.loads(GAZETTEER.read_text(encoding="utf-8"))
    features = [
        *_areas(), *_parks(), *_streets(gazetteer["streets"]), *_metro(), *_landmarks(gazetteer["landmarks"]),
    ]  # fmt: skip
    head = {
        "type": "FeatureCollection",
        "name": "天山路街道示意图",
        "note": "示意图: true within about 150 m",
    }
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    text = json.dumps(head, ensure_ascii=False)[:-1] + ',\n"features":[\n' + lines + "\n]}\n"
    DRAWING.parent.mkdir(parents=True, exist_ok=True)
    DRAWING.write_text(text, encoding="utf-8")


def _areas() -> list[Feature]:
    area = _feature("Polygon", [_rounded(LIMITS)], kind="limits", zh=AREAS[0][0], en=AREAS[0][1])
    return [area] + [
        _feature("Point", at, kind="area", zh=zh, en=en, home=home) for zh, en, at, home in AREAS
    ]


def _parks() -> list[Feature]:
    return [
        _feature("Polygon", [_rounded(smoothed([*ring, ring[0]]))], kind="park", zh=zh, en=en)
        for zh, (en, ring) in PARKS.items()
    ]


def _streets(rows: list[dict[str, Any]]) -> list[Feature]:
    ours = [_street(row["zh"], [(x, y) for _, x, y in row["stops"]]) for row in rows]
    around = [
        _feature("LineString", _rounded(smoothed(line)), kind="street", rank="outer", zh=zh, en=en)
        for zh, (en, line) in AROUND.items()
    ]
    lines = {feature["properties"]["zh"]: feature["geometry"]["coordinates"] for feature in ours}
    above = [
        _feature("LineString", lines[street], kind="elevated", zh=zh, en=en)
        for zh, (en, street) in ELEVATED.items()
    ]
    return around + ours + above


def _street(name: str, stops: Line) -> Feature:
    before, behind = BEYOND.get(name, ([], []))
    line = smoothed([*reversed(before), *stops, *behind])
    rank = "main" if name in MAIN else "side"
    return _feature("LineString", _rounded(line), kind="street", rank=rank, zh=name, en=STREET_NAMES[name])


def _metro() -> list[Feature]:
    lines = [
        _feature("LineString", _rounded(smoothed(line)), kind="metro", line=number, zh=f"{number}号线", en=f"Line {number}")
        for number, line in METRO.items()
    ]  # fmt: skip
    return lines + [
        _feature("Point", at, kind="station", lines=numbers, zh=zh if named else "", en=en if named else "")
        for zh, en, numbers, at, named in STATIONS
    ]


def _landmarks(rows: list[dict[str, Any]]) -> list[Feature]:
    shown = [
        _feature("Point", (row["lon"], row["lat"]), kind="landmark", zh=row["zh"], en=row["en"])
        for row in rows
        if row["zh"] in SHOWN
    ]
    return [*shown, _feature("Point", SPACE[2], kind="space", zh=SPACE[0], en=SPACE[1])]


def smoothed(line: Line, steps: int = 4) -> Line:
    """This will round the corners of a line: a Catmull-Rom curve through all its points."""
    if len(line) < 3:
        return line
    ends = [line[0], *line, line[-1]]
    curve = [
        _between(ends[i - 1], a, b, ends[i + 2], step / steps)
        for i, (a, b) in enumerate(pairwise(ends[1:-1]), start=1)
        for step in range(steps)
    ]
    return [*curve, line[-1]]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    x, y = (
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
    )
    return x, y


def _rounded(line: Line) -> Line:
    return [(round(x, 5), round(y, 5)) for x, y in line]


def _feature(kind_of_geometry: str, coordinates: Any, **properties: Any) -> Feature:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind_of_geometry, "coordinates": coordinates},
    }


if __name__ == "__main__":
    main()
