"""The demo's stock: what seeds/contoh/stok.toml says came to and went from the sample warehouses, entered into the ledger as
their offices would. Days are counted back from the day the demo is loaded, so that the rates and the expiry of late mean
something."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any

from hub.base.actor import Actor, Role
from hub.base.errors import InvalidInputError
from hub.base.temuan import Refused
from hub.db.database import Database
from hub.gudang.draft import DraftRow, MovementDraft
from hub.gudang.service import StokLedger
from hub.gudang.warehouse import Recorded
from hub.sumber_daya import demo_statements as store

_FILE = Path(__file__).parent / "contoh" / "stok.toml"


async def load_stock(db: Database, today: date | None = None) -> None:
    """Documents and minimums of every sample warehouse there is, and what they sent each other. What was loaded before, on whatever day, stays as it is."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    day = today or db.today()
    ledger = StokLedger(db)
    async with db.as_owner() as conn:
        gudang = await store.sample_warehouses(conn)
    for index, g in enumerate(gudang):
        factor = content["kali"][g.pemilik]
        keeper = _keeper(g)
        for order, d in enumerate(content["dokumen"]):
            if d.get("giliran", index % content["giliran"]) == index % content["giliran"]:
                _ensure(
                    await ledger.record(keeper, _draft(g.id, f"contoh-{order + 1}-{g.id}", d, factor, day, db.zone))
                )
        minimum = [(b["barang"], Decimal(b["jumlah"] * factor)) for b in content["minimum"]]
        _ensure(await ledger.set_minimum(keeper, g.id, minimum, content["minimum_sejak"]))
    keeps = {_keeper(g).wilayah: g for g in reversed(gudang)}
    for number, k in enumerate(content["kiriman"], 1):
        if k["dari"] in keeps and k["ke"] in keeps:
            draft = _draft(keeps[k["dari"]].id, f"contoh-kiriman-{number}", {**k, "jenis": "PINDAH"}, 1, day, db.zone)
            sent = replace(draft, gudang_tujuan=keeps[k["ke"]].id)
            _ensure(await ledger.record(_keeper(keeps[k["dari"]]), sent))


def _keeper(g: store.SampleGudang) -> Actor:
    """The office that keeps its ledger."""
    if g.pemilik == "PROVINSI":
        return Actor(Role.PROVINSI, g.id[:2], f"Dinas Sosial {g.id[:2]} (contoh)")
    return Actor(Role.KABUPATEN, g.id[:5], f"Dinas Sosial {g.id[:5]} (contoh)")


def _draft(
    gudang: str, idempotency_key: str, d: Mapping[str, Any], factor: int, day: date, zone: tzinfo
) -> MovementDraft:
    """`hari`: days before today, at noon; `habis`: days from today."""
    rows = tuple(
        DraftRow(
            b["barang"], Decimal(b["jumlah"] * factor), b.get("lot"),
            day + timedelta(days=b["habis"]) if "habis" in b else None, b.get("dana"),
        )
        for b in d["baris"]
    )  # fmt: skip
    happened_at = datetime.combine(day - timedelta(days=d["hari"]), time(12), zone)
    return MovementDraft(gudang, d["jenis"], rows, d["dokumen"], idempotency_key, happened_at, tujuan=d.get("tujuan"))


def _ensure(result: Recorded | Refused) -> None:
    if isinstance(result, Refused) and [t.kode for t in result.temuan] != ["KUNCI_SUDAH_DIPAKAI"]:
        raise InvalidInputError("stok.toml: " + "; ".join(t.pesan for t in result.temuan))
