"""scripts/bench intake: what an office sends, from its first byte to the answer, and what a whole country sends at once.

    scripts/bench intake [--json FILE] [--only WORDS] [--rounds N] [--offices N] [--kills N]

A table of 7.000 values (desa down, kinds of PPKS by sex and age across; gaps, names instead of codes, figures as text, leaps since
the half year before) as a new rekap and as its correction; the same as single values; its approval; workbooks; lists; and 514
kabupaten within one window while the server is killed. The server has one core, PostgreSQL and the client have the other.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from bench import database, intake_data, intake_files, intake_single, intake_stages, intake_storm
from bench.intake_run import Run
from bench.report import SCREEN, Work, conclude

_WORKS: dict[str, Callable[[Run], list[Work]]] = {
    "table": intake_single.tables,
    "stages": intake_stages.stages,
    "values": intake_single.values,
    "workbooks": intake_files.workbooks,
    "lists": intake_files.lists,
    "storm": intake_storm.storm,
}


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench intake", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument(
        "--only", default="", metavar="WORDS", help=f"of {', '.join(_WORKS)}: those that these words hold"
    )
    options.add_argument("--rounds", type=int, default=8, help="offices, or files, per work (default 8)")
    options.add_argument("--offices", type=int, default=514, help="kabupaten that send at once (default 514)")
    options.add_argument("--kills", type=int, default=6, help="times the server is killed meanwhile (default 6)")
    chosen = options.parse_args()
    works: list[Work] = []
    with database.cluster() as cluster:
        made = database.ensure_alone(cluster, "intake", intake_data.COUNTRY, intake_data)
        for name in (n for n in _WORKS if not chosen.only or n in chosen.only.split(",")):
            SCREEN.print(f"— {name}")
            with database.a_copy(cluster, made, "intake_run") as url:
                works += _WORKS[name](Run(cluster, url, chosen.rounds, chosen.offices, chosen.kills))
    return conclude([w.as_json() for w in works], chosen.json)


if __name__ == "__main__":
    raise SystemExit(main())
