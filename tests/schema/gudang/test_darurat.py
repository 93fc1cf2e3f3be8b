"""rencanaDarurat: nearest warehouses first until the need is met, never more than the need or the stock; what cannot be known
is said. Compared with a plain greedy over the same tables."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.client import Client
from tests.gudang.stok_texts import gudang, item, movement, record, uuid_of
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission
from tests.schema.gudang.darurat_reference import plan, read_gudang, required

PLAN = """query ($m: RencanaDaruratMasukan!) { rencanaDarurat(masukan: $m) {
  pusat desa { desa { kode } kk orang periodeKk periodeOrang titik titikDari jarakKm }
  barang { kode barang satuan dibutuhkan lengkap terjangkau terpenuhi kurang }
  gudang { urutan gudang { id nama } jarakKm ambil { kode jumlah layak sisa minimum diBawahMinimum
    lot { lot sumberDana kedaluwarsa jumlah } } }
  temuan { kode tingkat pesan wilayah elemen nilai lokasi { indeks kolom } } } }"""
BARANG = ["SELIMUT", "MATRAS", "MAKANAN_SIAP_SAJI", "TENDA_KELUARGA"]
BOLATENA, LIFULEO, OESELI, SERANG = "53.14.10.2001", "53.14.10.2002", "53.14.01.2005", "36.73.01.1001"


def ask_plan(hub: Client, as_whom: str | None = None, **m: Any) -> dict[str, Any]:
    result: dict[str, Any] = hub.ask(PLAN, {"m": m}, as_whom)["rencanaDarurat"]
    return result


def kode(result: dict[str, Any]) -> list[str]:
    return [t["kode"] for t in result["temuan"]]


def label_point(hub: Client, kode_wilayah: str) -> tuple[float, float]:
    ((lon, lat),) = hub.sql(
        "SELECT ST_X(titik), ST_Y(titik) FROM batas WHERE kode = %s AND sampai IS NULL", kode_wilayah
    )
    return lon, lat


@pytest.fixture(scope="module")
def full(module_hub: Client) -> Client:
    """Fourteen warehouses around Rote, one of them gone, one empty, with lots that expire sooner, later, or did; minimums; the
    households of some desa in an approved rekap of 2023 and of 2024."""
    chance = random.Random(5)
    rows: list[tuple[Any, ...]] = []
    for n in range(1, 15):
        position = f"SRID=4326;POINT({chance.uniform(122.7, 123.8):.5f} {chance.uniform(-11, -10.2):.5f})"
        gudang(module_hub, n, titik=position, sampai="2024-01-01" if n == 13 else None)
        for barang in BARANG if n != 14 else ():
            for lot in range(chance.randint(0, 3)):
                expires = (
                    None
                    if chance.random() < 0.4
                    else (datetime.now(UTC) + timedelta(days=chance.randint(-40, 90))).date()
                )
                amount = chance.randint(1, 120)
                rows.append((uuid_of(n), barang, chance.choice(["APBN", "HIBAH"]), f"L{lot}", expires, amount))
    with psycopg.connect(module_hub.url) as conn, conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO mutasi_stok (kode_kab, gudang, urutan, bukti, baris, jenis, barang, sumber_dana, lot, kedaluwarsa, "
            "jumlah, pada, dicatat_pada) VALUES ('53.14', %s, 0, gen_random_uuid(), 1, 'TERIMA', %s, %s, %s, %s, %s, now(), now())",
            rows,
        )
        cursor.executemany(
            "INSERT INTO stok_minimum (kode_kab, gudang, barang, sejak, jumlah, diubah_pada, diubah_oleh) "
            "VALUES ('53.14', %s, %s, '2020-01-01', %s, now(), 'uji')",
            [
                (uuid_of(n), b, chance.choice([10, 40, 200]))
                for n in range(1, 15)
                for b in BARANG
                if chance.random() < 0.5
            ],
        )
    for periode, kk in (("2023-S1", 300), ("2024-S1", 120)):
        nilai = [angka(BOLATENA, "WIL02", kk), angka(OESELI, "WIL02", 2 * kk), angka(BOLATENA, "WIL01", 4 * kk)]
        module_hub.ask(SUBMIT, {"m": submission("53.14", "F01", periode, periode, nilai=nilai)}, "53.14")
        module_hub.ask(APPROVE, {"id": f"53.14:F01:{periode}", "revisi": 1}, "53")
    return module_hub


def test_any_plan_is_the_greedy_one(full: Client) -> None:
    chance = random.Random(6)
    desa_rote = [
        k
        for (k,) in full.sql(
            "SELECT kode FROM wilayah WHERE kode_kab = '53.14' AND tingkat = 4 AND berlaku_sampai IS NULL"
        )
    ]
    met = unmet = low = 0
    for _ in range(60):
        desa = [
            {"kode": k, "kk": chance.choice([None, 0, chance.randint(1, 90)]), "orang": chance.choice([None, chance.randint(1, 300)])}
            for k in chance.sample(desa_rote, chance.randint(1, 4))
            if k not in (BOLATENA, OESELI)
        ] or [{"kode": LIFULEO, "kk": 5, "orang": None}]  # fmt: skip
        wanted = [
            {
                "barang": chance.choice(BARANG),
                chance.choice(["jumlah", "perKk", "perOrang"]): chance.choice([0, 1, 2, 0.3, 75]),
            }
            for _ in range(chance.randint(1, 4))
        ]
        keep_minimum, km = chance.random() < 0.5, chance.choice([8, 25, 60, 400])
        result = ask_plan(full, desa=desa, kebutuhan=wanted, jarakKm=km, tanpaDiBawahMinimum=keep_minimum)
        amount_needed = required(wanted, [d["kk"] for d in desa], [d["orang"] for d in desa])
        lon, lat = result["pusat"]["coordinates"]
        available = read_gudang(full, lon, lat, km)
        expected = plan(amount_needed, available, keep_minimum=keep_minimum)
        assert [g["urutan"] for g in result["gudang"]] == list(range(1, len(expected) + 1))
        for g, h in zip(result["gudang"], expected, strict=True):
            assert g["gudang"]["id"] == h["id"]
            assert g["jarakKm"] == pytest.approx(h["jarak"] / 1000, abs=0.002)
            taken = {
                a["kode"]: (
                    a["jumlah"], a["layak"], a["sisa"], a["minimum"], a["diBawahMinimum"],
                    [(x["lot"], x["sumberDana"], x["kedaluwarsa"], x["jumlah"]) for x in a["lot"]],
                ) for a in g["ambil"]
            }  # fmt: skip
            assert taken == h["ambil"]
            low += any(a["diBawahMinimum"] for a in g["ambil"])
            assert not (keep_minimum and any(a["diBawahMinimum"] for a in g["ambil"]))
        obtained = {
            b: sum(h["ambil"][b][0] for h in expected if b in h["ambil"]) for b in {m["barang"] for m in wanted}
        }
        for b in result["barang"]:
            assert (b["dibutuhkan"], b["terpenuhi"]) == (amount_needed.get(b["kode"]), obtained[b["kode"]])
            assert b["kurang"] == (None if b["dibutuhkan"] is None else b["dibutuhkan"] - b["terpenuhi"])
            assert b["terpenuhi"] <= min(b["terjangkau"], b["dibutuhkan"] or 0)
            assert not b["kurang"] or b["terpenuhi"] == b["terjangkau"]
            met, unmet = met + (b["kurang"] == 0), unmet + bool(b["kurang"])
        assert {t["nilai"] for t in result["temuan"] if t["kode"] == "STOK_KURANG"} == {
            b["kode"] for b in result["barang"] if b["kurang"]
        }
        assert kode(result).count("DI_BAWAH_MINIMUM") == sum(
            a["diBawahMinimum"] for g in result["gudang"] for a in g["ambil"]
        )
    assert min(met, unmet, low) > 10, "met and unmet needs and low stocks must all occur"


def test_one_statement_for_little_and_for_much(full: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    original = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        if "stok" in str(query):
            sent.append(str(query))
        return await original(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    rote = full.sql("SELECT kode FROM wilayah WHERE kode_kab = '53.14' AND tingkat = 4 AND berlaku_sampai IS NULL")
    for desa, wanted in (([LIFULEO], BARANG[:1]), ([k for (k,) in rote], BARANG)):
        sent.clear()
        result = ask_plan(
            full, desa=[{"kode": k, "kk": 9} for k in desa], kebutuhan=[{"barang": b, "perKk": 1} for b in wanted]
        )
        assert (len(result["desa"]), len(result["barang"])) == (len(desa), len(wanted))
        assert result["gudang"]
        assert len(sent) == 1


def test_the_centre_lies_between_the_label_points(full: Client) -> None:
    a, b = label_point(full, BOLATENA), label_point(full, OESELI)
    wanted = [{"barang": "SELIMUT", "jumlah": 0}]
    (alone, both) = (
        ask_plan(full, desa=[{"kode": k} for k in codes], kebutuhan=wanted)
        for codes in ([BOLATENA], [OESELI, BOLATENA])
    )
    assert alone["pusat"]["coordinates"] == pytest.approx(a, abs=2e-6)
    assert alone["desa"][0]["jarakKm"] == 0
    assert both["pusat"]["coordinates"] == pytest.approx([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], abs=1e-3)
    assert [d["desa"]["kode"] for d in both["desa"]] == [OESELI, BOLATENA]
    distances = [d["jarakKm"] for d in both["desa"]]
    assert distances[0] == pytest.approx(distances[1], abs=0.01)
    assert [d["titikDari"] for d in both["desa"]] == ["DESA", "DESA"]


def test_numbers_come_from_what_was_approved_unless_they_are_given(full: Client) -> None:
    wanted = [{"barang": "Selimut", "perKk": 2}, {"barang": "MATRAS", "perOrang": 0.25}]
    desa: list[dict[str, Any]] = [{"kode": BOLATENA}, {"kode": OESELI}]

    def angka_(**more: Any) -> list[Any]:
        result = ask_plan(full, desa=desa, kebutuhan=wanted, **more)
        return [
            *((d["kk"], d["orang"], d["periodeKk"], d["periodeOrang"]) for d in result["desa"]),
            tuple((b["dibutuhkan"], b["lengkap"]) for b in result["barang"]), "ORANG_TAK_DIKETAHUI" in kode(result),
        ]  # fmt: skip

    assert angka_() == [
        (120, 480, "2024-S1", "2024-S1"), (240, None, "2024-S1", None), ((720, True), (120, False)), True,
    ]  # fmt: skip
    assert angka_(periode="2023-S1")[:2] == [(300, 1200, "2023-S1", "2023-S1"), (600, None, "2023-S1", None)]
    assert angka_(periode="2023")[0] == (300, 1200, "2023", "2023")  # the year, made of its halves
    assert angka_(elemenKk="BEN02")[0] == (None, 480, None, "2024-S1")
    desa = [{"kode": BOLATENA, "kk": 3, "orang": 0}, {"kode": OESELI, "orang": 10}]
    assert angka_() == [(3, 0, None, None), (240, 10, "2024-S1", None), ((486, True), (3, True)), False]


def test_closed_figures_stay_closed(full: Client) -> None:
    rekap_input = submission("53.14", "F03", "2024-01", "tutup", nilai=[angka(BOLATENA, "BEN06", 7)])
    full.ask(SUBMIT, {"m": rekap_input}, "53.14")
    full.ask(APPROVE, {"id": "53.14:F03:2024-01", "revisi": 1}, "53")
    question: dict[str, Any] = {
        "desa": [{"kode": BOLATENA}],
        "kebutuhan": [{"barang": "MATRAS", "perOrang": 1}],
        "elemenOrang": "BEN06",
    }
    for as_whom, may_know in ((None, False), ("53.15", False), ("36", False), ("53.14", True), ("53", True)):
        result = ask_plan(full, as_whom, **question)
        assert (result["desa"][0]["orang"], result["barang"][0]["dibutuhkan"]) == ((7, 7) if may_know else (None, None))
        assert ("ANGKA_TERTUTUP" in kode(result)) is not may_know
        assert "7" not in str([t["pesan"] for t in result["temuan"]]) or may_know


def test_what_is_not_known_is_said_and_the_rest_is_planned(full: Client) -> None:
    result = ask_plan(
        full,
        desa=[{"kode": "53.14.01.2999", "kk": 9}, {"kode": LIFULEO}, {"kode": "5314102001", "kk": 2}],
        kebutuhan=[
            {"barang": "beras", "jumlah": 1}, {"barang": "selimut", "perKk": 2}, {"barang": "MATRAS", "perOrang": 1},
            {"barang": "TENDA_KELUARGA", "jumlah": 0},
        ],
        elemenKk="BEN02", elemenOrang="BEN06", periode="2019",
    )  # fmt: skip
    assert [(t["kode"], t["tingkat"], t["wilayah"], [(x["kolom"], x["indeks"]) for x in t["lokasi"]]) for t in result["temuan"]] == [
        ("DESA_TAK_DIKENAL", "GALAT", "53.14.01.2999", [("desa", 0)]),
        ("BARANG_TAK_DIKENAL", "GALAT", None, [("kebutuhan", 0)]),
        ("KK_TAK_DIKETAHUI", "PERINGATAN", LIFULEO, [("desa", 1)]),
        ("ANGKA_TERTUTUP", "PERINGATAN", LIFULEO, [("desa", 1)]),
        ("ANGKA_TERTUTUP", "PERINGATAN", BOLATENA, [("desa", 2)]),
        ("KEBUTUHAN_TAK_DIKETAHUI", "PERINGATAN", None, [("kebutuhan", 2)]),
    ]  # fmt: skip
    assert [d["desa"]["kode"] for d in result["desa"]] == [LIFULEO, BOLATENA]
    assert [(b["kode"], b["dibutuhkan"], b["lengkap"], b["terpenuhi"], b["kurang"]) for b in result["barang"]] == [
        ("SELIMUT", 4, False, 4, 0), ("MATRAS", None, False, 0, None), ("TENDA_KELUARGA", 0, True, 0, 0),
    ]  # fmt: skip
    assert {a["kode"] for g in result["gudang"] for a in g["ambil"]} == {"SELIMUT"}


def test_nothing_needed_or_nobody_counted_sends_nobody_anywhere(full: Client) -> None:
    for wanted in ({"barang": "SELIMUT", "jumlah": 0}, {"barang": "SELIMUT", "perKk": 3}):
        result = ask_plan(full, desa=[{"kode": LIFULEO}], kebutuhan=[wanted])
        assert result["gudang"] == []
        assert result["barang"][0]["terpenuhi"] == 0
        assert "STOK_KURANG" not in kode(result)


def test_no_warehouse_near_and_desa_far_apart(full: Client) -> None:
    wanted = [{"barang": "SELIMUT", "jumlah": 10}]
    result = ask_plan(full, desa=[{"kode": SERANG}], kebutuhan=wanted, jarakKm=20)
    assert (kode(result), result["gudang"]) == (["TITIK_DARI_ATAS", "TIDAK_ADA_GUDANG", "STOK_KURANG"], [])
    assert result["desa"][0]["titikDari"] == "KABUPATEN"
    assert result["desa"][0]["titik"]["coordinates"] == pytest.approx(label_point(full, "36.73"), abs=2e-6)
    far_apart = ask_plan(full, desa=[{"kode": SERANG}, {"kode": BOLATENA}], kebutuhan=wanted)
    assert kode(far_apart).count("DESA_BERJAUHAN") == 2


def test_the_plan_becomes_issues_lot_by_lot(hub: Client) -> None:
    """What the plan says is what the ledger then does; afterwards so much less is there."""
    near, far = label_point(hub, BOLATENA), label_point(hub, OESELI)
    a = gudang(hub, 1, titik=f"SRID=4326;POINT({near[0]} {near[1]})")
    b = gudang(hub, 2, titik=f"SRID=4326;POINT({far[0]} {far[1]})")
    for g in (a, b):
        items = [
            item("SELIMUT", 10, lot=x, kedaluwarsa=k)
            for x, k in (("baru", None), ("tua", "2036-01-01"), ("lama", "2035-01-01"))
        ]
        record(hub, movement(g, "TERIMA", g[-1], *items))
    question: dict[str, Any] = {
        "desa": [{"kode": BOLATENA, "kk": 45}],
        "kebutuhan": [{"barang": "SELIMUT", "perKk": 1}],
    }
    result = ask_plan(hub, **question)
    assert [g["gudang"]["id"] for g in result["gudang"]] == [a, b]
    assert hub.sql("SELECT count(*) FROM bukti_stok") == [(2,)]  # only planned
    for n, g in enumerate(result["gudang"]):
        items = [item(x["kode"], x["jumlah"]) for x in g["ambil"]]
        recorded = record(hub, movement(g["gudang"]["id"], "KELUAR", f"k{n}", *items))
        lot = [(x["lot"], -x["jumlah"]) for x in recorded["mutasi"]]
        assert lot == [(x["lot"], x["jumlah"]) for y in g["ambil"] for x in y["lot"]]
    again = ask_plan(hub, **question)
    assert [(x["lot"], x["jumlah"]) for g in again["gudang"] for y in g["ambil"] for x in y["lot"]] == [
        ("tua", 5), ("baru", 10),
    ]  # fmt: skip
    assert (again["gudang"][0]["ambil"], again["barang"][0]["kurang"]) == ([], 30)


def test_warehouses_without_a_point(hub: Client) -> None:
    """Placed by their desa, by a region above it, or not at all: then last, and only in a kabupaten asked about."""
    origin = label_point(hub, BOLATENA)
    own_point = gudang(hub, 1, BOLATENA, titik=f"SRID=4326;POINT({origin[0]} {origin[1]})")
    desa = gudang(hub, 2, LIFULEO)
    without = gudang(hub, 3, OESELI)
    gudang(hub, 4, "53.15.01.2001")
    for g in (own_point, desa, without):
        record(hub, movement(g, "TERIMA", g[-1], item("SELIMUT", 10)))
    hub.sql("DELETE FROM batas WHERE kode IN (%s, '53.14.01', '53.14')", OESELI)
    question: dict[str, Any] = {"desa": [{"kode": BOLATENA}], "kebutuhan": [{"barang": "SELIMUT", "jumlah": 25}]}
    result = ask_plan(hub, **question)
    assert [(g["gudang"]["id"], g["ambil"][0]["jumlah"]) for g in result["gudang"]] == [
        (own_point, 10),
        (desa, 10),
        (without, 5),
    ]
    assert result["gudang"][2]["jarakKm"] is None
    assert 0 < result["gudang"][1]["jarakKm"] < 20
    messages = {t["nilai"]: t["pesan"] for t in result["temuan"] if t["kode"] == "GUDANG_TANPA_TITIK"}
    assert messages.keys() == {desa, without, f"53.15:{uuid_of(4)}"}
    assert "dipakai titik Lifuleo" in messages[desa]
    assert "paling akhir" in messages[without]
    assert "tidak ikut" in messages[f"53.15:{uuid_of(4)}"]
    # no boundary at all: the warehouses of the same kabupaten, in a fixed order
    hub.sql("DELETE FROM batas")
    result = ask_plan(hub, **question)
    assert kode(result)[:2] == ["DESA_TANPA_TITIK", "TITIK_TENGAH_TAK_DIKETAHUI"]
    assert (result["pusat"], result["desa"][0]["titik"], result["desa"][0]["titikDari"]) == (None, None, None)
    assert [(g["gudang"]["id"], g["jarakKm"]) for g in result["gudang"]] == [
        (g, None) for g in (own_point, desa, without)
    ]


@pytest.mark.parametrize(
    ("given", "words"),
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
def test_what_cannot_be_asked_is_said_all_at_once(full: Client, given: dict[str, Any], words: list[str]) -> None:
    m = {"desa": [{"kode": OESELI}], "kebutuhan": [{"barang": "SELIMUT", "jumlah": 1}], **given}
    if not words:
        assert ask_plan(full, **m)["gudang"]
        return
    (error,) = full.errors(PLAN, {"m": m})
    assert error["extensions"]["kode"] in ("MASUKAN_TIDAK_SAH", "TIDAK_DIKENAL")
    assert [k for k in words if k not in error["message"]] == []
