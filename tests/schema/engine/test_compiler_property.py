"""Any selection means the same to the compiler, in both lanes, as to an ordinary resolver over the same data."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from graphql import parse as parse_document
from graphql import (
    validate,
)

from hub.db.private_cluster import PrivateCluster
from schema.build import sdl
from tests.client import Klien
from tests.database_clones import clone_of
from tests.gudang.stok_texts import MINIMUM, mutasi, satu, tercatat
from tests.hub_server import serve
from tests.rules.compiled_sql import joins_without_kode_kab, orders_by_habit
from tests.schema.engine.random_document import AKAR, Penyusun
from tests.schema.engine.reference import Reference
from tests.schema.engine.reference_wksbm import isi_wksbm
from tests.sumber_daya.rows import JENIS, nomor, surat, tambah

_BANYAK, _SEKALI = 280, 35  # seeds in all, and per test


@pytest.fixture(scope="module")
def hub_isi(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Klien]:
    """A hub with the demo and, in the desa asked about, a social resource of each kind and a ledger; only read from it."""
    for url in clone_of(cluster, templates["contoh"]):
        for klien in serve(url):
            isi_sumber_daya(klien)
            isi_wksbm(klien, AKAR["desa"], [nomor(n) for n in range(1, 13)])
            yield klien


def isi_sumber_daya(hub: Klien) -> None:
    tempat = [*AKAR["desa"], "53.14.02.2004"]
    for n, jenis in enumerate(JENIS.values(), 1):
        orang = {"klien_l": n, "ketua": "Ketua Contoh", "ketua_setuju": n % 2 == 0} if jenis in ("PANTI", "LKS") else {}
        orang |= {"KARANG_TARUNA": {"pengurus": 7, "anggota_p": 12}, "LK3": {"klien": 3, "klien_l": 1}}.get(jenis, {})
        tambah(hub, n, jenis, kode_desa=tempat[n % len(tempat)], pemilik=("KABUPATEN", "MASYARAKAT")[n % 2], **orang)
    tambah(
        hub, 10, "LKS", kode_desa=tempat[0], sejak="2015-01-01", sampai="2021-01-01", ketua="Ketua", ketua_setuju=True
    )
    tambah(hub, 11, "PANTI", kode_desa=tempat[3], rahasia=True, alamat="Alamat contoh", sejak="2999-01-01")
    tambah(hub, 12, "GUDANG_BENCANA", kode_desa=tempat[3], pemilik="KABUPATEN")
    for nomor_surat, (milik, jenis_surat, sejak, sampai, peringkat) in enumerate(
        ((2, "AKREDITASI", "2016-01-01", "2019-01-01", "B"), (2, "AKREDITASI", "2020-01-01", None, "A"),
         (2, "TANDA_DAFTAR", "2022-01-01", "2025-01-01", None), (10, "TANDA_DAFTAR", "2016-01-01", None, None),
         (1, "AKREDITASI", "2018-01-01", "2020-06-01", "C"), (9, "SK", "2019-05-01", None, None))
    ):  # fmt: skip
        surat(hub, milik, jenis_surat, sejak, sampai, peringkat=peringkat, nomor=f"{nomor_surat}/UJI")
    satu_gudang, dua_gudang = f"53.14:{nomor(7)}", f"53.14:{nomor(12)}"
    kini = datetime.now(UTC)
    hari = [(kini - timedelta(days=n)).isoformat() for n in (200, 60, 20, 3)]
    tercatat(hub, mutasi(satu_gudang, "TERIMA", "a", satu("SELIMUT", 100, lot="2023"), satu("MATRAS", 7), pada=hari[0]))
    lekas, lewat = ((kini + timedelta(days=n)).date().isoformat() for n in (9, -9))
    makanan = [satu("MAKANAN_ANAK", n, kedaluwarsa=k) for n, k in ((40, lekas), (5, lewat), (20, "2999-01-01"))]
    tercatat(hub, mutasi(satu_gudang, "TERIMA", "b", *makanan, pada=hari[1]))
    tercatat(hub, mutasi(satu_gudang, "KELUAR", "c", satu("SELIMUT", 33), satu("MAKANAN_ANAK", 3), pada=hari[2]))
    tercatat(hub, mutasi(satu_gudang, "PINDAH", "d", satu("SELIMUT", 10), gudangTujuan=dua_gudang, pada=hari[3]))
    tercatat(hub, mutasi(satu_gudang, "KOREKSI", "e", satu("MATRAS", -7)))
    for g, b, banyak in ((satu_gudang, "SELIMUT", 60), (satu_gudang, "MATRAS", 2), (dua_gudang, "KASUR", 4)):
        hub.tanya(MINIMUM, {"g": g, "m": [{"barang": b, "jumlah": banyak}]}, "53.14")


@pytest.fixture(scope="module")
def reference(hub_isi: Klien) -> Reference:
    return Reference(hub_isi.url, sdl())


def _beda(a: Any, b: Any, jalur: str = "") -> Iterator[str]:
    """Where two answers differ; order of keys counts."""
    if isinstance(a, dict) and isinstance(b, dict):
        if list(a) != list(b):
            yield f"{jalur}: {list(a)} / {list(b)}"
        for k in a.keys() & b.keys():
            yield from _beda(a[k], b[k], f"{jalur}.{k}")
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b, strict=True)):
            yield from _beda(x, y, f"{jalur}[{i}]")
    elif a != b:
        yield f"{jalur}: {a!r} / {b!r}"


@pytest.mark.parametrize("benih", range(0, _BANYAK, _SEKALI))
def test_compiled_answers_equal_a_resolvers_in_both_lanes(
    hub_isi: Klien, reference: Reference, compiled: list[str], benih: int
) -> None:
    """Documents of `_SEKALI` seeds; the one that differs is in the message. Their statements keep the rules of all statements."""
    dijawab = digabung = 0
    for nomor_benih in range(benih, benih + _SEKALI):
        penyusun = Penyusun(nomor_benih, reference.schema)
        teks, variables = penyusun.akar(), penyusun.variables
        if validate(reference.schema, parse_document(teks)):
            continue  # equal response keys of unequal fields: not a document one may ask
        jawab = hub_isi.kirim(teks, variables, "").json()
        if "BATAS_BIAYA" in str(jawab.get("errors")):
            continue  # it would have made too much
        harus = reference.answer(teks, variables)
        assert "errors" not in jawab, (jawab["errors"], teks, variables)
        rencana = jawab["data"]
        assert list(_beda(rencana, harus)) == [], (teks, variables)
        # one more root field that is no plain read, and the same document goes through the executor
        campur = teks.replace("{", "{ __schema { queryType { name } } ", 1)
        lewat = hub_isi.tanya(campur, variables, "")
        assert lewat.pop("__schema") == {"queryType": {"name": "Query"}}
        assert list(_beda(lewat, harus)) == [], (teks, variables)
        dijawab += 1
        digabung += "..." in teks
    assert dijawab >= _SEKALI / 2
    assert digabung >= _SEKALI / 10
    assert len(compiled) >= _SEKALI
    assert [wrong for sql in set(compiled) for wrong in (*joins_without_kode_kab(sql), *orders_by_habit(sql))] == []
