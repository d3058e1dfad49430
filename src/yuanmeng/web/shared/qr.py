"""QR codes that point into this house and nowhere else, as SVG without colours of their own."""

from __future__ import annotations

import io

import segno


def svg(address: str) -> bytes:
    """This will be the code of an address, with the quiet zone of four modules that readers need."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        out, kind="svg", scale=8, border=4, dark="#1c2b33", light="#ffffff", xmldecl=False, omitsize=True
    )
    return out.getvalue()
