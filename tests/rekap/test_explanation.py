"""The proof of a figure: which revisions make it, what of it who may see, and the same answer a year later."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from tests.angka.test_totals_hold import Report, make_kabupaten, send
from tests.client import Client

PROV = "91"
PROOF = """query ($w: KodeWilayah!, $e: String!, $p: Periode!, $r: [PilihanRincianMasukan!], $n: DateTime) {
  jelaskanAngka(wilayah: $w, elemen: $e, periode: $p, rincian: $r, pada: $n) {
    baris { wilayah { kode } nilai status tertulis kelengkapan { disetujui } terisi { dari berisi } }
    indikator { kode nilai pembilang penyebut status }
    cara sidik belumAda { kode nama }
    asal { kabupaten { kode } elemen { kode } sisi rincian { rincian pilihan } rekap { id revisiDisetujui status } revisi sidik periode
      nilai status tertulis disetujuiPada disetujuiOleh } } }"""


def explain(hub: Client, wilayah: str, elemen: str, periode: str, as_whom: str | None = None, **more: Any) -> Any:
    return hub.ask(PROOF, {"w": wilayah, "e": elemen, "p": periode, **more}, as_whom)["jelaskanAngka"]


@pytest.fixture(scope="module")
def province(module_hub: Client) -> tuple[Client, Iterator[int]]:
    module_hub.sql(
        "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama) "
        f"VALUES ('{PROV}', '{PROV}', '2000-01-01', 1, 'PROVINSI', 'Uji')"
    )
    return module_hub, count(1)


def test_smoke(province: tuple[Client, Iterator[int]]) -> None:
    hub, numbers = province
    from datetime import date
    kab = f"{PROV}.{next(numbers):02d}"
    make_kabupaten(hub, kab, date(2024, 3, 1))
    send(hub, kab, 1, Report("WIL03", "2023-TW1", "KECAMATAN", (100, 200)))
    send(hub, kab, 2, Report("WIL03", "2023-TW2", "KECAMATAN", (None, 250)))
    send(hub, kab, 3, Report("WIL03", "2023-TW3", "KECAMATAN", (None, None)))
    for w in (PROV, kab, kab + ".01", kab + ".02"):
        print(w, explain(hub, w, "WIL03", "2023"))
        print(w, explain(hub, w, "WIL03", "2023", PROV))
