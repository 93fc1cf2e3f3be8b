"""rencanaDarurat: nearest warehouses first until the need is met, never more than the need or the stock; what cannot be known
is said. Compared with a plain greedy over the same tables."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.client import Klien
from tests.gudang.stok_texts import catat, gudang, mutasi, nomor, satu
from tests.rekap.texts import AJUKAN, SETUJUI, angka, masukan
from tests.schema.gudang.darurat_reference import baca_gudang, butuh, rencana

RENCANA = """query ($m: RencanaDaruratMasukan!) { rencanaDarurat(masukan: $m) {
  pusat desa { desa { kode } kk orang periodeKk periodeOrang titik titikDari jarakKm }
  barang { kode barang satuan dibutuhkan lengkap terjangkau terpenuhi kurang }
  gudang { urutan gudang { id nama } jarakKm ambil { kode jumlah layak sisa minimum diBawahMinimum
    lot { lot sumberDana kedaluwarsa jumlah } } }
  temuan { kode tingkat pesan wilayah elemen nilai lokasi { indeks kolom } } } }"""
BARANG = ["SELIMUT", "MATRAS", "MAKANAN_SIAP_SAJI", "TENDA_KELUARGA"]
BOLATENA, LIFULEO, OESELI, SERANG = "53.14.10.2001", "53.14.10.2002", "53.14.01.2005", "36.73.01.1001"


def rencanakan(hub: Klien, sebagai: str | None = None, **m: Any) -> dict[str, Any]:
    hasil: dict[str, Any] = hub.tanya(RENCANA, {"m": m}, sebagai)["rencanaDarurat"]
    return hasil


def kode(hasil: dict[str, Any]) -> list[str]:
    return [t["kode"] for t in hasil["temuan"]]


def titik(hub: Klien, kode_wilayah: str) -> tuple[float, float]:
    ((lon, lat),) = hub.sql(
        "SELECT ST_X(titik), ST_Y(titik) FROM batas WHERE kode = %s AND sampai IS NULL", kode_wilayah
    )
    return lon, lat


@pytest.fixture(scope="module")
def penuh(hub_modul: Klien) -> Klien:
    """Fourteen warehouses around Rote, one of them gone, one empty, with lots that expire sooner, later, or did; minimums; the
    households of some desa in an approved rekap of 2023 and of 2024."""
    acak = random.Random(5)
    baris: list[tuple[Any, ...]] = []
    for n in range(1, 15):
        letak = f"SRID=4326;POINT({acak.uniform(122.7, 123.8):.5f} {acak.uniform(-11, -10.2):.5f})"
        gudang(hub_modul, n, titik=letak, sampai="2024-01-01" if n == 13 else None)
        for barang in BARANG if n != 14 else ():
            for lot in range(acak.randint(0, 3)):
                habis = (
                    None if acak.random() < 0.4 else (datetime.now(UTC) + timedelta(days=acak.randint(-40, 90))).date()
                )
                jumlah = acak.randint(1, 120)
                baris.append((nomor(n), barang, acak.choice(["APBN", "HIBAH"]), f"L{lot}", habis, jumlah))
    with psycopg.connect(hub_modul.url) as conn, conn.cursor() as kursor:
        kursor.executemany(
            "INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, kedaluwarsa, "
            "jumlah, pada, dicatat_pada) VALUES ('53.14', %s, 0, gen_random_uuid(), 1, 'TERIMA', %s, %s, %s, %s, %s, now(), now())",
            baris,
        )
        kursor.executemany(
            "INSERT INTO stok_minimum (kode_kab, gudang, barang, sejak, jumlah, diubah_pada, diubah_oleh) "
            "VALUES ('53.14', %s, %s, '2020-01-01', %s, now(), 'uji')",
            [(nomor(n), b, acak.choice([10, 40, 200])) for n in range(1, 15) for b in BARANG if acak.random() < 0.5],
        )
    for tahun, kk in (("2023-S1", 300), ("2024-S1", 120)):
        nilai = [angka(BOLATENA, "WIL02", kk), angka(OESELI, "WIL02", 2 * kk), angka(BOLATENA, "WIL01", 4 * kk)]
        hub_modul.tanya(AJUKAN, {"m": masukan("53.14", "F01", tahun, tahun, nilai=nilai)}, "53.14")
        hub_modul.tanya(SETUJUI, {"id": f"53.14:F01:{tahun}", "revisi": 1}, "53")
    return hub_modul


def test_any_plan_is_the_greedy_one(penuh: Klien) -> None:
    acak = random.Random(6)
    desa_rote = [
        k
        for (k,) in penuh.sql(
            "SELECT kode FROM wilayah WHERE kode_kab = '53.14' AND tingkat = 4 AND berlaku_sampai IS NULL"
        )
    ]
    penuhi = kurang = bawah = 0
    for _ in range(60):
        desa = [
            {"kode": k, "kk": acak.choice([None, 0, acak.randint(1, 90)]), "orang": acak.choice([None, acak.randint(1, 300)])}
            for k in acak.sample(desa_rote, acak.randint(1, 4))
            if k not in (BOLATENA, OESELI)
        ] or [{"kode": LIFULEO, "kk": 5, "orang": None}]  # fmt: skip
        minta = [
            {
                "barang": acak.choice(BARANG),
                acak.choice(["jumlah", "perKk", "perOrang"]): acak.choice([0, 1, 2, 0.3, 75]),
            }
            for _ in range(acak.randint(1, 4))
        ]
        sisakan, km = acak.random() < 0.5, acak.choice([8, 25, 60, 400])
        hasil = rencanakan(penuh, desa=desa, kebutuhan=minta, jarakKm=km, tanpaDiBawahMinimum=sisakan)
        perlu = butuh(minta, [d["kk"] for d in desa], [d["orang"] for d in desa])
        lon, lat = hasil["pusat"]["coordinates"]
        ada = baca_gudang(penuh, lon, lat, km)
        harus = rencana(perlu, ada, sisakan=sisakan)
        assert [g["urutan"] for g in hasil["gudang"]] == list(range(1, len(harus) + 1))
        for g, h in zip(hasil["gudang"], harus, strict=True):
            assert g["gudang"]["id"] == h["id"]
            assert g["jarakKm"] == pytest.approx(h["jarak"] / 1000, abs=0.002)
            ambil = {
                a["kode"]: (
                    a["jumlah"], a["layak"], a["sisa"], a["minimum"], a["diBawahMinimum"],
                    [(x["lot"], x["sumberDana"], x["kedaluwarsa"], x["jumlah"]) for x in a["lot"]],
                ) for a in g["ambil"]
            }  # fmt: skip
            assert ambil == h["ambil"]
            bawah += any(a["diBawahMinimum"] for a in g["ambil"])
            assert not (sisakan and any(a["diBawahMinimum"] for a in g["ambil"]))
        dapat = {b: sum(h["ambil"][b][0] for h in harus if b in h["ambil"]) for b in {m["barang"] for m in minta}}
        for b in hasil["barang"]:
            assert (b["dibutuhkan"], b["terpenuhi"]) == (perlu.get(b["kode"]), dapat[b["kode"]])
            assert b["kurang"] == (None if b["dibutuhkan"] is None else b["dibutuhkan"] - b["terpenuhi"])
            assert b["terpenuhi"] <= min(b["terjangkau"], b["dibutuhkan"] or 0)
            assert not b["kurang"] or b["terpenuhi"] == b["terjangkau"]
            penuhi, kurang = penuhi + (b["kurang"] == 0), kurang + bool(b["kurang"])
        assert {t["nilai"] for t in hasil["temuan"] if t["kode"] == "STOK_KURANG"} == {
            b["kode"] for b in hasil["barang"] if b["kurang"]
        }
        assert kode(hasil).count("DI_BAWAH_MINIMUM") == sum(
            a["diBawahMinimum"] for g in hasil["gudang"] for a in g["ambil"]
        )
    assert min(penuhi, kurang, bawah) > 10, "met and unmet needs and low stocks must all occur"


def test_one_statement_for_little_and_for_much(penuh: Klien, monkeypatch: pytest.MonkeyPatch) -> None:
    kirim: list[str] = []
    asli = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        if "stok" in str(query):
            kirim.append(str(query))
        return await asli(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    rote = penuh.sql("SELECT kode FROM wilayah WHERE kode_kab = '53.14' AND tingkat = 4 AND berlaku_sampai IS NULL")
    for desa, minta in (([LIFULEO], BARANG[:1]), ([k for (k,) in rote], BARANG)):
        kirim.clear()
        hasil = rencanakan(
            penuh, desa=[{"kode": k, "kk": 9} for k in desa], kebutuhan=[{"barang": b, "perKk": 1} for b in minta]
        )
        assert (len(hasil["desa"]), len(hasil["barang"])) == (len(desa), len(minta))
        assert hasil["gudang"]
        assert len(kirim) == 1


def test_the_centre_lies_between_the_label_points(penuh: Klien) -> None:
    a, b = titik(penuh, BOLATENA), titik(penuh, OESELI)
    minta = [{"barang": "SELIMUT", "jumlah": 0}]
    (satu_desa, dua) = (
        rencanakan(penuh, desa=[{"kode": k} for k in isi], kebutuhan=minta) for isi in ([BOLATENA], [OESELI, BOLATENA])
    )
    assert satu_desa["pusat"]["coordinates"] == pytest.approx(a, abs=2e-6)
    assert satu_desa["desa"][0]["jarakKm"] == 0
    assert dua["pusat"]["coordinates"] == pytest.approx([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], abs=1e-3)
    assert [d["desa"]["kode"] for d in dua["desa"]] == [OESELI, BOLATENA]
    jarak = [d["jarakKm"] for d in dua["desa"]]
    assert jarak[0] == pytest.approx(jarak[1], abs=0.01)
    assert [d["titikDari"] for d in dua["desa"]] == ["DESA", "DESA"]


def test_numbers_come_from_what_was_approved_unless_they_are_given(penuh: Klien) -> None:
    minta = [{"barang": "Selimut", "perKk": 2}, {"barang": "MATRAS", "perOrang": 0.25}]
    desa: list[dict[str, Any]] = [{"kode": BOLATENA}, {"kode": OESELI}]

    def angka_(**isi: Any) -> list[Any]:
        hasil = rencanakan(penuh, desa=desa, kebutuhan=minta, **isi)
        return [
            *((d["kk"], d["orang"], d["periodeKk"], d["periodeOrang"]) for d in hasil["desa"]),
            tuple((b["dibutuhkan"], b["lengkap"]) for b in hasil["barang"]), "ORANG_TAK_DIKETAHUI" in kode(hasil),
        ]  # fmt: skip

    assert angka_() == [
        (120, 480, "2024-S1", "2024-S1"), (240, None, "2024-S1", None), ((720, True), (120, False)), True,
    ]  # fmt: skip
    assert angka_(periode="2023-S1")[:2] == [(300, 1200, "2023-S1", "2023-S1"), (600, None, "2023-S1", None)]
    assert angka_(periode="2023")[0] == (300, 1200, "2023", "2023")  # the year, made of its halves
    assert angka_(elemenKk="BEN02")[0] == (None, 480, None, "2024-S1")
    desa = [{"kode": BOLATENA, "kk": 3, "orang": 0}, {"kode": OESELI, "orang": 10}]
    assert angka_() == [(3, 0, None, None), (240, 10, "2024-S1", None), ((486, True), (3, True)), False]


def test_closed_figures_stay_closed(penuh: Klien) -> None:
    isi = masukan("53.14", "F03", "2024-01", "tutup", nilai=[angka(BOLATENA, "BEN06", 7)])
    penuh.tanya(AJUKAN, {"m": isi}, "53.14")
    penuh.tanya(SETUJUI, {"id": "53.14:F03:2024-01", "revisi": 1}, "53")
    tanya: dict[str, Any] = {
        "desa": [{"kode": BOLATENA}],
        "kebutuhan": [{"barang": "MATRAS", "perOrang": 1}],
        "elemenOrang": "BEN06",
    }
    for sebagai, tahu in ((None, False), ("53.15", False), ("36", False), ("53.14", True), ("53", True)):
        hasil = rencanakan(penuh, sebagai, **tanya)
        assert (hasil["desa"][0]["orang"], hasil["barang"][0]["dibutuhkan"]) == ((7, 7) if tahu else (None, None))
        assert ("ANGKA_TERTUTUP" in kode(hasil)) is not tahu
        assert "7" not in str([t["pesan"] for t in hasil["temuan"]]) or tahu


def test_what_is_not_known_is_said_and_the_rest_is_planned(penuh: Klien) -> None:
    hasil = rencanakan(
        penuh,
        desa=[{"kode": "53.14.01.2999", "kk": 9}, {"kode": LIFULEO}, {"kode": "5314102001", "kk": 2}],
        kebutuhan=[
            {"barang": "beras", "jumlah": 1}, {"barang": "selimut", "perKk": 2}, {"barang": "MATRAS", "perOrang": 1},
            {"barang": "TENDA_KELUARGA", "jumlah": 0},
        ],
        elemenKk="BEN02", elemenOrang="BEN06", periode="2019",
    )  # fmt: skip
    assert [(t["kode"], t["tingkat"], t["wilayah"], [(x["kolom"], x["indeks"]) for x in t["lokasi"]]) for t in hasil["temuan"]] == [
        ("DESA_TAK_DIKENAL", "GALAT", "53.14.01.2999", [("desa", 0)]),
        ("BARANG_TAK_DIKENAL", "GALAT", None, [("kebutuhan", 0)]),
        ("KK_TAK_DIKETAHUI", "PERINGATAN", LIFULEO, [("desa", 1)]),
        ("ANGKA_TERTUTUP", "PERINGATAN", LIFULEO, [("desa", 1)]),
        ("ANGKA_TERTUTUP", "PERINGATAN", BOLATENA, [("desa", 2)]),
        ("KEBUTUHAN_TAK_DIKETAHUI", "PERINGATAN", None, [("kebutuhan", 2)]),
    ]  # fmt: skip
    assert [d["desa"]["kode"] for d in hasil["desa"]] == [LIFULEO, BOLATENA]
    assert [(b["kode"], b["dibutuhkan"], b["lengkap"], b["terpenuhi"], b["kurang"]) for b in hasil["barang"]] == [
        ("SELIMUT", 4, False, 4, 0), ("MATRAS", None, False, 0, None), ("TENDA_KELUARGA", 0, True, 0, 0),
    ]  # fmt: skip
    assert {a["kode"] for g in hasil["gudang"] for a in g["ambil"]} == {"SELIMUT"}


def test_nothing_needed_or_nobody_counted_sends_nobody_anywhere(penuh: Klien) -> None:
    for minta in ({"barang": "SELIMUT", "jumlah": 0}, {"barang": "SELIMUT", "perKk": 3}):
        hasil = rencanakan(penuh, desa=[{"kode": LIFULEO}], kebutuhan=[minta])
        assert hasil["gudang"] == []
        assert hasil["barang"][0]["terpenuhi"] == 0
        assert "STOK_KURANG" not in kode(hasil)


def test_no_warehouse_near_and_desa_far_apart(penuh: Klien) -> None:
    minta = [{"barang": "SELIMUT", "jumlah": 10}]
    hasil = rencanakan(penuh, desa=[{"kode": SERANG}], kebutuhan=minta, jarakKm=20)
    assert (kode(hasil), hasil["gudang"]) == (["TITIK_DARI_ATAS", "TIDAK_ADA_GUDANG", "STOK_KURANG"], [])
    assert hasil["desa"][0]["titikDari"] == "KABUPATEN"
    assert hasil["desa"][0]["titik"]["coordinates"] == pytest.approx(titik(penuh, "36.73"), abs=2e-6)
    jauh = rencanakan(penuh, desa=[{"kode": SERANG}, {"kode": BOLATENA}], kebutuhan=minta)
    assert kode(jauh).count("DESA_BERJAUHAN") == 2


def test_the_plan_becomes_issues_lot_by_lot(hub: Klien) -> None:
    """What the plan says is what the ledger then does; afterwards so much less is there."""
    dekat, jauh = titik(hub, BOLATENA), titik(hub, OESELI)
    a = gudang(hub, 1, titik=f"SRID=4326;POINT({dekat[0]} {dekat[1]})")
    b = gudang(hub, 2, titik=f"SRID=4326;POINT({jauh[0]} {jauh[1]})")
    for g in (a, b):
        isi = [
            satu("SELIMUT", 10, lot=x, kedaluwarsa=k)
            for x, k in (("baru", None), ("tua", "2036-01-01"), ("lama", "2035-01-01"))
        ]
        catat(hub, mutasi(g, "TERIMA", g[-1], *isi))
    tanya: dict[str, Any] = {"desa": [{"kode": BOLATENA, "kk": 45}], "kebutuhan": [{"barang": "SELIMUT", "perKk": 1}]}
    hasil = rencanakan(hub, **tanya)
    assert [g["gudang"]["id"] for g in hasil["gudang"]] == [a, b]
    assert hub.sql("SELECT count(*) FROM bukti_stok") == [(2,)]  # only planned
    for n, g in enumerate(hasil["gudang"]):
        isi = [satu(x["kode"], x["jumlah"]) for x in g["ambil"]]
        dicatat = catat(hub, mutasi(g["gudang"]["id"], "KELUAR", f"k{n}", *isi))
        lot = [(x["lot"], -x["jumlah"]) for x in dicatat["mutasi"]]
        assert lot == [(x["lot"], x["jumlah"]) for y in g["ambil"] for x in y["lot"]]
    lagi = rencanakan(hub, **tanya)
    assert [(x["lot"], x["jumlah"]) for g in lagi["gudang"] for y in g["ambil"] for x in y["lot"]] == [
        ("tua", 5), ("baru", 10),
    ]  # fmt: skip
    assert (lagi["gudang"][0]["ambil"], lagi["barang"][0]["kurang"]) == ([], 30)


def test_warehouses_without_a_point(hub: Klien) -> None:
    """Placed by their desa, by a region above it, or not at all: then last, and only in a kabupaten asked about."""
    asal = titik(hub, BOLATENA)
    sendiri = gudang(hub, 1, BOLATENA, titik=f"SRID=4326;POINT({asal[0]} {asal[1]})")
    desa = gudang(hub, 2, LIFULEO)
    tanpa = gudang(hub, 3, OESELI)
    gudang(hub, 4, "53.15.01.2001")
    for g in (sendiri, desa, tanpa):
        catat(hub, mutasi(g, "TERIMA", g[-1], satu("SELIMUT", 10)))
    hub.sql("DELETE FROM batas WHERE kode IN (%s, '53.14.01', '53.14')", OESELI)
    tanya: dict[str, Any] = {"desa": [{"kode": BOLATENA}], "kebutuhan": [{"barang": "SELIMUT", "jumlah": 25}]}
    hasil = rencanakan(hub, **tanya)
    assert [(g["gudang"]["id"], g["ambil"][0]["jumlah"]) for g in hasil["gudang"]] == [
        (sendiri, 10),
        (desa, 10),
        (tanpa, 5),
    ]
    assert hasil["gudang"][2]["jarakKm"] is None
    assert 0 < hasil["gudang"][1]["jarakKm"] < 20
    pesan = {t["nilai"]: t["pesan"] for t in hasil["temuan"] if t["kode"] == "GUDANG_TANPA_TITIK"}
    assert pesan.keys() == {desa, tanpa, f"53.15:{nomor(4)}"}
    assert "dipakai titik Lifuleo" in pesan[desa]
    assert "paling akhir" in pesan[tanpa]
    assert "tidak ikut" in pesan[f"53.15:{nomor(4)}"]
    # no boundary at all: the warehouses of the same kabupaten, in a fixed order
    hub.sql("DELETE FROM batas")
    hasil = rencanakan(hub, **tanya)
    assert kode(hasil)[:2] == ["DESA_TANPA_TITIK", "TITIK_TENGAH_TAK_DIKETAHUI"]
    assert (hasil["pusat"], hasil["desa"][0]["titik"], hasil["desa"][0]["titikDari"]) == (None, None, None)
    assert [(g["gudang"]["id"], g["jarakKm"]) for g in hasil["gudang"]] == [(g, None) for g in (sendiri, desa, tanpa)]


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ({"desa": []}, ["desa harus berisi 1 sampai 200, bukan 0"]),
        ({"desa": [{"kode": "53.14"}, {"kode": "x"}, {"kode": OESELI}, {"kode": OESELI}]},
         ['"53.14" bukan kode desa', '"x" bukan kode desa', f"{OESELI} disebut lebih dari sekali"]),
        ({"desa": [{"kode": OESELI, "kk": -1, "orang": -2}]}, ["kk harus 0 atau lebih", "orang harus 0 atau lebih"]),
        ({"kebutuhan": [{"barang": "A"}, {"barang": "B", "perKk": "dua"}, {"barang": "C", "jumlah": -0.5}], "jarakKm": 501},
         ["kebutuhan A: isi jumlah, perKk atau perOrang", '"dua" bukan angka', "C: jumlah harus 0 atau lebih", "paling jauh 500"]),
        ({"elemenKk": "WIL01"}, ["WIL01 (Penduduk) dihitung dalam orang, bukan KK"]),
        ({"elemenOrang": "SDM04"}, []), ({"elemenKk": "BEN03"}, ["hanya dilaporkan per kecamatan"]),
        ({"elemenKk": "WIL99"}, ["WIL99 tidak ada di katalog"]),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_all_at_once(penuh: Klien, isi: dict[str, Any], kata: list[str]) -> None:
    m = {"desa": [{"kode": OESELI}], "kebutuhan": [{"barang": "SELIMUT", "jumlah": 1}], **isi}
    if not kata:
        assert rencanakan(penuh, **m)["gudang"]
        return
    (galat,) = penuh.galat(RENCANA, {"m": m})
    assert galat["extensions"]["kode"] in ("MASUKAN_TIDAK_SAH", "TIDAK_DIKENAL")
    assert [k for k in kata if k not in galat["message"]] == []
