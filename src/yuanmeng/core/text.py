"""One normal form for comparing and searching what people write.

Data stay as written; this form stands beside them.
"""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import get_language

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """Drop invisible and direction characters, squeeze white space, keep everything else."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def normal(text: str) -> str:
    """Return the form for comparing: width folded (NFKC), case folded, spaces squeezed."""
    return clean(unicodedata.normalize("NFKC", text)).casefold()


def in_language(chinese: str, english: str) -> str:
    """Return the words in the reader's language; Chinese where nobody has written the other."""
    return english if english and (get_language() or "").startswith("en") else chinese
