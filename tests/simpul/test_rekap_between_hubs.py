"""A rekap made at a node, decided at its province, and in force at both: whatever crosses, repeats or is cut on the way."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from hub.base.public_id import RekapKey
from hub.db.database import Conn
from hub.db.private_cluster import PrivateCluster
from hub.rekap import statements as store
from tests.client import Client
from tests.rekap.texts import APPROVE, REOPEN, SAVE, SEND_BACK, angka, submission
from tests.simpul.two_hubs import (
    KAB,
    batch_of,
    decide,
    deliver,
    events_of,
    hubs,
    receive,
    send,
    standing,
    take_receipt,
    withdraw,
)

FIGURE = """{ agregat(elemen: ["BAN05"], periode: ["2023"], wilayah: "53.15", tingkat: KABUPATEN) { nilai
  kelengkapan { diterima disetujui } } }"""
LETTER = {"nomor": "465/12/DINSOS/2024", "tanggal": "2024-01-05"}


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    yield from hubs(cluster, templates["contoh"])


def rows(hub: Client, revision: int) -> list[list[tuple[Any, ...]]]:
    """All that a revision says."""
    where = (KAB, revision)
    return [
        hub.sql(
            "SELECT elemen, kode_wilayah, rincian::text, nilai, status FROM rekap_nilai "
            "WHERE kode_kab = %s AND formulir = 'F02' AND periode = '2023' AND revisi = %s ORDER BY 1, 2, 3", *where,
        ),
        hub.sql(
            "SELECT urut, elemen, kode_wilayah, tertulis, dihitung FROM rekap_total "
            "WHERE kode_kab = %s AND formulir = 'F02' AND periode = '2023' AND revisi = %s ORDER BY 1", *where,
        ),
        hub.sql(
            "SELECT jenis, oleh, kunci_idempoten, versi_formulir, surat_nomor, surat_tanggal FROM rekap_revisi "
            "WHERE kode_kab = %s AND formulir = 'F02' AND periode = '2023' AND revisi = %s", *where,
        ),
    ]  # fmt: skip


def figure(hub: Client) -> Any:
    ((answer),) = hub.ask(FIGURE, None, KAB)["agregat"]
    return answer["nilai"]


def test_from_node_to_province_and_back(pair: tuple[Client, Client]) -> None:
    node, province = pair
    draft = submission(KAB, "F02", "2023", "draf", nilai=[angka(KAB, "BAN05", 1)])
    node.ask(SAVE, {"m": draft}, KAB)
    send(node, "a", surat=LETTER, totalTertulis=[{"elemen": "BAN05", "tertulis": 100}])
    receipt = deliver(node, province)
    assert [(a.number, a.verdict) for a in receipt.answered] == [(1, "DITERIMA")]
    assert standing(province)[:2] == ("DIAJUKAN", 2)  # the number it has at the node; its draft stayed there
    assert rows(province, 2) == rows(node, 2)
    ((here, there),) = province.sql(
        "SELECT p.pada, p.asal_pada FROM rekap_peristiwa p WHERE kode_kab = %s AND formulir = 'F02' AND periode = '2023'",
        KAB,
    )
    assert there < here
    assert node.sql("SELECT dibuat_pada FROM rekap_revisi WHERE kode_kab = %s AND kunci_idempoten = 'a'", KAB) == [
        (there,)
    ]
    shown = province.ask('{ rekap(id: "53.15:F02:2023") { riwayat { pada asalPada } } }', None, KAB)["rekap"][
        "riwayat"
    ][0]
    assert shown["asalPada"] < shown["pada"]
    decide(province, APPROVE, 2)
    deliver(province, node)
    assert standing(node) == standing(province)
    assert standing(node)[:3] == ("DISETUJUI", 2, 2)
    assert figure(node) == figure(province) == 100
    ((by,),) = node.sql(
        "SELECT oleh FROM rekap_peristiwa WHERE kode_kab = %s AND formulir = 'F02' AND periode = '2023' AND aksi = 'SETUJUI'",
        KAB,
    )
    assert by == "uji PROVINSI 53"
    # nothing goes round in circles
    assert (events_of(batch_of(node)), events_of(batch_of(province))) == ([], [])


def test_a_return_comes_with_its_reason_and_notes_and_what_follows_goes_up(pair: tuple[Client, Client]) -> None:
    node, province = pair
    send(node, "a")
    deliver(node, province)
    note = {"wilayah": KAB, "elemen": "BAN05", "alasan": "jumlahkan lagi", "usulan": 120}
    decide(province, SEND_BACK, 1, alasan="periksa", catatan=[note])
    deliver(province, node)
    asked = "SELECT aksi, ke, revisi, alasan, catatan FROM rekap_peristiwa WHERE kode_kab = %s AND formulir = %s AND periode = %s ORDER BY urut"
    told = [h.sql(asked, KAB, "F02", "2023") for h in pair]
    assert told[0] == told[1]
    assert told[0][-1][:4] == ("KEMBALIKAN", "DIKEMBALIKAN", 1, "periksa")
    assert told[0][-1][4][0]["usulan"] == "120"
    send(node, "b", 120)
    deliver(node, province)
    decide(province, APPROVE, 2)
    decide(province, REOPEN, alasan="angka baru")
    deliver(province, node)
    assert standing(node)[:3] == standing(province)[:3] == ("DIKEMBALIKAN", 2, 2)
    assert figure(node) == 120


def test_a_withdrawal_counts_if_it_comes_before_the_verdict(pair: tuple[Client, Client]) -> None:
    node, province = pair
    send(node, "a")
    deliver(node, province)
    withdraw(node, 1)
    deliver(node, province)
    assert standing(province)[:2] == ("DRAF", 1)
    assert standing(province)[3:] == (None, None)
    send(node, "b", 101)
    deliver(node, province)
    withdraw(node, 2)
    decide(province, APPROVE, 2)
    receipt = deliver(node, province)
    assert [(a.verdict, a.temuan[0]["kode"]) for a in receipt.answered] == [("DITOLAK", "KEADAAN_REKAP")]
    assert standing(node)[:2] == ("DRAF", 2)
    deliver(province, node)
    assert standing(node) == standing(province)
    assert standing(node)[:3] == ("DISETUJUI", 2, 2)


def test_what_crosses_a_verdict_meets_it_at_both_ends_alike(pair: tuple[Client, Client]) -> None:
    node, province = pair
    send(node, "a")
    deliver(node, province)
    decide(province, SEND_BACK, 1, alasan="periksa")
    send(node, "b", 101)  # not knowing that
    deliver(province, node)
    assert standing(node)[:2] == ("DIAJUKAN", 2)
    deliver(node, province)
    assert standing(province)[:2] == ("DIAJUKAN", 2)
    decide(province, APPROVE, 2)
    send(node, "c", 102)  # nor that
    deliver(node, province)
    assert standing(province)[:3] == ("DISETUJUI", 2, 2)
    deliver(province, node)
    assert standing(node)[:3] == ("DISETUJUI", 3, 2)
    assert figure(node) == figure(province) == 101
    # an opened one goes on from there
    decide(province, REOPEN, alasan="angka baru")
    deliver(province, node)
    send(node, "d", 103, revisiDasar=3)
    deliver(node, province)
    assert standing(node)[:3] == standing(province)[:3] == ("DIAJUKAN", 4, 2)


def test_a_verdict_meets_a_newer_draft(pair: tuple[Client, Client]) -> None:
    node, province = pair
    send(node, "a")
    deliver(node, province)
    withdraw(node, 1)
    node.ask(SAVE, {"m": submission(KAB, "F02", "2023", "draf", nilai=[angka(KAB, "BAN05", 7)])}, KAB)
    decide(province, SEND_BACK, 1, alasan="periksa")
    deliver(province, node)
    assert standing(node)[:2] == ("DRAF", 2)
    send(node, "b", 101)
    receipt = deliver(node, province)
    assert [a.verdict for a in receipt.answered] == ["DITOLAK", "DITERIMA"]  # the withdrawal came too late
    assert standing(node)[:2] == standing(province)[:2] == ("DIAJUKAN", 3)


def test_what_the_province_cannot_take_is_returned_and_the_chain_goes_on(pair: tuple[Client, Client]) -> None:
    node, province = pair
    province.sql("ALTER TABLE elemen DISABLE TRIGGER USER")
    province.sql("UPDATE elemen SET kode = 'BAN99' WHERE kode = 'BAN05'")  # a catalogue of its own
    province.sql("NOTIFY hub_data, 'elemen'")
    send(node, "a")
    send(node, "b", 7, periode="2022")
    receipt = deliver(node, province)
    assert [(a.verdict, a.temuan[0]["kode"]) for a in receipt.answered] == [("DITOLAK", "ELEMEN_TAK_DIKENAL")] * 2
    assert standing(node)[:2] == ("DIKEMBALIKAN", 1)
    ((reason,),) = node.sql(
        "SELECT alasan FROM rekap_peristiwa WHERE kode_kab = %s AND formulir = 'F02' AND periode = '2023' AND aksi = 'KEMBALIKAN'",
        KAB,
    )
    assert "BAN05" in reason
    take_receipt(node, receipt)  # once more, without effect
    assert node.sql(
        "SELECT count(*) FROM rekap_peristiwa WHERE kode_kab = %s AND aksi = 'KEMBALIKAN' AND periode = '2023'", KAB
    ) == [(1,)]


def test_its_time_there_says_whether_it_was_in_time(pair: tuple[Client, Client]) -> None:
    node, province = pair
    for hub in pair:
        hub.sql("INSERT INTO tenggat VALUES ('F02', '2023', '53', 1, current_date - 1, 'uji', '53')")
        hub.sql("INSERT INTO tenggat VALUES ('F02', '2022', '53', 1, current_date - 1, 'uji', '53')")
    send(node, "a")
    send(node, "b", periode="2022")
    # as if they had been sent two days ago, by a chain that says so
    node.sql("ALTER TABLE rantai_peristiwa DISABLE TRIGGER USER")
    node.sql("UPDATE rantai_peristiwa SET asal_pada = asal_pada - interval '2 days'")
    node.sql(
        "UPDATE rantai_peristiwa p SET sidik = hub_sidik_rantai(kode_kab, 'NAIK', masa, nomor, jenis, subjek, asal_pada, asal_oleh, "
        "sidik_isi, sidik_sebelum) WHERE nomor = 1"
    )
    first = batch_of(node, 0, most=10)
    assert len(events_of(first)) == 1
    receive(province, first, timedelta(minutes=9))
    ((at, on_time),) = province.sql(
        "SELECT diajukan_pada, tepat_waktu FROM rekap WHERE kode_kab = %s AND formulir = 'F02' AND periode = '2023'",
        KAB,
    )
    assert on_time is True
    assert province.sql("SELECT asal_pada FROM rantai_peristiwa_masuk") == [(at,)]


@pytest.mark.parametrize("clock", [timedelta(hours=-1), None])
def test_a_clock_that_differs_or_is_not_known_decides_nothing(
    pair: tuple[Client, Client], clock: timedelta | None
) -> None:
    node, province = pair
    send(node, "a")
    receive(province, batch_of(node), clock)
    ((submitted, received),) = province.sql(
        "SELECT r.diajukan_pada, p.diterima_pada FROM rekap r, rantai_peristiwa_masuk p "
        "WHERE r.kode_kab = %s AND r.formulir = 'F02' AND r.periode = '2023'", KAB
    )  # fmt: skip
    assert submitted == received


def test_a_submission_a_moment_before_the_verdict_is_written_is_not_overlooked(
    pair: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    node, province = pair
    send(node, "a")
    deliver(node, province)
    decide(province, SEND_BACK, 1, alasan="periksa")
    hold, waiting = store.hold, ["b"]

    async def after_another(conn: Conn, key: RekapKey) -> None:
        if waiting:
            send(node, waiting.pop(), 101)
        await hold(conn, key)

    monkeypatch.setattr(store, "hold", after_another)
    deliver(province, node)
    assert standing(node)[:2] == ("DIAJUKAN", 2)
    deliver(node, province)
    assert standing(province)[:2] == ("DIAJUKAN", 2)
