"""Every rekap of the demo, sent as a node would, stands at a province that had none as it stands at the node: figures, totals, findings'
gravity, and once approved every sum."""

from collections.abc import Iterator

import pytest

from hub.berita.chain_event import UP
from hub.db.private_cluster import PrivateCluster
from hub.simpul.receipts import Answered
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.simpul.two_hubs import batch_of, begin, events_of, receive

KAB = "53.14"
_REKAP = "rekap, rekap_revisi, rekap_nilai, rekap_total, rekap_temuan, rekap_lonjakan, rekap_peristiwa, angka, angka_tertulis, kelengkapan"
_AGAIN = """
INSERT INTO rekap_peristiwa (kode_kab, formulir, periode, urut, pada, oleh, aksi, dari, ke, revisi, catatan)
SELECT kode_kab, formulir, periode, 1000 + revisi, now(), oleh, 'AJUKAN', NULL, 'DIAJUKAN', revisi, '[]' FROM rekap_revisi
WHERE kode_kab = %s AND jenis = 'AJUAN' ORDER BY dibuat_pada, formulir, periode, revisi"""


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    for node_url in clone_of(cluster, templates["contoh"]):
        for province_url in clone_of(cluster, templates["contoh"]):
            begin(node_url, KAB, UP)
            begin(province_url, KAB, "TURUN")
            for node in serve(node_url):
                for province in serve(province_url):
                    province.sql(f"TRUNCATE {_REKAP} CASCADE")
                    yield node, province


def test_it_arrives_as_it_was(pair: tuple[Client, Client]) -> None:
    node, province = pair
    node.sql(_AGAIN, KAB)
    verdicts: list[Answered] = []
    sent, after = 0, 0
    while events := events_of(batch := batch_of(node, after, KAB, 300_000)):
        receipt = receive(province, batch, kode_kab=KAB)
        assert receipt.problems == []
        verdicts += receipt.answered
        sent, after = sent + len(events), receipt.number
    assert sent == len(verdicts) >= 10
    refused = [
        (a.number, [t["pesan"] for t in a.temuan if t["tingkat"] == "GALAT"])
        for a in verdicts
        if a.verdict != "DITERIMA"
    ]
    assert refused == []
    for table, but in (
        ("rekap_nilai", ""), ("rekap_total", ""), ("rekap_revisi", "hash_isi dibuat_pada asal_pada"),
    ):  # fmt: skip
        asked = (
            f"SELECT (to_jsonb(t) - %s::text[])::text FROM {table} t JOIN rekap_revisi v USING (kode_kab, formulir, periode, revisi) "
            "WHERE kode_kab = %s AND v.jenis = 'AJUAN' ORDER BY 1"
        )
        here, there = (h.sql(asked, but.split(), KAB) for h in pair)
        assert len(here) >= 10
        assert here == there
