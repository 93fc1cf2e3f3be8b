"""What one who kept every page of an office can say of its counts: the released rows of all times against the figures of those times,
read from the database as its owner and asked of HiGHS."""

from hub.rilis.audit import bounds
from hub.rilis.figures import Figure, Shown, linked
from hub.rilis.primary import Thresholds
from tests.client import Client

_THEN = """
SELECT {columns} FROM {table} WHERE kode_kab = %s AND elemen = %s AND periode = %s AND sejak <= %s
UNION ALL SELECT {columns} FROM {table}_riwayat WHERE kode_kab = %s AND elemen = %s AND periode = %s AND sejak <= %s AND sampai > %s"""


def versions(hub: Client, kab: str, elemen: str, periode: str) -> list[Shown]:
    """Every version that was shown, oldest first, with the figures that were true then."""
    key = (kab, elemen, periode)
    moments = hub.sql(
        "SELECT sejak FROM angka_rilis WHERE kode_kab = %s AND elemen = %s AND periode = %s "
        "UNION SELECT sejak FROM angka_rilis_riwayat WHERE kode_kab = %s AND elemen = %s AND periode = %s ORDER BY 1", *key, *key,
    )  # fmt: skip
    ((sensitivity,),) = hub.sql("SELECT sensitif FROM elemen WHERE kode = %s", elemen)
    found = []
    for (moment,) in moments:
        asked = (*key, moment, *key, moment, moment)
        raw = hub.sql(_THEN.format(table="angka", columns="kode_wilayah, rincian, nilai"), *asked)
        seen = {
            (w, str(sorted(r.items()))): n
            for w, r, n in hub.sql(_THEN.format(table="angka_rilis", columns="kode_wilayah, rincian, nilai"), *asked)
        }
        figures = [
            Figure(w, tuple(sorted(r.items())), periode, int(n), sensitivity) for w, r, n in raw if n is not None
        ]
        hidden = [i for i, f in enumerate(figures) if seen.get((f.region, str(list(f.choices)))) is None]
        found.append(Shown(figures, hidden))
    return found


def narrow_counts(hub: Client, kab: str, elemen: str, periode: str) -> list[str]:
    """Hidden counts of any version that are told narrower than they must be."""
    *earlier, now = versions(hub, kab, elemen, periode)
    tables = linked(now.figures, Thresholds(), adds_up_over_time=True, earlier=earlier)
    hidden = {tables.cell[i] for i in now.hidden} | {
        cells[i] for s, cells in zip(earlier, tables.cells_then, strict=True) for i in s.hidden
    }
    found = bounds(tables.table, hidden, [c for c in tables.primary if c in hidden])
    open_ones = [
        str(tables.table.cells[c]) for c in tables.primary if c not in hidden and not tables.table.cells[c].fixed
    ]
    return open_ones + [f"{tables.table.cells[c]} {b}" for c, b in found.items() if not b.wide(tables.primary[c])]
