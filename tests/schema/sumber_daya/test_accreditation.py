"""daftarLksAkreditasi: which institutions may be proposed for accreditation, and what each of the others lacks."""

from typing import Any

from hub.sumber_daya import accreditation_reads
from seeds.katalog_toml import read_katalog
from tests.client import Client
from tests.katalog.spoilt_katalog import broken, install
from tests.sumber_daya.rows import add, surat

LIST = """query ($w: KodeWilayah!, $p: Date, $n: Int, $a: String) { daftarLksAkreditasi(wilayah: $w, pada: $p, first: $n, after: $a) {
  totalCount pageInfo { hasNextPage endCursor } edges { node { layak kurang lembaga { __typename id nama } } } } }"""
WHOLE = {"alamat": "Jalan Satu", "titik": "SRID=4326;POINT(123.36 -10.49)", "bidang": "anak", "klien": 0}


def listed(hub: Client, as_whom: str | None = "53.14", wilayah: str = "53.14", **more: Any) -> Any:
    return hub.ask(LIST, {"w": wilayah, "n": 50, **more}, as_whom)["daftarLksAkreditasi"]


def lacking(hub: Client, **more: Any) -> dict[str, list[str]]:
    nodes = [e["node"] for e in listed(hub, **more)["edges"]]
    assert all(n["layak"] == (n["kurang"] == []) for n in nodes)
    return {n["lembaga"]["nama"]: n["kurang"] for n in nodes}


def test_each_is_told_what_it_lacks(hub: Client) -> None:
    for n, (kind, columns) in enumerate((
        ("LKS", WHOLE), ("LKS", {}), ("PANTI", {**WHOLE, "bidang": None}), ("LKS", WHOLE), ("LKS", WHOLE), ("LK3", WHOLE),
        ("LKS", {**WHOLE, "sampai": "2020-01-01"}),
    ), 1):  # fmt: skip
        add(hub, n, kind, **columns)
    for n in (1, 3, 5):
        surat(hub, n, "TANDA_DAFTAR", "2022-01-01", "2025-01-01")
    surat(hub, 4, "TANDA_DAFTAR", "2019-01-01", "2022-01-01")
    surat(hub, 5, "AKREDITASI", "2020-06-01", "2025-06-01", peringkat="A")
    assert lacking(hub, p="2024-03-01") == {
        "Lembaga 1": [],
        "Lembaga 2": [
            "tanda daftar belum ada", "alamat belum diisi", "titik letak belum diisi", "bidang pelayanan belum diisi",
            "jumlah klien belum diisi",
        ],
        "Lembaga 3": [],
        "Lembaga 4": ["tanda daftar berakhir 31-12-2021"],
        "Lembaga 5": ["akreditasi A masih berlaku sampai 31-05-2025"],
    }  # fmt: skip
    later = lacking(hub, p="2025-06-01")
    assert later["Lembaga 5"] == ["tanda daftar berakhir 31-12-2024"], "the accreditation has ended by then"
    assert later["Lembaga 1"] == ["tanda daftar berakhir 31-12-2024"]
    assert "Lembaga 7" in lacking(hub, p="2019-06-01")


def test_only_the_offices_that_answer_for_it_see_it(hub: Client) -> None:
    add(hub, 1, "LKS", **WHOLE)
    assert [listed(hub, who)["totalCount"] for who in ("53.14", "53", "53.15", None)] == [1, 1, 0, 0]


def test_pages_follow_each_other(hub: Client) -> None:
    for n in range(5):
        add(hub, n, "LKS")
    names: list[str] = []
    after = None
    for _ in range(3):
        page = listed(hub, n=2, a=after)
        names += [e["node"]["lembaga"]["nama"] for e in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert (names, page["pageInfo"]["hasNextPage"]) == ([f"Lembaga {n}" for n in range(5)], False)


def test_the_conditions_are_those_of_the_catalogue(hub: Client) -> None:
    """A list with one condition less asks for one less; and the hub knows how to look every shipped one up."""
    add(hub, 1, "LKS", **{**WHOLE, "titik": None})
    surat(hub, 1, "TANDA_DAFTAR", "2022-01-01", None)
    assert lacking(hub) == {"Lembaga 1": ["titik letak belum diisi"]}

    def without_point(raw: Any) -> None:
        conditions = next(d for d in raw.daftar if d["daftar"] == accreditation_reads.CODE_LIST)
        conditions["butir"] = [b for b in conditions["butir"] if b["kode"] != "TITIK"]

    install(hub.url, broken(without_point))
    assert lacking(hub) == {"Lembaga 1": []}


def test_every_shipped_condition_is_looked_up(hub: Client) -> None:
    """What has nothing at all, but for an accreditation, lacks every one of them."""
    add(hub, 1, "LKS")
    surat(hub, 1, "AKREDITASI", "2024-01-01", None, peringkat="B")
    (conditions,) = (d for d in read_katalog().daftar if d.daftar == accreditation_reads.CODE_LIST)
    assert len(lacking(hub)["Lembaga 1"]) == len(conditions.butir)
