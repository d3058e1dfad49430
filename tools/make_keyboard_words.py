"""This will write the words of the kiosk's keyboard: `python tools/make_keyboard_words.py WORDS READINGS`.

WORDS is `dict.txt` of the Python package jieba (MIT): words and how often they are written. READINGS is the
folder of the package pypinyin (MIT) with `pinyin_dict.json` and `phrases_dict.json`: how they are read. Our
own words (work, streets, districts) come from data/reference and stand first.

The file has three parts, parted by an empty line: surnames; one line a syllable with its characters, the most
written first and a star before who is mostly read otherwise; one word a line, the likelier first, with its
syllables only where its characters are mostly read otherwise.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
REFERENCE = PROJECT / "data" / "reference"
GOAL = PROJECT / "frontend" / "src" / "kiosk" / "keyboard" / "words.txt"
OWN = ("occupation_words", "job_words", "title_words", "industry_words", "skills", "gazetteer", "areas")
MOST_WORDS, LONGEST = 24_000, 4
RARE_READING = 0.004  # of all times a character is written
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季"
    "裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻"
    "苑迟邝官谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹"
)
# Read so as a surname.
READ_SO = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "区": "ou",
    "仇": "qiu",
    "盖": "ge",
    "朴": "piao",
    "查": "zha",
}
HUMMED = {"n", "ng", "m", "hm", "hng"}  # no syllables: they would cut others in two
# What the readings do not know, or know otherwise.
OUR_READINGS = {"长宁": ("chang", "ning")}
Reading = tuple[str, ...]


def main(dictionary: Path, pypinyin: Path) -> None:
    """This will read the sources and write the file."""
    how_often = dict(_written(dictionary))
    readings = Readings(pypinyin)
    own = list(dict.fromkeys(_own_words()))
    ours = set(own)
    plain = (
        {c for w in own for c in w} | {c for c in how_often if len(c) == 1 and _is_plain(c)} | set(SURNAMES)
    )
    share = _shares(how_often, readings, plain)
    common = sorted(
        (w for w in how_often if 1 < len(w) <= LONGEST and w not in ours), key=lambda w: -how_often[w]
    )
    words = [w for w in common if all(map(_is_plain, w))][:MOST_WORDS]
    first = {char: max(of, key=lambda one: of[one]) for char, of in share.items()}
    lines = [_word(word, readings.of(word), first) for word in own + words]
    surnames = [f"{char} {READ_SO.get(char, first[char])}" for char in dict.fromkeys(SURNAMES)]
    parts = ("\n".join(part) for part in (surnames, _syllables(share, first), lines))
    GOAL.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(f"{len(own)} own words, {len(words)} common ones, {len(share)} characters")


class Readings:
    """How characters and words are read, without tones."""

    def __init__(self, folder: Path) -> None:
        chars = json.loads((folder / "pinyin_dict.json").read_text(encoding="utf-8"))
        phrases = json.loads((folder / "phrases_dict.json").read_text(encoding="utf-8"))
        self.chars = {
            chr(int(code)): [_toneless(one) for one in said.split(",")] for code, said in chars.items()
        }
        self.phrases = {word: tuple(_toneless(one[0]) for one in said) for word, said in phrases.items()}
        self.phrases |= OUR_READINGS

    def of(self, word: str) -> Reading:
        """The reading of the word, put together from the longest known parts."""
        if not word:
            return ()
        known = (end for end in range(len(word), 1, -1) if word[:end] in self.phrases)
        end = next(known, 1)
        return (self.phrases[word[:end]] if end > 1 else (self.chars[word[0]][0],)) + self.of(word[end:])


def _toneless(said: str) -> str:
    """lǜ → lv, as everybody types it."""
    bare = unicodedata.normalize("NFD", said).replace("u\u0308", "v").replace("ê", "e")
    return re.sub("[^a-zv]", "", unicodedata.normalize("NFD", bare))


def _written(dictionary: Path) -> Iterator[tuple[str, int]]:
    """Words and how often they are written; no names of persons."""
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, often, kind = line.split(" ")
        if not kind.startswith("nr") or len(word) == 1:
            yield word, int(often)


def _is_plain(char: str) -> bool:
    """A character of GB 2312: what is written every day, in its simplified form."""
    try:
        return "\u4e00" <= char <= "\u9fff" and bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _own_words() -> Iterator[str]:
    yield from OUR_READINGS
    for name in OWN:
        yield from _texts(json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8")))


def _texts(node: Any) -> Iterator[str]:
    """Every Chinese word of two to six characters in a table, keys and values."""
    if isinstance(node, str):
        yield from (part for part in node.split() if re.fullmatch("[\u4e00-\u9fff]{2,6}", part))
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in {"_about", "source", "certainty", "standard", "why", "never_in_demo_data"}:
                yield from _texts(key)
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _shares(how_often: dict[str, int], readings: Readings, plain: set[str]) -> dict[str, Counter[str]]:
    """Per character, how often it is written with which reading, judged by the words it stands in."""
    share: dict[str, Counter[str]] = defaultdict(Counter)
    for word, often in how_often.items():
        if len(word) > 1 and all(char in readings.chars for char in word):
            for char, said in zip(word, readings.of(word), strict=True):
                share[char][said] += often
    for char in plain:
        share[char][readings.chars[char][0]] += max(1, how_often.get(char, 1))
    return {char: _frequent(share[char]) for char in plain}


def _frequent(of: Counter[str]) -> Counter[str]:
    total = of.total()
    return Counter({said: often for said, often in of.items() if said and often > RARE_READING * total})


def _syllables(share: dict[str, Counter[str]], first: dict[str, str]) -> list[str]:
    lines: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for char, of in share.items():
        for said, often in of.items():
            if said not in HUMMED:
                lines[said].append((-often, char if first[char] == said else f"*{char}"))
    return [
        said + " " + "".join(char for _often, char in sorted(chars)) for said, chars in sorted(lines.items())
    ]


def _word(word: str, reading: Reading, first: dict[str, str]) -> str:
    usual = tuple(first.get(char, "") for char in word)
    return word if reading == usual else f"{word} {' '.join(reading)}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
