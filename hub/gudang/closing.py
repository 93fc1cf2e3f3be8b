"""What the ledger of a warehouse says when the register is about to move its first or its last day."""

from collections.abc import Sequence
from datetime import date, tzinfo

from hub.base.id_publik import baca_id
from hub.base.temuan import GALAT, PERINGATAN, Temuan
from hub.db.database import Conn
from hub.gudang import pindahan_statements
from hub.gudang import statements as store
from hub.sumber_daya.draft import SumberDayaDraft


async def ledgers(
    conn: Conn, drafts: Sequence[SumberDayaDraft], today: date, zone: tzinfo
) -> dict[str, tuple[Temuan, ...]]:
    """Findings about registered warehouses, by their public id; asked of the database once for all. The ledger of one that closes
    is held, so that nothing comes in meanwhile. `zone`: of the office whose days count."""
    keys = {d.id: baca_id(d.id, "gudang") for d in drafts if d.id is not None}
    if not keys:
        return {}
    await store.hold(conn, [keys[d.id] for d in drafts if d.id is not None and d.sampai])
    spans = await store.spans(conn, list(keys.values()))
    under_way = await pindahan_statements.under_way(conn, list(keys.values()))
    found: dict[str, tuple[Temuan, ...]] = {}
    for draft in drafts:
        if draft.id is None:
            continue
        key = str(keys[draft.id])
        about: list[Temuan] = []
        if span := spans.get(key):
            first, last = (moment.astimezone(zone).date() for moment in span[:2])
            about += periksa_buku(draft, first, last, span[2], today)
        if ways := under_way.get(key):
            about += periksa_perjalanan(draft, *ways, today)
        found[draft.id] = (*found.get(draft.id, ()), *about)
    return found


def periksa_buku(d: SumberDayaDraft, awal: date, akhir: date, isi: Sequence[str], hari_ini: date) -> list[Temuan]:
    """Of a warehouse: whether its ledger fits into its days. `awal`, `akhir`: of the first and the last movement; `isi`: goods
    that are there now."""
    temuan: list[Temuan] = []
    if d.sejak > awal:
        pesan = f"Buku stoknya sudah mencatat barang pada {awal}; sejak ({d.sejak}) tidak dapat sesudah itu."
        temuan.append(
            Temuan("BUKU_DI_LUAR_MASA", GALAT, pesan, nilai=str(d.sejak), usulan=str(awal), lokasi=d.lokasi("sejak"))
        )
    if d.sampai is None:
        return temuan
    lokasi = d.lokasi("sampai")
    if d.sampai <= akhir:
        pesan = f"Buku stoknya masih mencatat barang pada {akhir}; hari pertama tidak ada lagi ({d.sampai}) harus sesudah itu."
        temuan.append(Temuan("BUKU_DI_LUAR_MASA", GALAT, pesan, nilai=str(d.sampai), lokasi=lokasi))
    if isi:
        pesan = f"Gudang ini masih berisi {', '.join(isi)}; pindahkan, keluarkan atau koreksi dahulu (catatMutasiStok), lalu tutup."
        tingkat_temuan = GALAT if d.sampai <= hari_ini else PERINGATAN
        temuan.append(Temuan("GUDANG_BERISI", tingkat_temuan, pesan, nilai=str(d.sampai), lokasi=lokasi))
    return temuan


def periksa_perjalanan(d: SumberDayaDraft, masuk: int, keluar: int, hari_ini: date) -> list[Temuan]:
    """Of a warehouse that closes: transfers to it that nobody has answered, and from it that were neither received nor have come
    back."""
    if d.sampai is None or not (masuk or keluar):
        return []
    jalan = [f"{n} kiriman {arah}" for n, arah in ((masuk, "ke gudang ini"), (keluar, "dari gudang ini")) if n]
    pesan = (
        f"Masih ada barang dalam perjalanan: {' dan '.join(jalan)}. Yang ke sini terima atau tolak dahulu (terimaPindahan, "
        "tolakPindahan); yang dari sini menunggu penerimanya."
    )
    tingkat = GALAT if d.sampai <= hari_ini else PERINGATAN
    return [Temuan("BARANG_DALAM_PERJALANAN", tingkat, pesan, nilai=str(d.sampai), lokasi=d.lokasi("sampai"))]
