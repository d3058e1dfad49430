"""Text as the engine reads it: normal form, hashed words and character n-grams.

Chinese has no spaces, so its "words" are two and three characters in a row; measured on Chinese postings they
beat a dictionary's words. Latin text gives whole words and three- and four-letter pieces. Everything is
hashed into a fixed number of buckets: no vocabulary has to be kept, and a text of tomorrow fits into the
model of today.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

U8 = NDArray[np.uint64]

BITS = 20
BUCKETS = 1 << BITS
CHARACTERS_MAX = 6_000  # of one text; a CV of ten thousand words says the rest twice
SATURATION = 1.2  # BM25's k1: the tenth mention adds little
TERMS_MAX = 96  # strongest terms kept of one text
# Kinds live in the two low bits of a bucket: one wide character, two or three of them, a latin word, its
# pieces.
CHARACTER, WORD_WIDE, WORD_LATIN, PIECE = range(4)
KIND_WEIGHT = np.array([0.5, 1.0, 1.3, 0.5], np.float32)

_GOLD = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.cumprod(np.full(64, 0x5851F42D4C957F2D, np.uint64))  # odd powers: position in a word matters
_WIDE = 0x2E80  # CJK, kana, hangul and beyond
_NOISE = re.compile(r"[^\w+#]+|_+")
_BETWEEN_WISHES = re.compile(r"[、,，;；/|\n]+")
_WORD = r"[^\W\d_]"
# Traits people write into a CV by habit. Taken out before anything is indexed: innocent neighbours such as
# 女装导购 stay, because only stand-alone words and labelled values go.
_TRAITS = re.compile(
    r"性别\s*[:：]?\s*[男女]?性?"
    r"|(?<!\w)[男女]性?(?!\w)"
    rf"|民族\s*[:：]\s*{_WORD}{{1,6}}|(?<!\w){_WORD}{{1,5}}族(?!\w)"
    r"|[已未]婚[已未]?育?|[已未]育|离异|丧偶|婚姻状况|婚育状况"
    rf"|(?:(?<!\w){_WORD}{{0,6}})?(?:户籍|户口|籍贯)(?:所在地|地|性质)?\s*[:：]?\s*{_WORD}{{0,8}}"
    rf"|(?:宗教信仰|政治面貌|健康状况|身体状况)\s*[:：]?\s*{_WORD}{{0,6}}"
    r"|(?<!\w)\w{0,3}[^\W书典古国]籍(?!\w)|(?<!\w)(?:身体)?健康(?!\w)"
    r"|糖尿病|高血压|心脏病|癫痫|抑郁症|精神病|肝炎|艾滋病|怀孕|孕期|哺乳期"
    r"|佛教徒|基督徒|天主教徒|穆斯林|中共党员|共青团员|残疾证?|乙肝\w{0,4}"
    r"|\d{2}\s*周?岁|(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?\s*出?生"
    r"|\b(?:male|female|married|unmarried|divorced|widowed|muslim|christian|buddhist)\b"
)


def folded(text: str) -> str:
    """Full-width to half-width, capitals to small (NFKC, casefold)."""
    return unicodedata.normalize("NFKC", text[:CHARACTERS_MAX]).casefold()


def normal(text: str) -> str:
    """The compared form: folded, no punctuation, single spaces; ``+`` and ``#`` stay (C++, C#)."""
    return _NOISE.sub(" ", folded(text)).strip()


def without_traits(text: str) -> str:
    """A person's words without sex, ethnicity, religion, hukou, marriage, health or age: normal form."""
    return normal(_TRAITS.sub(" ", folded(text)))


def wishes(text: str) -> list[str]:
    """The titles in "保洁员、食堂服务员", as written."""
    return [wish.strip() for wish in _BETWEEN_WISHES.split(text) if wish.strip()]


def shared_words(one: str, other: str) -> str:
    """The longest piece of at least two characters that both texts hold; empty when there is none."""
    one, other = sorted((normal(one), normal(other)), key=len)
    for length in range(min(len(one), 24), 1, -1):
        for start in range(len(one) - length + 1):
            piece = one[start : start + length]
            if piece in other and piece.strip() == piece:
                return piece
    return ""


def counts(texts: Sequence[str]) -> sp.csr_matrix:
    """How often each bucket occurs in each text (already in normal form): len(texts) × BUCKETS.

    1 all texts become one array of code points   2 every window of 1–4 characters inside a run is hashed
    3 so is every latin word   4 equal (text, bucket) pairs are counted. Texts do not see each other.
    """
    parts = [_counted(texts[at : at + 4_000]) for at in range(0, len(texts), 4_000)]
    return sp.vstack(parts, "csr") if parts else sp.csr_matrix((0, BUCKETS), dtype=np.float32)


def _counted(texts: Sequence[str]) -> sp.csr_matrix:
    code = np.frombuffer("\n".join(texts).encode("utf-32-le"), "<u4").astype(np.uint64)
    row = np.cumsum(code == 10).astype(np.int64)
    found = [*_windows(code), _latin_words(code)]
    key = np.concatenate([row[at] << BITS | _bucket(hashed, kind) for at, hashed, kind in found])
    key, often = np.unique(key, return_counts=True)
    starts = np.searchsorted(key, np.arange(len(texts) + 1, dtype=np.int64) << BITS)
    columns = (key & (BUCKETS - 1)).astype(np.int32)
    shape = (len(texts), BUCKETS)
    return sp.csr_matrix((often.astype(np.float32), columns, starts.astype(np.int32)), shape=shape)


def _bucket(hashed: U8, kind: int) -> NDArray[np.int64]:
    return ((hashed * _GOLD >> np.uint64(64 - BITS)).astype(np.int64) & ~3) | kind


def _windows(code: U8) -> list[tuple[NDArray[np.intp], U8, int]]:
    """(where, hash, kind) of character n-grams: 1–3 of wide script, 3–4 of latin; none crosses a space."""
    solid, wide, found = code > 32, code >= _WIDE, []
    for n, script, kind in (
        (1, wide, CHARACTER),
        (2, wide, WORD_WIDE),
        (3, wide, WORD_WIDE),
        (3, solid & ~wide, PIECE),
        (4, solid & ~wide, PIECE),
    ):
        size = max(len(code) - n + 1, 0)
        whole = np.ones(size, bool)
        for k in range(n):
            whole &= script[k : k + size]
        at = np.flatnonzero(whole)
        hashed = np.full(len(at), n, np.uint64)
        for k in range(n):
            hashed += code[at + k] * _STEP[k]
        found.append((at, hashed, kind))
    return found


def _latin_words(code: U8) -> tuple[NDArray[np.intp], U8, int]:
    """(where, hash, kind) of whole latin words of two letters or more."""
    latin = np.concatenate([[False], (code > 32) & (code < _WIDE), [False]])
    edges = np.flatnonzero(np.diff(latin.astype(np.int8)))
    start, end = edges[::2], edges[1::2]
    if not len(start):
        return start, np.zeros(0, np.uint64), WORD_LATIN
    inside = np.flatnonzero(latin[1:-1])
    place = inside - np.repeat(start, end - start)
    value = code[inside] * _STEP[np.minimum(place, 63)]
    first = np.cumsum(np.concatenate([[0], (end - start)[:-1]]))
    hashed = np.add.reduceat(value, first)
    long = end - start >= 2
    return start[long], hashed[long], WORD_LATIN


def rarity(frequency: NDArray[np.float32], texts: int) -> NDArray[np.float32]:
    """BM25's inverse document frequency per bucket; a bucket never seen is the rarest."""
    odds = (texts - frequency + 0.5) / (frequency + 0.5)
    return np.log1p(np.maximum(odds, 0)).astype(np.float32)


def weighted(found: sp.csr_matrix, idf: NDArray[np.float32]) -> sp.csr_matrix:
    """Counts → unit vectors: saturated counts × rarity × kind, the strongest TERMS_MAX of a row, length 1."""
    often, column = found.data, found.indices
    value = often / (often + SATURATION) * idf[column] * KIND_WEIGHT[column & 3]
    row = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    keep = _strongest(row, column, value, found.indptr)
    row, column, value = row[keep], column[keep], value[keep]
    length = np.sqrt(np.bincount(row, value.astype(np.float64) ** 2, minlength=found.shape[0]))
    value = (value / np.maximum(length[row], 1e-12)).astype(np.float32)
    starts = np.searchsorted(row, np.arange(found.shape[0] + 1)).astype(np.int32)
    return sp.csr_matrix((value, column, starts), shape=found.shape)


def _strongest(
    row: NDArray[np.intp], column: NDArray[np.int32], value: NDArray[np.float32], starts: NDArray[np.int32]
) -> NDArray[np.intp]:
    """Positions to keep, in their old order: buckets stay sorted, so sums run the same way round."""
    if np.diff(starts).max(initial=0) <= TERMS_MAX:
        return np.arange(len(row))
    order = np.lexsort((column, -value, row))
    place = np.arange(len(row)) - starts[row[order]]
    return np.sort(order[place < TERMS_MAX])
