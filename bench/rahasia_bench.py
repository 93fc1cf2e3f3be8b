"""scripts/bench rahasia: what can be said of closed figures by somebody who asks everything that anybody may ask.

    scripts/bench rahasia [--small] [--seed N] [--public] [--growth] [--demo] [--json FILE]

A made-up province comes in kabupaten by kabupaten, with revisions, over the hub that is shipped and its worker. The attacker is the
public, and in turn each kabupaten with its token, which knows its own raw figures. The database is read beside, only to judge and to
know when what was approved. Before, the attacker is tried on two tables that are known to be badly protected.
"""

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import psycopg

from bench import database, servers
from bench.rahasia.approvals import approve_all
from bench.rahasia.argus import compare
from bench.rahasia.caller import Caller
from bench.rahasia.growth import look_through
from bench.rahasia.heard import Moment
from bench.rahasia.judge import Verdict, judge
from bench.rahasia.made import RATES, Made, build
from bench.rahasia.opened import open_large
from bench.rahasia.traps import TRAPS
from bench.rahasia.versions import read_versions
from bench.rahasia.walk import walk
from bench.report import SCREEN, Work, conclude, show
from hub.db.migrate import migrate
from hub.db.private_cluster import SERVICE, PrivateCluster, login_url
from hub.db.rights import ServiceLogin

_TWENTY = (1,) * 12 + (2,) * 8  # sensitivities of the elements of a form
_NAMED = 5  # places told of each kind
_PATIENCE = 60.0  # seconds for totals to be made
_MADE = Made(periods=("2025-TW1", "2025-TW2", "2025-TW3"))
_SMALL = Made(kabupaten=4, kecamatan=3, desa=3, periods=("2025-TW1", "2025-TW2"), revisions=1)
_HEAD = ["who", "questions", "sums", "cells", "unknown", "closed", "share", "primary", "recovered", "narrow", "wrong", "small and open",
         "walk s", "reckon s"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A hub that is attacked. `tokens`: of each kabupaten that attacks; `moments`: when pages were kept; `made`: it is the made-up province,
    of which the attacker knows what everybody there knows."""

    url: str
    database_url: str
    tokens: Mapping[str, str]
    moments: Sequence[Moment] = ()
    made: bool = False


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench rahasia", description=__doc__)
    options.add_argument("--small", action="store_true", help="a smaller province")
    options.add_argument("--seed", type=int, default=7, metavar="N", help="another province (7)")
    options.add_argument("--public", action="store_true", help="attack as the public only")
    options.add_argument(
        "--growth", action="store_true", help="only how long a province of 8.563 desa takes to look through"
    )
    options.add_argument("--demo", action="store_true", help="attack the figures of the demo instead")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    chosen = options.parse_args()
    if chosen.growth:
        return conclude([w.as_json() for w in _growth()], chosen.json)
    works = [Work(f"the attacker gets into: {name}", float(trap()), "", 1) for name, trap in TRAPS.items()]
    if chosen.demo:
        works += _demo(public=chosen.public)
        return conclude([w.as_json() for w in works], chosen.json)
    with _made_up(replace(_SMALL if chosen.small else _MADE, seed=chosen.seed), works) as target:
        if chosen.public:
            target = replace(target, tokens={})
        works += _attack_all("the made-up province", target)
        works += _without_secondary(target)
    works += _beside_argus()
    return conclude([w.as_json() for w in works], chosen.json)


def _demo(*, public: bool) -> list[Work]:
    """The demo with its story of thirty kabupaten, as it is shipped and stands now; its tokens are of two of them. Asked for is every
    figure, by every breakdown, at every level, in every period; older pages, maps, indicators and other days' borders of 1.500 rekap would take
    days to ask for, and are tried on the made-up province."""
    home = database.home() / "rahasia"
    with servers.demo(home, story=True) as server:
        url = PrivateCluster(home / "pg").url("hub")
        _await_totals(url)
        tokens: dict[str, str] = json.loads((home / "token_contoh.json").read_text())
        offices = {} if public else {k: t for k, t in tokens.items() if len(k) > 2}
        return _attack_all("the demo", Target(server.url, url, offices))


@contextmanager
def _made_up(size: Made, works: list[Work]) -> Iterator[Target]:
    """A hub in which everything of that province was approved, and its totals made."""
    with database.cluster() as private:
        with psycopg.connect(private.url(), autocommit=True) as conn:
            conn.execute("DROP DATABASE IF EXISTS bench_rahasia WITH (FORCE)")
            conn.execute("CREATE DATABASE bench_rahasia")
        url = private.url("bench_rahasia")
        migrate(url, service=ServiceLogin(SERVICE, private.password(SERVICE)))
        province = build(url, login_url(url), size)
        with servers.hub(url, database.home(), "rahasia") as server:
            begun = time.monotonic()
            moments, seconds = approve_all(server.url, province, lambda: _await_totals(url))
            SCREEN.print(f"{len(seconds)} approvals in {time.monotonic() - begun:.0f} s")
            works.append(Work("totals stand after an approval, longest", max(seconds), "s", 2, True))
            _tell_layer(url, moments[1::2])
            offices = {k: province.tokens[k] for k in province.kabupaten}
            yield Target(server.url, url, offices, moments, made=True)


def _await_totals(database_url: str) -> None:
    """Until the hub's worker has nothing to do. Raises TimeoutError."""
    deadline = time.monotonic() + _PATIENCE
    with psycopg.connect(database_url, autocommit=True) as conn:
        while conn.execute(
            "SELECT 1 FROM procrastinate.procrastinate_jobs WHERE status IN ('todo', 'doing') LIMIT 1"
        ).fetchone():
            if time.monotonic() > deadline:
                raise TimeoutError(f"totals are not made after {_PATIENCE:.0f} s")
            time.sleep(0.02)


def _tell_layer(database_url: str, moments: Sequence[Moment]) -> None:
    """How much is hidden, and what waits since when. `moments`: right after the totals of each approval."""
    with psycopg.connect(database_url) as conn:
        rows = conn.execute(
            """
SELECT r.elemen, r.tingkat, count(*), count(*) FILTER (WHERE r.status = 'DISUPRESI') FROM angka_rilis r JOIN elemen e ON e.kode = r.elemen
WHERE e.sensitif >= 1 AND NOT r.turunan GROUP BY 1, 2 ORDER BY 1, 2"""
        ).fetchall()
        totals = conn.execute(
            "SELECT count(*), count(*) FILTER (WHERE r.status = 'DISUPRESI') FROM angka_rilis r JOIN elemen e ON e.kode = r.elemen "
            "WHERE r.tingkat = 1 AND NOT r.turunan AND e.sensitif >= 1"
        ).fetchone()
        waiting = conn.execute(
            "SELECT t.sebab, e.formulir, t.periode, t.sejak FROM rilis_tunggu t JOIN elemen e ON e.kode = t.elemen"
        ).fetchall()
    show("Released cells", ["element", "level", "cells", "hidden", "share"],
         [[e, str(t), str(n), str(h), f"{h / n:.0%}"] for e, t, n, h in rows])  # fmt: skip
    every, closed = totals or (0, 0)
    SCREEN.print(f"{every} totals of the province, of which {closed} are closed")
    ages: dict[str, list[int]] = {}
    for why, formulir, periode, since in waiting:
        later = [
            m
            for m in moments
            if (m.formulir, m.periode) == (formulir, periode) and datetime.fromisoformat(m.at) > since
        ]
        ages.setdefault(why, []).append(len(later) - 1)
    show("What waits, and for how many approvals of its form and period by now", ["why", "how many", "of totals", "median", "longest"],
         [[w, str(len(a)), f"{len(a) / max(every, 1):.0%}", str(sorted(a)[len(a) // 2]), str(max(a))]
          for w, a in sorted(ages.items())])  # fmt: skip


def _attack_all(where: str, target: Target) -> list[Work]:
    rows: list[list[str]] = []
    works: list[Work] = []
    for own, token in {"": None, **target.tokens}.items():
        row, bars = _attack(where, target, own, token)
        rows.append(row)
        works += bars
    show(f"Attackers of {where}", _HEAD, rows)
    return works


def _without_secondary(target: Target) -> list[Work]:
    """The attacker must get in where only small counts are hidden: now, as the public."""
    opened = open_large(target.database_url)
    with Caller(target.url) as caller:
        heard = walk(caller, moments=(), rates=RATES, alike=True)
    verdict = judge(heard, read_versions(target.database_url, heard.elements))
    return [
        Work("without secondary suppression: cells that were hidden for others", opened, "", 1),
        Work("without secondary suppression: recovered", len(verdict.recovered), "", 1),
    ]


def _beside_argus() -> list[Work]:
    try:
        found = compare(database.home())
    except RuntimeError as error:  # there is no build of it for every Python and machine
        SCREEN.print(f"not compared with τ-ARGUS: {error}")
        return []
    SCREEN.print(
        f"{found.tables} tables of an office by sex, {found.primary} small cells: the hub hides {found.ours} cells, τ-ARGUS {found.theirs}"
    )
    return [Work("hidden cells beside those of τ-ARGUS", found.ours / found.theirs, "×", 1.2, True)]


def _growth() -> list[Work]:
    found = [look_through(sensitivity, seed) for seed, sensitivity in enumerate(_TWENTY)]
    show("A province of 8.563 desa, a form and period", ["sensitivity", "elements", "versions", "cells", "primary", "hidden", "asked one by one",
         "releases s", "audit s"], [
        [str(s), str(len(mine)), *(str(sum(n)) for n in zip(*((x.versions, x.cells, x.primary, x.hidden, x.asked) for x in mine), strict=True)),
         f"{sum(x.released for x in mine):.0f}", f"{sum(x.looked for x in mine):.0f}"]
        for s in sorted(set(_TWENTY)) if (mine := [x for x in found if x.sensitivity == s])])  # fmt: skip
    return [
        Work("audit of 20 elements of one form and period, the public", sum(x.looked for x in found), "s", 60, True),
        Work("a release of a kabupaten, longest of one element", max(x.longest for x in found), "s", 2, True),
        Work("too narrow", sum(x.narrow for x in found), "", 0, True),
        Work("primary cells", sum(x.primary for x in found), "", 1),
    ]


def _attack(where: str, target: Target, own: str, token: str | None) -> tuple[list[str], list[Work]]:
    who = f"{own or 'the public'} in {where}"
    # an office looks at the totals; the public looks before them, too
    moments = target.moments[1::2] if own else target.moments
    begun = time.monotonic()
    with Caller(target.url, token, own) as caller:
        heard = walk(
            caller, moments=moments, rates=RATES if target.made else {}, alike=target.made, figures_only=not target.made
        )
    walked = time.monotonic() - begun
    begun = time.monotonic()
    verdict = judge(heard, read_versions(target.database_url, heard.elements), own)
    reckoned = time.monotonic() - begun
    contradictions = [*map(str, heard.contradictions), *map(str, verdict.differ)]
    elsewhere = [str(p) for p in heard.opened_elsewhere]
    for word, places in _told(verdict, contradictions, elsewhere).items():
        for text in places[:_NAMED]:
            SCREEN.print(f"{who}: {word}: {text}", soft_wrap=True)
    numbers = (heard.asked, len(heard.claims), verdict.cells, verdict.unknowns, verdict.closed)
    leaks = (verdict.recovered, verdict.narrow, verdict.wrong, verdict.open_small)
    row = [own or "the public", *map(str, numbers), f"{verdict.closed / max(verdict.cells, 1):.1%}", str(verdict.primary),
           *(str(len(x)) for x in leaks), f"{walked:.0f}", f"{reckoned:.0f}"]  # fmt: skip
    SCREEN.print(
        f"{who}: {verdict.primary} primary cells, recovered {len(verdict.recovered)}, narrow {len(verdict.narrow)}"
    )
    return row, [
        Work(f"{who}: primary cells", verdict.primary, "", 1),
        *([Work(f"{who}: answers about several places", len(heard.claims), "", 1)] if target.made else []),
        Work(f"{who}: recovered", len(verdict.recovered), "", 0, True),
        Work(f"{who}: too narrow", len(verdict.narrow), "", 0, True),
        Work(f"{who}: taken for sure and not so, or told by no released figure", len(verdict.wrong), "", 0, True),
        Work(f"{who}: two answers to one question", len(contradictions), "", 0, True),
        Work(f"{who}: small cells that are open", len(verdict.open_small), "", 0, True),
        Work(f"{who}: closed here and open there", len(elsewhere), "", 0, True),
    ]


def _told(verdict: Verdict, contradictions: list[str], elsewhere: list[str]) -> dict[str, list[str]]:
    bounded = {"recovered": verdict.recovered, "narrow": verdict.narrow}
    return {
        **{w: [f"{p} is {b.smallest}…{b.largest}" for p, b in found] for w, found in bounded.items()},
        "wrong": verdict.wrong, "small and open": [str(p) for p in verdict.open_small],
        "two answers": contradictions, "closed here, open there": elsewhere,
    }  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
