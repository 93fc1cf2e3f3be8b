"""scripts/bench rahasia: what can be said of closed figures by somebody who asks everything that anybody may ask.

    scripts/bench rahasia [--json FILE]

The attacker is the public, and in turn each kabupaten with a token of the demo, which knows its own raw figures. The database is
read beside, only to judge. Before, the attacker is tried on two tables that are known to be badly protected.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from bench import database, servers
from bench.rahasia.judge import Verdict, judge, truths
from bench.rahasia.traps import TRAPS
from bench.rahasia.walk import Caller, Place, walk
from bench.report import SCREEN, Work, conclude, show
from hub.db.private_cluster import PrivateCluster

_NAMED = 5  # places told of each kind


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench rahasia", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    chosen = options.parse_args()
    works = [Work(f"the attacker gets into: {name}", float(trap()), "", 1) for name, trap in TRAPS.items()]
    home = database.home() / "rahasia"
    rows: list[list[str]] = []
    with servers.demo(home) as server:
        tokens: dict[str, str] = json.loads((home / "token_contoh.json").read_text())
        attackers = {"": None, **{k: t for k, t in tokens.items() if len(k) > 2}}
        for own, token in attackers.items():
            row, bars = _attack(server.url, PrivateCluster(home / "pg").url("hub"), own, token)
            rows.append(row)
            works += bars
    show("Attackers", ["who", "questions", "cells", "unknown", "closed", "share", "primary", "recovered", "narrow", "wrong",
                       "small and open"], rows)  # fmt: skip
    return conclude([w.as_json() for w in works], chosen.json)


def _attack(url: str, database_url: str, own: str, token: str | None) -> tuple[list[str], list[Work]]:
    who = own or "the public"
    with Caller(url, token) as caller:
        heard = walk(caller)
    verdict = judge(heard, truths(database_url, list(heard.elements)), own)
    for word, places in _told(verdict, heard.contradictions, heard.opened_elsewhere).items():
        for text in places[:_NAMED]:
            SCREEN.print(f"{who}: {word}: {text}", soft_wrap=True)
    share = f"{verdict.unknowns / max(verdict.cells, 1):.1%}"
    numbers = (heard.asked, verdict.cells, verdict.unknowns, verdict.closed)
    leaks = (verdict.recovered, verdict.narrow, verdict.wrong, verdict.open_small)
    return [who, *map(str, numbers), share, str(verdict.primary), *(str(len(x)) for x in leaks)], [
        Work(f"{who}: cells seen", verdict.cells, "", 1),
        Work(f"{who}: primary cells recovered", len(verdict.recovered), "", 0, True),
        Work(f"{who}: primary cells too narrow", len(verdict.narrow), "", 0, True),
        Work(f"{who}: closed cells of which it says what is not so", len(verdict.wrong), "", 0, True),
        Work(f"{who}: two answers to one question", len(heard.contradictions), "", 0, True),
        Work(f"{who}: small cells that are open", len(verdict.open_small), "", 0, True),
        Work(f"{who}: closed here and open there", len(heard.opened_elsewhere), "", 0, True),
    ]


def _told(verdict: Verdict, contradictions: Iterable[Place], elsewhere: Iterable[Place]) -> dict[str, list[str]]:
    bounded = {"recovered": verdict.recovered, "narrow": verdict.narrow, "wrong": verdict.wrong}
    plain = {"small and open": verdict.open_small, "two answers": contradictions, "closed here, open there": elsewhere}
    return {
        **{w: [f"{p} is {b.smallest}…{b.largest}" for p, b in found] for w, found in bounded.items()},
        **{w: [str(p) for p in places] for w, places in plain.items()},
    }


if __name__ == "__main__":
    raise SystemExit(main())
