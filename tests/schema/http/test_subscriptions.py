"""rekapBerubah through real sockets: who hears what, over which way, and what happens to those who do not listen."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from hub.berita import service as modul_berita
from hub.berita.service import Berita
from tests.client import Klien
from tests.hub_server import Peladen
from tests.rekap.texts import AJUKAN, BUKA, KEMBALIKAN, SETUJUI, SIMPAN, angka, masukan
from tests.schema.http.subscription_client import LANGGANAN, ikut_sse, ikut_ws, ws

KAB, LAIN, PROV, ID = "53.15", "53.16", "53", "53.15:F02:2023"


@pytest.fixture
def peladen(demo_url: str) -> Iterator[Peladen]:
    satu = Peladen(demo_url)
    satu.nyala()
    yield satu
    satu.mati()


@pytest.fixture
def hub(peladen: Peladen, demo_url: str) -> Iterator[Klien]:
    with Klien(peladen.alamat, demo_url) as klien:
        yield klien


def kirim(hub: Klien, mutasi: str, kunci: str, kab: str = KAB) -> None:
    m = masukan(kab, "F02", "2023", kunci, nilai=[angka(kab, "BAN05", 100)])
    assert hub.tanya(mutasi, {"m": m}, kab)["hasil"]["__typename"] == "RekapDiterima"


def setujui(hub: Klien, revisi: int) -> None:
    assert hub.tanya(SETUJUI, {"id": ID, "revisi": revisi}, PROV)["hasil"]["__typename"] == "RekapDiterima"


def tulis(hub: Klien, kab: str, dari: int, sampai: int, panjang: int = 1) -> None:
    """Events as the hub would write them, in one transaction."""
    hub.sql(
        "INSERT INTO rekap_peristiwa (kode_kab, formulir, periode, urut, pada, oleh, aksi, dari, ke, revisi, alasan, "
        "catatan) SELECT %s, 'F02', '2022', n, now(), 'uji', 'SIMPAN', 'DRAF', 'DRAF', n, repeat(md5(n::text), %s), '[]' "
        "FROM generate_series(%s::int, %s::int) n",
        kab, panjang, dari, sampai,
    )  # fmt: skip


def sampai(syarat: Callable[[], bool], detik: float = 10) -> None:
    batas = time.monotonic() + detik
    while not syarat():
        assert time.monotonic() < batas, "it did not happen in time"
        time.sleep(0.02)


# ---------- what is told ----------


def test_both_ways_tell_of_the_whole_life_of_a_rekap(hub: Klien) -> None:
    with ikut_ws(hub, PROV, PROV) as lewat_ws, ikut_sse(hub, PROV, PROV) as lewat_sse:
        kirim(hub, SIMPAN, "a")
        kirim(hub, AJUKAN, "b")
        hub.tanya(KEMBALIKAN, {"id": ID, "revisi": 2, "alasan": "periksa BAN05"}, PROV)
        kirim(hub, AJUKAN, "c")
        setujui(hub, 3)
        hub.tanya(BUKA, {"id": ID, "alasan": "koreksi"}, PROV)
        kab, prov = f"uji KABUPATEN {KAB}", f"uji PROVINSI {PROV}"
        harus = [
            ("SIMPAN", "DRAF", 1, kab, None),
            ("AJUKAN", "DIAJUKAN", 2, kab, None),
            ("KEMBALIKAN", "DIKEMBALIKAN", 2, prov, "periksa BAN05"),
            ("AJUKAN", "DIAJUKAN", 3, kab, None),
            ("SETUJUI", "DISETUJUI", 3, prov, None),
            ("BUKA", "DIKEMBALIKAN", 3, prov, "koreksi"),
        ]
        for baca in (lewat_ws.peristiwa, lewat_sse.peristiwa):
            assert [tuple(baca().values()) for _ in harus] == harus


def test_events_come_within_the_second(hub: Klien) -> None:
    with ikut_ws(hub, KAB, KAB) as ikut:
        mulai = time.monotonic()
        kirim(hub, AJUKAN, "a")
        ikut.peristiwa()
        assert time.monotonic() - mulai < 2


def test_everybody_hears_only_what_their_history_shows(hub: Klien) -> None:
    with (
        ikut_ws(hub, PROV, KAB) as sendiri,
        ikut_ws(hub, PROV, LAIN) as tetangga,
        ikut_ws(hub, KAB, LAIN) as mengintip,
        ikut_ws(hub, PROV, "36") as provinsi_lain,
        ikut_ws(hub, PROV) as publik,
        ikut_ws(hub, PROV, "") as admin,
        ikut_ws(hub, LAIN, PROV) as saringan,
    ):
        kirim(hub, SIMPAN, "a")
        kirim(hub, AJUKAN, "b")
        setujui(hub, 2)
        kirim(hub, SIMPAN, "c", LAIN)
        tiga = ["SIMPAN", "AJUKAN", "SETUJUI"]
        assert [sendiri.peristiwa()["aksi"] for _ in tiga] == tiga
        assert [admin.peristiwa()["aksi"] for _ in (*tiga, "c")] == [*tiga, "SIMPAN"]
        for ikut in (tetangga, saringan):
            assert ikut.peristiwa()["oleh"] == f"uji KABUPATEN {LAIN}"  # and nothing of the other before it
        for ikut in (sendiri, mengintip, provinsi_lain, publik, tetangga):
            assert ikut.sunyi()
    riwayat = hub.tanya(f'{{ rekap(id: "{ID}") {{ status riwayat {{ aksi }} }} }}')["rekap"]
    assert riwayat == {"status": "DISETUJUI", "riwayat": []}  # the same rule as the public's silence


def test_a_trial_and_a_refusal_tell_nothing(hub: Klien) -> None:
    with ikut_ws(hub, KAB, KAB) as ikut:
        m = masukan(KAB, "F02", "2023", "uji", nilai=[angka(KAB, "BAN05", 1)])
        hub.tanya(AJUKAN, {"m": m, "uji": True}, KAB)
        hub.tanya(SETUJUI, {"id": ID, "revisi": 1}, PROV)
        kirim(hub, SIMPAN, "a")
        assert ikut.peristiwa()["aksi"] == "SIMPAN"


def test_aliases_fragments_and_typename_work_as_in_queries(hub: Klien) -> None:
    query = """subscription ($w: KodeWilayah!) { kabar: rekapBerubah(wilayah: $w) { ...i __typename } }
      fragment i on PeristiwaRekap { apa: aksi }"""
    with ikut_sse(hub, KAB, KAB, query) as ikut:
        kirim(hub, SIMPAN, "a")
        assert ikut.terima() == ("next", {"data": {"kabar": {"apa": "SIMPAN", "__typename": "PeristiwaRekap"}}})


# ---------- who does not listen ----------


def test_a_reader_who_does_not_read_holds_up_nobody(
    hub: Klien, berita: Berita, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modul_berita, "ANTREAN", 500)
    banyak, sekaligus = 2_000, 100
    with (
        ikut_ws(hub, KAB, KAB, compression=None, max_queue=1) as lambat,
        ikut_ws(hub, KAB, KAB, compression=None) as cepat,
    ):
        terima, lama = [], []
        for mulai in range(1, banyak, sekaligus):
            tulis(hub, KAB, mulai, mulai + sekaligus - 1, 400)
            sejak = time.monotonic()
            terima += [cepat.peristiwa()["revisi"] for _ in range(sekaligus)]
            lama.append(time.monotonic() - sejak)
        assert terima == list(range(1, banyak + 1))
        assert max(lama) < 3, lama
        # whoever was away hears what still fitted, in order, and then why no more comes
        terlambat = []
        while (pesan := lambat.terima())["type"] == "next":
            terlambat.append(pesan["payload"]["data"]["rekapBerubah"]["revisi"])
        assert terlambat == list(range(1, len(terlambat) + 1))
        assert len(terlambat) < banyak
        assert pesan["type"] == "error"
        assert pesan["payload"][0]["extensions"]["kode"] == "LANGGANAN_TERTINGGAL"
        assert "lagi" in pesan["payload"][0]["message"]
        lambat.langgan(KAB)  # asking again is all it takes
        tulis(hub, KAB, banyak + 1, banyak + 1)
        assert lambat.peristiwa()["revisi"] == banyak + 1
        assert cepat.peristiwa()["revisi"] == banyak + 1


def test_thousands_at_once_reach_who_reads(hub: Klien) -> None:
    with ikut_ws(hub, KAB, KAB) as ikut:
        tulis(hub, KAB, 1, 3_000)
        assert [ikut.peristiwa()["revisi"] for _ in range(3_000)] == list(range(1, 3_001))


# ---------- outages, tokens ----------


def test_a_lost_listener_comes_back_and_loses_nothing(hub: Klien, berita: Berita) -> None:
    with ikut_ws(hub, KAB, KAB) as lewat_ws, ikut_sse(hub, KAB, KAB) as lewat_sse:
        tulis(hub, KAB, 1, 1)
        assert lewat_ws.peristiwa()["revisi"] == lewat_sse.peristiwa()["revisi"] == 1
        tag = berita.versi
        mati = hub.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hub_berita' "
            "AND datname = current_database()"
        )
        assert mati == [(True,)]
        tulis(hub, KAB, 2, 2)  # nobody listens
        for ikut in (lewat_ws, lewat_sse):
            assert ikut.peristiwa()["revisi"] == 2
        sampai(lambda: berita.versi is not None)
        assert berita.versi != tag
        tulis(hub, KAB, 3, 3)
        for ikut in (lewat_ws, lewat_sse):
            assert ikut.peristiwa()["revisi"] == 3


def test_a_wrong_token_is_turned_away_with_a_sentence(hub: Klien) -> None:
    with ws(hub) as sambungan:
        sambungan.kirim(type="connection_init", payload={"Authorization": "Bearer hub_salah"})
        with pytest.raises(ConnectionClosed) as tutup:
            sambungan.terima()
        assert tutup.value.rcvd is not None
        assert (tutup.value.rcvd.code, "Token" in tutup.value.rcvd.reason) == (4403, True)
    jawab = hub.post(
        "/graphql",
        json={"query": LANGGANAN, "variables": {"w": KAB}},
        headers={"Accept": "text/event-stream", "Authorization": "Bearer hub_salah"},
    )
    assert jawab.status_code == 401
    assert jawab.json()["errors"][0]["extensions"]["kode"] == "TOKEN_DITOLAK"


def test_the_http_header_counts_where_the_greeting_brings_no_token(hub: Klien) -> None:
    with ws(hub, KAB) as sambungan:
        sambungan.salam()
        sambungan.langgan(KAB)
        tulis(hub, KAB, 1, 1)
        assert sambungan.peristiwa()["revisi"] == 1


def test_a_token_revoked_later_hears_nothing_more(hub: Klien) -> None:
    with ikut_ws(hub, KAB, KAB) as lewat_ws, ikut_sse(hub, KAB, KAB) as lewat_sse:
        tulis(hub, KAB, 1, 1)
        lewat_ws.peristiwa()
        lewat_sse.peristiwa()
        hub.sql("UPDATE token SET dicabut_pada = now()")
        tulis(hub, KAB, 2, 2)
        with pytest.raises(ConnectionClosed) as tutup:
            lewat_ws.terima()
        assert tutup.value.rcvd is not None
        assert (tutup.value.rcvd.code, "dicabut" in tutup.value.rcvd.reason) == (4403, True)
        nama, isi = lewat_sse.terima()
        assert (nama, isi["errors"][0]["extensions"]["kode"]) == ("next", "TOKEN_DITOLAK")
        assert lewat_sse.terima() == ("complete", None)


# ---------- ends ----------


def test_leaving_frees_everything(hub: Klien, berita: Berita) -> None:
    with ws(hub) as sambungan:
        sambungan.salam()
        for i in range(20):
            sambungan.langgan(KAB, str(i))
        assert berita.banyak == 20
        for i in range(20):
            sambungan.kirim(type="complete", id=str(i))
        sampai(lambda: berita.banyak == 0)
        sambungan.langgan(KAB, "0")  # the id is free again
        assert berita.banyak == 1
    sampai(lambda: berita.banyak == 0)
    with ikut_sse(hub, KAB):
        sampai(lambda: berita.banyak == 1)
    sampai(lambda: berita.banyak == 0)


def test_a_hub_that_stops_takes_leave_at_once(hub: Klien, peladen: Peladen) -> None:
    with (
        ikut_ws(hub, KAB) as lewat_ws,
        ws(hub) as diam,
        ikut_sse(hub, KAB) as lewat_sse,
        ikut_ws(hub, KAB, KAB, compression=None, max_queue=1) as macet,
    ):
        diam.salam()
        for n in range(1, 400, 50):
            tulis(hub, KAB, n, n + 49, 2_000)  # more than sockets hold: this one's stream is stuck
        mulai = time.monotonic()
        peladen.mati()
        assert time.monotonic() - mulai < 4
        assert lewat_ws.terima() == {"id": "1", "type": "complete"}
        for sambungan in (lewat_ws, diam):
            with pytest.raises(ConnectionClosed) as tutup:
                sambungan.terima()
            assert tutup.value.rcvd is not None
            assert tutup.value.rcvd.code == 1001
        assert lewat_sse.terima() == ("complete", None)
        sisa = [macet.ws.recv(10)]
        with pytest.raises(ConnectionClosed):
            sisa += [macet.ws.recv(10) for _ in range(400)]  # cut off in the middle


def test_silence_is_broken_by_signs_of_life(hub: Klien, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schema.http.event_stream.DENYUT", 0.1)
    isi: dict[str, Any] = {"query": LANGGANAN, "variables": {"w": KAB}}
    with httpx.stream("POST", f"{hub.alamat}/graphql", json=isi, headers={"Accept": "text/event-stream"}) as jawab:
        potong = jawab.iter_raw()
        assert b"".join(next(potong) for _ in range(3)).startswith(b":\n\n:\n\n:\n\n")
