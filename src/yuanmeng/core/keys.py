"""The key ring: the few secrets of an install, in files only the service can read.

Keys: `secret` (Django), `index` (blind index), `field-1`, `field-2`, … (sealed fields; the
highest number seals, all open). They are made on first use and never logged.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


@dataclass
class Keyring:
    """Reads keys by name. `read` returns 32 secret bytes for a name, the same ones every time."""

    read: Callable[[str], bytes]
    field_key_id: int = 1
    _cache: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def in_folder(cls, folder: Path) -> Keyring:
        """Keep the keys in files of a folder (0700), made when first asked for."""
        ring = cls(lambda name: _file_key(folder / f"{name}.key"))
        numbers = [int(p.stem[6:]) for p in folder.glob("field-*.key") if p.stem[6:].isdigit()]
        ring.field_key_id = max(numbers, default=1)
        return ring

    @classmethod
    def from_phrase(cls, phrase: str) -> Keyring:
        """Derive all keys from one phrase. For tests: nothing is written anywhere."""
        return cls(lambda name: hashlib.sha256(f"{phrase}/{name}".encode()).digest())

    def key(self, name: str) -> bytes:
        if name not in self._cache:
            self._cache[name] = self.read(name)
        return self._cache[name]

    def text(self, name: str) -> str:
        return self.key(name).hex()

    def seal(self, plain: str, *, about: str) -> bytes:
        """Encrypt with AES-256-GCM: key id (2 bytes) · nonce (12) · ciphertext.

        `about` is bound into the seal, so that a cell copied to another row does not open.
        """
        nonce = os.urandom(12)
        sealed = self._box(self.field_key_id).encrypt(nonce, plain.encode(), about.encode())
        return self.field_key_id.to_bytes(2, "big") + nonce + sealed

    def open(self, sealed: bytes, *, about: str) -> str:
        """Decrypt what `seal` made. Raises cryptography's InvalidTag on any tampering."""
        box = self._box(int.from_bytes(sealed[:2], "big"))
        return box.decrypt(bytes(sealed[2:14]), bytes(sealed[14:]), about.encode()).decode()

    def _box(self, key_id: int) -> AESGCM:
        return AESGCM(self.key(f"field-{key_id}"))

    def index(self, value: str) -> str:
        """Return a blind index (HMAC-SHA256 hex): equal values meet, nobody can look them up."""
        return hmac.new(self.key("index"), value.encode(), hashlib.sha256).hexdigest()


def _file_key(path: Path) -> bytes:
    try:
        return bytes.fromhex(path.read_text().strip())
    except FileNotFoundError:
        return _make_file_key(path)


def _make_file_key(path: Path) -> bytes:
    """Write a new key once; of two processes starting at once, one writes and both read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _file_key(path)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    return _file_key(path)
