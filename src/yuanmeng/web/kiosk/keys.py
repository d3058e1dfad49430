"""What the machine's own keyboard says (frontend/src/kiosk/keyboard)."""

from __future__ import annotations

from django.utils.translation import gettext as _


def keyboard_words() -> dict[str, str]:
    """This will be the words of `<ym-keyboard words="…">` for `json_script`."""
    return {
        "label": _("Keyboard"),
        "pinyin": _("Pinyin"),
        "hand": _("Handwriting"),
        "english": _("Letters"),
        "digits": _("Digits"),
        "delete": _("Delete"),
        "shift": _("Capital letters"),
        "space": _("Space"),
        "again": _("Write again"),
        "done": _("Done"),
        "square": _("Write one character here with your finger"),
        "hint_pinyin": _("Touch letters; the first letter of each syllable is enough"),
        "hint_hand": _("Write one character with your finger, then touch the right one here"),
        "learning": _("One moment, the writing is being prepared: {percent} %"),
    }
