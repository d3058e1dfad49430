"""`demo`: a town with people in it. The first time builds it, the second time keeps what is there."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from yuanmeng.ops.outcome import Cannot, Outcome

PROFILES = ("town", "acceptance")


def add(parser: ArgumentParser) -> None:
    """Which town, and whether to serve it at once."""
    parser.add_argument("--profile", choices=PROFILES, default="town")
    parser.add_argument("--seed", type=int, default=None, help="same seed, same names and secrets")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--serve", action="store_true", help="serve it when it is built")


def run(options: Namespace) -> Outcome:
    """Build the town where there is none, say who can log in, and serve it when asked."""
    from django.conf import settings

    from yuanmeng.ops.demo.greeting import greeting
    from yuanmeng.ops.serve import HOST, refuse_a_taken_port
    from yuanmeng.ops.verbs import serve

    if options.serve:
        refuse_a_taken_port(HOST, options.port)
    data = Path(settings.DATA_DIR)
    card = _card(data) or _build(options)
    card = _on_port(data, card, options.port)
    print("\n".join(greeting(card)), flush=True)
    if options.serve:
        return serve.run(Namespace(port=options.port, host="", workers=2))
    return Outcome(facts={"profile": card["profile"], "card": str(data / "demo.json")})


def _card(data: Path) -> dict[str, Any] | None:
    path = data / "demo.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def _build(options: Namespace) -> dict[str, Any]:
    from django.conf import settings
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.core import ids
    from yuanmeng.ops.demo import acceptance, town
    from yuanmeng.ops.demo.steps import Steps
    from yuanmeng.recommend import door

    _refuse_a_lived_in_folder(Path(settings.DATA_DIR))
    make = acceptance.make if options.profile == "acceptance" else town.make
    steps = Steps()
    with ids.drawn_from(f"{options.profile}:{options.seed}"):
        card = make(f"http://127.0.0.1:{options.port}", steps, options.seed)
    with steps.step(_("Learning what titles mean")):
        door.learn_titles(at=timezone.now())
    return card.as_json(Path(settings.DATA_DIR))


def _refuse_a_lived_in_folder(data: Path) -> None:
    """A database without demo.json is somebody's own, or a demo that was interrupted: never built upon."""
    from django.db import connection
    from django.utils.translation import gettext as _

    from yuanmeng.ops import storage

    storage.prepare()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organisations_organisation")
        [found] = cursor.fetchone()
    if found:
        raise Cannot(
            _(
                "%(folder)s already holds data but no demo.json. "
                "Please use another folder, or “make demo-reset”."
            )
            % {"folder": data}
        )


def _on_port(data: Path, card: dict[str, Any], port: int) -> dict[str, Any]:
    """The card names the address the town is served at this time."""
    url = f"http://127.0.0.1:{port}"
    if card["base_url"] != url:
        card |= {"base_url": url, "serve": [*card["serve"][:-1], str(port)]}
        (data / "demo.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return card
