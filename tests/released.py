"""Figures shown to everybody as they stand, for tests that are not about what is hidden: put straight into the tables, they are seen by
the office alone until somebody releases them."""

from typing import Any, LiteralString

import psycopg

from tests.client import Client

_KEY: LiteralString = "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian"
_STATED_KEY: LiteralString = "kode_kab, elemen, periode, kode_wilayah, dimensi, rincian"
_OPEN: LiteralString = "hub_terbuka(hub_peka(elemen, rincian), tingkat)"
_STATED_OPEN: LiteralString = "hub_terbuka(hub_peka(elemen, rincian), hub_tingkat(kode_wilayah))"
_TABLES: tuple[tuple[LiteralString, LiteralString, tuple[LiteralString, ...], LiteralString], ...] = (
    ("angka", _KEY, ("nilai", "status", "turunan", "sejak"), _OPEN),
    ("angka_tertulis", _STATED_KEY, ("tertulis", "sejak"), _STATED_OPEN),
)


def release_as_it_is(hub: "Client | psycopg.Connection[Any]") -> None:
    """All figures and stated totals of levels that are shown, small ones too, now and as they were. What is no longer there is shown
    no more; totals of provinces are added up by whoever reads them."""
    for table, key, others, is_open in _TABLES:
        columns, renewed = f"{key}, {', '.join(others)}", ", ".join(f"{c} = excluded.{c}" for c in others)
        same = " AND ".join(f"a.{k} = r.{k}" for k in key.split(", "))
        _run(hub, f"""INSERT INTO {table}_rilis AS r ({columns}) SELECT {columns} FROM {table} WHERE {is_open}
            ON CONFLICT ({key}) DO UPDATE SET {renewed} WHERE ({", ".join(f"r.{c}" for c in others)}) IS DISTINCT FROM ({
                ", ".join(f"excluded.{c}" for c in others)})""")  # fmt: skip
        _run(hub, f"DELETE FROM {table}_rilis r WHERE NOT EXISTS (SELECT FROM {table} a WHERE {same})")
        _run(hub, f"""INSERT INTO {table}_rilis_riwayat ({columns}, sampai) SELECT {columns}, sampai FROM {table}_riwayat WHERE {is_open}
            ON CONFLICT DO NOTHING""")  # fmt: skip


def _run(hub: "Client | psycopg.Connection[Any]", statement: str) -> None:
    if isinstance(hub, Client):
        hub.sql(statement)
    else:
        hub.execute(statement)
