"""How a warehouse is: minimum stock, days left at the rate of late, expiry; at any moment. Compared with a plain reckoning over
the ledger's rows."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.client import Klien
from tests.gudang.stok_texts import MINIMUM, gudang, mutasi, nomor, satu, stok, tercatat

WIB = ZoneInfo("Asia/Jakarta")
KINI = datetime.now(UTC)
SELIMUT, MAKANAN, MATRAS = "SELIMUT", "MAKANAN_SIAP_SAJI", "MATRAS"


def hari(n: int) -> str:
    """A day n days from now, at noon in Jakarta."""
    return (datetime.now(WIB) + timedelta(days=n)).strftime("%Y-%m-%dT12:00:00+07:00")


def atur(hub: Klien, g: str, barang: str, jumlah: Any, sejak: str | None = None, sebagai: str | None = None) -> Any:
    isi = {"g": g, "m": [{"barang": barang, "jumlah": jumlah}], "sejak": sejak}
    return hub.tanya(MINIMUM, isi, g[:5] if sebagai is None else sebagai)["hasil"]


def test_nothing_written_is_no_data_and_nothing_left_is_empty(hub: Klien, g: str) -> None:
    assert stok(hub, g) == {"": "TIDAK_ADA_DATA"}
    hasil = atur(hub, g, SELIMUT, 10)
    assert (hasil["__typename"], hasil["mutasi"], hasil["stok"]) == (
        "StokTercatat", [], [{"kode": SELIMUT, "jumlah": 0}],
    )  # fmt: skip
    isi = stok(hub, g)
    assert (isi[""], isi[SELIMUT]["kesehatan"], isi[SELIMUT]["hariTersisa"]) == ("TIDAK_ADA_DATA", "KOSONG", None)
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(MATRAS, 5)))
    isi = stok(hub, g)
    assert (isi[""], isi[SELIMUT]["kesehatan"], isi[MATRAS]["kesehatan"]) == ("KRITIS", "KOSONG", "AMAN")
    tercatat(hub, mutasi(g, "KELUAR", "b", satu(MATRAS, 5)))
    assert stok(hub, g)[""] == "KOSONG"


def test_the_limits_of_the_minimum(hub: Klien, g: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 50)))
    harus = {0: "AMAN", 50: "AMAN", 51: "MENIPIS", 100: "MENIPIS", 101: "KRITIS"}
    for minimum, keadaan in harus.items():
        atur(hub, g, SELIMUT, minimum)
        isi = stok(hub, g)
        assert (isi[SELIMUT]["minimum"], isi[SELIMUT]["kesehatan"], isi[""]) == (minimum, keadaan, keadaan)


@pytest.mark.parametrize(
    ("terima", "keluar", "ada", "tersisa", "keadaan"),
    [
        # (day, amount) out; what is left; the rate is per day of the last 90, or since the first movement, 30 at least
        (-200, [(-10, 90)], 30, 30, "AMAN"), (-200, [(-10, 90)], 29, 29, "MENIPIS"),
        (-200, [(-10, 90)], 7, 7, "MENIPIS"), (-200, [(-10, 90)], 6, 6, "KRITIS"), (-200, [(-10, 90)], 0, 0, "KOSONG"),
        (-200, [(-89, 90)], 6, 6, "KRITIS"), (-200, [(-90, 90)], 6, None, "AMAN"),  # the 90th day back counts, the 91st not
        (-44, [(-10, 45)], 31, 31, "AMAN"), (-2, [(-1, 30)], 29, 29, "MENIPIS"),
        (-200, [(-80, 30), (-5, 15)], 5, 10, "MENIPIS"), (-200, [(-9, 49)], 7, 12.9, "MENIPIS"),
    ],
)  # fmt: skip
def test_days_left_at_the_rate_of_late(
    hub_modul: Klien, terima: int, keluar: list[tuple[int, int]], ada: int, tersisa: float | None, keadaan: str
) -> None:
    ((n,),) = hub_modul.sql("SELECT count(*) + 100 FROM sumber_daya")
    g = gudang(hub_modul, n)
    semua = ada + sum(j for _, j in keluar)
    tercatat(hub_modul, mutasi(g, "TERIMA", f"a{n}", satu(SELIMUT, semua), pada=hari(terima)))
    for i, (kapan, banyak) in enumerate(keluar):
        tercatat(hub_modul, mutasi(g, "KELUAR", f"k{n}.{i}", satu(SELIMUT, banyak), pada=hari(kapan)))
    isi = stok(hub_modul, g)[SELIMUT]
    assert (isi["jumlah"], isi["hariTersisa"], isi["kesehatan"]) == (ada, tersisa, keadaan)


def test_what_expires_soon_does_not_hold_the_minimum(hub: Klien, g: str) -> None:
    def lot(n: int, hari_lagi: int) -> dict[str, Any]:
        return satu(MAKANAN, n, lot=str(hari_lagi), kedaluwarsa=hari(hari_lagi)[:10])

    tercatat(hub, mutasi(g, "TERIMA", "a", lot(30, 31), lot(20, 30), lot(50, 0), pada=hari(-300)))
    for minimum, keadaan in ((30, "AMAN"), (31, "MENIPIS"), (100, "MENIPIS"), (101, "KRITIS")):
        atur(hub, g, MAKANAN, minimum)
        isi = stok(hub, g)[MAKANAN]
        assert (isi["jumlah"], isi["kedaluwarsa"], isi["layak"], isi["kesehatan"]) == (100, 50, 50, keadaan)
    # a day earlier the third lot was still good, and the second more than 30 days from its end
    kemarin = stok(hub, g, hari(-1))[MAKANAN]
    assert (kemarin["kedaluwarsa"], kemarin["layak"]) == (0, 100)


def test_a_minimum_holds_from_its_day_on_and_is_replaced_on_the_same_day(hub: Klien, g: str) -> None:
    tercatat(hub, mutasi(g, "TERIMA", "a", satu(SELIMUT, 50), pada=hari(-30)))
    for jumlah, sejak in ((70, -20), (60, -20), (40, -5), (500, 3)):
        atur(hub, g, SELIMUT, jumlah, hari(sejak)[:10])
    harus = {-21: (0, "AMAN"), -20: (60, "MENIPIS"), -6: (60, "MENIPIS"), -5: (40, "AMAN"), 0: (40, "AMAN")}
    for n, (minimum, keadaan) in harus.items():
        isi = stok(hub, g, hari(n))
        assert (isi[SELIMUT]["minimum"], isi[SELIMUT]["kesehatan"], isi[""]) == (minimum, keadaan, keadaan)


def test_who_sets_a_minimum_and_what_is_wrong_with_one(hub: Klien, g: str) -> None:
    atas = gudang(hub, 2, pemilik="PROVINSI")
    assert atur(hub, g, SELIMUT, 1, sebagai="53")["__typename"] == "TidakBerwenang"
    assert atur(hub, g, SELIMUT, 1, sebagai="53.15")["__typename"] == "TidakBerwenang"
    assert atur(hub, atas, SELIMUT, 1)["__typename"] == "TidakBerwenang"
    assert atur(hub, atas, SELIMUT, 1, sebagai="53")["__typename"] == "StokTercatat"
    salah = [
        {"barang": "BERAS", "jumlah": 1}, {"barang": SELIMUT, "jumlah": -1}, {"barang": MATRAS, "jumlah": "1,5"},
        {"barang": "selimut", "jumlah": 2}, {"barang": "Matras", "jumlah": 1},
    ]  # fmt: skip
    hasil = hub.tanya(MINIMUM, {"g": g, "m": salah}, "53.14")["hasil"]
    assert [(t["kode"], t["lokasi"][0]["indeks"]) for t in hasil["temuan"]] == [
        ("BARANG_TAK_DIKENAL", 0), ("JUMLAH_TIDAK_SAH", 1), ("JUMLAH_TIDAK_SAH", 2),
    ]  # fmt: skip
    assert hub.sql("SELECT count(*) FROM stok_minimum") == [(1,)]


# ---------- any ledger ----------


@dataclass
class Buku:
    """A ledger as plain rows: (goods, lot, expiry, signed amount, kind, moment), and minimums (goods, from, amount)."""

    baris: list[tuple[str, str, date | None, int, str, datetime]] = field(default_factory=list)
    minimum: list[tuple[str, date, int]] = field(default_factory=list)

    def harus(self, pada: datetime) -> dict[str, Any]:
        """What the hub must say at that moment, reckoned the long way."""
        hari_itu = pada.astimezone(WIB).date()
        hasil: dict[str, Any] = {}
        for barang in {b for b, *_ in self.baris} | {b for b, *_ in self.minimum}:
            isi = [b for b in self.baris if b[0] == barang and b[5] <= pada]
            berlaku = sorted((s, j) for b, s, j in self.minimum if b == barang and s <= hari_itu)
            if not isi and not berlaku:
                continue
            minimum = berlaku[-1][1] if berlaku else 0
            lewat = sum(b[3] for b in isi if b[2] is not None and b[2] <= hari_itu)
            segera = sum(b[3] for b in isi if b[2] is not None and hari_itu < b[2] <= hari_itu + timedelta(days=30))
            semua = sum(b[3] for b in isi)
            layak = semua - lewat
            lama = [(hari_itu - b[5].astimezone(WIB).date()).days for b in isi]
            keluar = -sum(b[3] for b, n in zip(isi, lama, strict=True) if b[4] == "KELUAR" and n < 90)
            laju = Fraction(keluar, min(90, max(30, max(lama, default=0) + 1)))
            if layak <= 0 and (minimum or laju):
                keadaan = "KOSONG"
            elif 2 * layak < minimum or layak < 7 * laju:
                keadaan = "KRITIS"
            elif layak - segera < minimum or layak < 30 * laju:
                keadaan = "MENIPIS"
            else:
                keadaan = "AMAN"
            tersisa = None if not laju else float((layak / laju * 10 + Fraction(1, 2)).__floor__() / Fraction(10))
            hasil[barang] = (semua, lewat, layak, minimum, tersisa, keadaan, bool(isi))
        tercatat_ = [v for v in hasil.values() if v[6]]
        tingkat = {k: n for n, k in enumerate(("AMAN", "MENIPIS", "KRITIS", "KOSONG"))}
        terburuk = max((tingkat[v[5]] for v in hasil.values()), default=0)
        hasil[""] = (
            "TIDAK_ADA_DATA" if not tercatat_ else "KOSONG" if not sum(v[2] for v in hasil.values())
            else ("AMAN", "MENIPIS", "KRITIS", "KRITIS")[terburuk]
        )  # fmt: skip
        return hasil


def _acak(benih: int) -> Buku:
    acak, buku = random.Random(benih), Buku()
    for barang in (SELIMUT, MAKANAN, MATRAS):
        if acak.random() < 0.2:
            continue
        lots: dict[str, tuple[date | None, int]] = {}
        for menit in sorted((acak.randint(1, 150 * 24 * 60) for _ in range(acak.randint(1, 12))), reverse=True):
            pada = KINI - timedelta(minutes=menit)
            ada = [k for k, (_, j) in lots.items() if j]
            if ada and acak.random() < 0.6:
                lot = acak.choice(ada)
                habis, jumlah = lots[lot]
                keluar = jumlah if acak.random() < 0.2 else acak.randint(1, jumlah)
                buku.baris.append((barang, lot, habis, -keluar, acak.choice(["KELUAR", "KELUAR", "KOREKSI"]), pada))
                lots[lot] = (habis, jumlah - keluar)
            else:
                lot = str(len(lots))
                habis = None if barang != MAKANAN else KINI.date() + timedelta(days=acak.randint(-60, 90))
                jumlah = acak.randint(1, 80)
                buku.baris.append((barang, lot, habis, jumlah, "TERIMA", pada))
                lots[lot] = (habis, jumlah)
    for barang in (SELIMUT, MAKANAN):
        for hari_lalu in acak.sample(range(-3, 150), acak.randint(0, 2)):
            hari_mulai = (KINI - timedelta(days=hari_lalu)).astimezone(WIB).date()
            buku.minimum.append((barang, hari_mulai, acak.choice([0, 10, 40, 90])))
    return buku


def _tulis(hub: Klien, n: int, buku: Buku) -> str:
    g = gudang(hub, n)
    with psycopg.connect(hub.url) as conn, conn.cursor() as kursor:
        kursor.executemany(
            "INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, kedaluwarsa, "
            "jumlah, pada, dicatat_pada) VALUES ('53.14', %s, 0, gen_random_uuid(), 1, %s, %s, 'APBN', %s, %s, %s, %s, %s)",
            [(nomor(n), jenis, b, lot, k, j, pada, pada) for b, lot, k, j, jenis, pada in sorted(buku.baris, key=lambda b: b[5])],
        )  # fmt: skip
        kursor.executemany(
            "INSERT INTO stok_minimum (kode_kab, gudang, barang, sejak, jumlah, diubah_pada, diubah_oleh) "
            "VALUES ('53.14', %s, %s, %s, %s, now(), 'uji')",
            [(nomor(n), *m) for m in buku.minimum],
        )
    return g


def test_any_ledger_is_reckoned_as_by_hand(hub_modul: Klien) -> None:
    ditemui: set[str] = set()
    for benih in range(40):
        buku = _acak(benih)
        g = _tulis(hub_modul, 1000 + benih, buku)
        for pada in (None, *(KINI - timedelta(days=n) for n in (1, 29, 60, 100, 160))):
            harus = buku.harus(pada or datetime.now(UTC))
            isi = stok(hub_modul, g, None if pada is None else pada.isoformat())
            ada = {
                k: (s["jumlah"], s["kedaluwarsa"], s["layak"], s["minimum"], s["hariTersisa"], s["kesehatan"])
                for k, s in isi.items() if k
            }  # fmt: skip
            assert (isi[""], ada) == (harus.pop(""), {k: v[:6] for k, v in harus.items()}), (benih, pada)
            ditemui |= {isi[""], *(v[5] for v in ada.values())}
            for s in (s for k, s in isi.items() if k):
                assert sum(x["jumlah"] for x in s["lot"]) == s["jumlah"]
    assert ditemui == {"AMAN", "MENIPIS", "KRITIS", "KOSONG", "TIDAK_ADA_DATA"}
