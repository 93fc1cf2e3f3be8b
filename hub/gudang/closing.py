"""What the ledger of a warehouse says when the register is about to move its first or its last day."""

from collections.abc import Sequence
from datetime import date, tzinfo

from hub.base.public_id import read_id
from hub.base.temuan import ERROR, WARNING, Temuan
from hub.db.database import Conn
from hub.gudang import statements as store
from hub.gudang import transfer_statements
from hub.sumber_daya.draft import SumberDayaDraft


async def ledgers(
    conn: Conn, drafts: Sequence[SumberDayaDraft], today: date, zone: tzinfo
) -> dict[str, tuple[Temuan, ...]]:
    """Findings about registered warehouses, by their public id; asked of the database once for all. The ledger of one that closes
    is held, so that nothing comes in meanwhile. `zone`: of the office whose days count."""
    keys = {d.id: read_id(d.id, "gudang") for d in drafts if d.id is not None}
    if not keys:
        return {}
    await store.hold(conn, [keys[d.id] for d in drafts if d.id is not None and d.sampai])
    spans = await store.spans(conn, list(keys.values()))
    under_way = await transfer_statements.under_way(conn, list(keys.values()))
    found: dict[str, tuple[Temuan, ...]] = {}
    for draft in drafts:
        if draft.id is None:
            continue
        key = str(keys[draft.id])
        about: list[Temuan] = []
        if span := spans.get(key):
            first, last = (moment.astimezone(zone).date() for moment in span[:2])
            about += check_ledger(draft, first, last, span[2], today)
        if ways := under_way.get(key):
            about += check_under_way(draft, *ways, today)
        found[draft.id] = (*found.get(draft.id, ()), *about)
    return found


def check_ledger(d: SumberDayaDraft, first: date, last: date, goods: Sequence[str], today: date) -> list[Temuan]:
    """Of a warehouse: whether its ledger fits into its days. `first`, `last`: of the first and the last movement; `goods`: goods
    that are there now."""
    temuan: list[Temuan] = []
    if d.sejak > first:
        message = f"Buku stoknya sudah mencatat barang pada {first}; sejak ({d.sejak}) tidak dapat sesudah itu."
        temuan.append(
            Temuan(
                "BUKU_DI_LUAR_MASA", ERROR, message, nilai=str(d.sejak), usulan=str(first), lokasi=d.location("sejak")
            )
        )
    if d.sampai is None:
        return temuan
    location = d.location("sampai")
    if d.sampai <= last:
        message = f"Buku stoknya masih mencatat barang pada {last}; hari pertama tidak ada lagi ({d.sampai}) harus sesudah itu."
        temuan.append(Temuan("BUKU_DI_LUAR_MASA", ERROR, message, nilai=str(d.sampai), lokasi=location))
    if goods:
        message = f"Gudang ini masih berisi {', '.join(goods)}; pindahkan, keluarkan atau koreksi dahulu (catatMutasiStok), lalu tutup."
        level = ERROR if d.sampai <= today else WARNING
        temuan.append(Temuan("GUDANG_BERISI", level, message, nilai=str(d.sampai), lokasi=location))
    return temuan


def check_under_way(d: SumberDayaDraft, incoming: int, outgoing: int, today: date) -> list[Temuan]:
    """Of a warehouse that closes: transfers to it that nobody has answered, and from it that were neither received nor have come
    back."""
    if d.sampai is None or not (incoming or outgoing):
        return []
    transfers = [
        f"{n} kiriman {direction}" for n, direction in ((incoming, "ke gudang ini"), (outgoing, "dari gudang ini")) if n
    ]
    message = (
        f"Masih ada barang dalam perjalanan: {' dan '.join(transfers)}. Yang ke sini terima atau tolak dahulu (terimaPindahan, "
        "tolakPindahan); yang dari sini menunggu penerimanya."
    )
    level = ERROR if d.sampai <= today else WARNING
    return [Temuan("BARANG_DALAM_PERJALANAN", level, message, nilai=str(d.sampai), lokasi=d.location("sampai"))]
