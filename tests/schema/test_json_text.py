"""JSON joined as text: codes go out without escaping, so nothing in a code may need it."""

import re

import orjson

from seeds.katalog_toml import baca_katalog
from tests.client import Klien

_AMAN = re.compile(r"[\w.:|/ -]+")


def test_no_code_of_the_catalogue_needs_escaping() -> None:
    katalog = baca_katalog()
    elemen = [e for f in katalog.formulir for e in f.elemen]
    kode = [f.kode for f in katalog.formulir] + [e.kode for e in elemen] + [r for e in elemen for r in e.rincian]
    kode += [a.kode for f in katalog.formulir for a in f.aturan] + [i.kode for i in katalog.indikator]
    assert len(kode) > 100
    assert [k for k in kode if not _AMAN.fullmatch(k)] == []


def test_names_and_what_users_wrote_are_escaped(hub: Klien) -> None:
    nasty = 'Nggodi"medda\\ \n\t 20% ’ \x01'
    hub.sql("UPDATE wilayah SET nama = %s WHERE kode = '53.14.10.2003'", nasty)
    assert hub.tanya('{ desa(kode: "53.14.10.2003") { nama } }') == {"desa": {"nama": nasty}}
    hub.sql(
        "INSERT INTO rekap_temuan (kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, wilayah, elemen, lokasi) "
        "SELECT kode_kab, formulir, periode, revisi, 900, 'X', 'INFO', %s, %s, %s, '[]' FROM rekap "
        "WHERE (kode_kab, formulir, periode) = ('53.14', 'F05', '2020')",
        nasty, nasty, nasty,
    )  # fmt: skip
    jawab = hub.kirim('{ rekap(id: "53.14:F05:2020") { temuan { wilayah elemen pesan } } }', None, "53")
    assert {"wilayah": nasty, "elemen": nasty, "pesan": nasty} in orjson.loads(jawab.content)["data"]["rekap"]["temuan"]
