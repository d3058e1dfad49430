"""Masks, in one place: 王* · 138****1234 · 319999********0011 · a***@example.cn."""

from __future__ import annotations


def mask_name(name: str) -> str:
    """Keep the first character of a name; 王小明 becomes 王**."""
    return name[:1] + "*" * max(1, min(3, len(name) - 1)) if name else ""


def mask_phone(phone: str) -> str:
    """Keep three digits in front and four behind."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****" if phone else ""


def mask_id(number: str) -> str:
    """Keep the area in front and four characters behind of a resident ID."""
    return f"{number[:6]}********{number[-4:]}" if len(number) == 18 else "********" if number else ""


def mask_email(address: str) -> str:
    """Keep the first letter and the domain."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}***@{domain}" if domain else "***" if address else ""
