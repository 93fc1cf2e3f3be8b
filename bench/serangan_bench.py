"""scripts/bench serangan: what used to stop the hub is done to it again, each attack to a hub of its own, freshly started.

    scripts/bench serangan [--json FILE] [--only WORDS]

While it lasts, somebody else asks /siap and a small question all the time: nobody may wait longer than 250 ms. Afterwards the
hub must live and hold hardly more memory than before. Tiles are measured over the country of `scripts/bench batas`.
"""

import argparse
import json
import time
from pathlib import Path

from bench import database, servers
from bench.attack_client import Target
from bench.attack_tiles import tiles
from bench.attacks import ATTACKS
from bench.report import SCREEN, Work, conclude, show
from bench.watch import Watch, memory_mib

_WAIT_MS, _LEFT_MIB = 250.0, 64.0
_SETTLE = 20.0  # seconds within which memory must have been given back


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench serangan", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--only", default="", metavar="WORDS", help="only attacks whose name holds these words")
    chosen = options.parse_args()
    works: list[Work] = []
    rows: list[list[str]] = []
    for name in (n for n in ATTACKS if chosen.only in n):
        row, bars = _attack(name)
        rows.append(row)
        works += bars
        SCREEN.print(" | ".join(row), soft_wrap=True)
    show(
        "Attacks",
        ["attack", "wait /siap ms", "wait small ms", "before MiB", "peak", "after", "alive"],
        [r[:7] for r in rows],
    )
    if chosen.only in "ubin":
        works += tiles()
    return conclude([w.as_json() for w in works], chosen.json)


def _attack(name: str) -> tuple[list[str], list[Work]]:
    """The row of the table (what the hub told last) and the bars."""
    with servers.demo(database.home() / "serangan") as server:
        home = database.home() / "serangan"
        tokens: dict[str, str] = json.loads((home / "token_contoh.json").read_text())
        target = Target(server.url, tokens, home / "demo.log")
        _warm(target)
        with Watch(server) as watch:
            outcome = ATTACKS[name](target)
        after = _settled(server, watch.before_mib)
        alive = after > 0
    row = [
        name,
        *(f"{watch.waits[k]:.0f}" for k in ("siap", "kecil")),
        *(f"{m:.0f}" for m in (watch.before_mib, watch.peak_mib, after)),
        "yes" if alive else "NO",
        outcome.told,
    ]
    return row, [
        Work(f"{name}: longest wait", max(watch.waits.values()), "ms", _WAIT_MS, True),
        Work(f"{name}: memory kept", after - watch.before_mib, "MiB", _LEFT_MIB, True),
        Work(f"{name}: alive", float(alive), "", 1),
        *(Work(f"{name}: {b.work}", b.value, b.unit, b.bar, b.most) for b in outcome.bars),
    ]


def _warm(target: Target) -> None:
    """What a hub has in memory once it has worked at all: no attack is charged with it."""
    for _ in range(50):
        target.ask('{ provinsi(kode: "53") { kabupaten { kecamatan { nama } } } }', token=target.tokens["53.14"])
    target.upload("mutation ($b: Upload!) { unggahRekap(berkas: $b, pelapor: \"53.14\", formulir: \"F02\", periode: \"2021\", "
                  "kunciIdempoten: \"awal\", uji: true) { __typename } }", {}, "a.csv", b"wilayah,BAN01\n53.14.01.2005,5\n",
                  target.tokens["53.14"])  # fmt: skip


def _settled(server: servers.Server, before: float) -> float:
    """Memory once it is back within the bar, or the least that it came to."""
    least, until = memory_mib(server.pid), time.monotonic() + _SETTLE
    while least - before > _LEFT_MIB and time.monotonic() < until:
        time.sleep(0.5)
        least = min(least, memory_mib(server.pid))
    return least


if __name__ == "__main__":
    raise SystemExit(main())
