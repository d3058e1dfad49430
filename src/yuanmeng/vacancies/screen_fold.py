"""The text as the screen reads it, with the way back to the text as written.

People dodge filters with full-width letters, blanks, stars and traditional characters: 限　女, 限*女, 戶籍.
Folding takes these away; `Folded` remembers for every folded character where it stood, so that a finding
points at the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ZERO_WIDTH = dict.fromkeys([0x00AD, 0x2060, 0xFEFF, 0xFE0F, *range(0x200B, 0x2010)])
# One character for one character, so that positions stay.
_SIMPLE = dict(
    zip(
        "戶籲婦歲證費訓貸殘漢學線員優親歡應須會無戀齡壓級掃碼設辦買單雙運動處體檢險電話",
        "户吁妇岁证费训贷残汉学线员优亲欢应须会无恋龄压级扫码设办买单双运动处体检险电话",
        strict=True,
    )
)
_TABLE: dict[int, str | None] = {**_ZERO_WIDTH, **{ord(old): new for old, new in _SIMPLE.items()}}
_FOLDED = frozenset(map(chr, _TABLE))

_BLANK = r"[ \t\r\f\v]+"
_DODGE = r"[*_丶·^`~]+"
# A blank beside a Chinese character means nothing in Chinese; between Latin words it parts them.
_SQUEEZE = re.compile(
    rf"(?<=[^\x00-\x7f]){_BLANK}|{_BLANK}(?=[^\x00-\x7f])|(?<=[^\x00-\x7f]){_DODGE}(?=[^\x00-\x7f])"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` for matching; `at[i]` is where its i-th character stood in the original, the end included."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that became `text[start:end]`, without the blanks dropped behind it."""
        return self.at[start], self.at[end - 1] + 1


def quick(text: str) -> str:
    """This will fold without remembering positions, at the speed of C: enough to see whether anything is
    there."""
    text = unicodedata.normalize("NFKC", text)
    # translate() costs more than all the rest, and hardly any posting needs it.
    return (text if _FOLDED.isdisjoint(text) else text.translate(_TABLE)).lower()


def squeezed(text: str) -> str:
    return _SQUEEZE.sub("", text)


def fold(text: str) -> tuple[Folded, Folded]:
    """This will fold and remember positions: first with blanks kept, then with the meaningless ones
    dropped."""
    letters: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(text):
        for piece in quick(letter):
            letters.append(piece)
            at.append(place)
    spaced = Folded("".join(letters), (*at, len(text)))
    return spaced, _without_blanks(spaced)


def _without_blanks(spaced: Folded) -> Folded:
    kept: list[int] = []
    last = 0
    for gap in _SQUEEZE.finditer(spaced.text):
        kept.extend(range(last, gap.start()))
        last = gap.end()
    kept.extend(range(last, len(spaced.text)))
    return Folded("".join(spaced.text[i] for i in kept), (*(spaced.at[i] for i in kept), spaced.at[-1]))
