"""Loops compiled by numba where it is installed (``pip install yuanmeng[fast]``).

A module of such loops is imported inside the function that calls it, after ``available`` said yes: so nothing
is paid at start, and everything works without numba. Compiling takes seconds, once: the machine code is kept
in the folder named by ``cache_in`` (the house: the data folder), else where numba keeps it
(``NUMBA_CACHE_DIR``, beside the module, the user's cache), else, where no such place may be written, in
memory only.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class BackendMissing(RuntimeError):
    """A back end was asked for by name and is not installed; the sentence names the extra that brings it."""


def available(package: str = "numba") -> bool:
    """Whether a package can be imported here."""
    return find_spec(package) is not None


def need(package: str, extra: str) -> None:
    """Raises BackendMissing with the command that installs the package."""
    if not available(package):
        raise BackendMissing(f"{package} is not installed: pip install yuanmeng[{extra}]")


def cache_in(folder: Path) -> None:
    """Keep machine code in this folder. To be called before the first compiled loop is used."""
    if available():
        numba: Any = import_module("numba")
        folder.mkdir(parents=True, exist_ok=True)
        numba.config.CACHE_DIR = str(folder)


def compiled(function: F) -> F:
    """The function as machine code that lets other threads run (the lock of the interpreter is given up)."""
    return _compiled(function)


def compiled_loosely(function: F) -> F:
    """The same where sums may be taken in another order, so that several are added at once."""
    return _compiled(function, fastmath={"reassoc", "contract"})


def _compiled(function: F, **options: Any) -> F:
    numba: Any = import_module("numba")
    try:
        kept: F = numba.njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # "no locator available": a read-only package and no home that may be written
        kept = numba.njit(nogil=True, **options)(function)
    return kept
