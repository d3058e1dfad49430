"""Names, passwords, tokens that are the same for the same seed. For demonstrations only."""

from __future__ import annotations

import base64
import hashlib

# Easy to read out and to type; four of them and a number are long enough for staff (12 characters).
WORDS = (
    "amber", "bamboo", "brook", "cedar", "cloud", "coral", "crane", "dawn", "fern", "finch", "grove", "hazel",
    "heron", "ivory", "jade", "lake", "lark", "lotus", "maple", "mint", "moss", "olive", "orchid", "pine",
    "plum", "quartz", "reed", "river", "robin", "sage", "silk", "spruce", "stone", "swan", "tea", "tulip",
    "violet", "willow",
)  # fmt: skip


class Seeded:
    """This will derive every secret from the seed and what the secret is for, not from an order of calls."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def password(self, account: str) -> str:
        """Three words and two digits, e.g. maple-heron-jade-47."""
        raw = self._bytes("password", account)
        return "-".join(WORDS[byte % len(WORDS)] for byte in raw[:3]) + f"-{10 + raw[3] % 90}"

    def totp(self, account: str) -> str:
        """A base32 secret for an authenticator."""
        return base64.b32encode(self._bytes("totp", account)[:20]).decode()

    def token(self, device: str) -> str:
        """64 hex digits for a device."""
        return self._bytes("token", device).hex()

    def digits(self, what: str, count: int) -> str:
        """So many decimal digits."""
        return str(int.from_bytes(self._bytes("digits", what), "big") % 10**count).zfill(count)

    def number(self, what: str, below: int) -> int:
        """A number from 0 to below - 1."""
        return int.from_bytes(self._bytes("number", what), "big") % below

    def _bytes(self, *what: str) -> bytes:
        return hashlib.sha256("\x1f".join(("yuanmeng demo", str(self.seed), *what)).encode()).digest()
