"""JSON joined as text: codes go out without escaping, so nothing in a code may need it."""

import re
from decimal import Decimal

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.plan.decimals import decimal_sql, written_by_python
from seeds.katalog_toml import read_katalog
from tests.client import Client

_SAFE = re.compile(r"[\w.:|/ -]+")


def test_no_code_of_the_catalogue_needs_escaping() -> None:
    katalog = read_katalog()
    elemen = [e for f in katalog.formulir for e in f.elemen]
    kode = [f.kode for f in katalog.formulir] + [e.kode for e in elemen] + [r for e in elemen for r in e.rincian]
    kode += [a.kode for f in katalog.formulir for a in f.aturan] + [i.kode for i in katalog.indikator]
    assert len(kode) > 100
    assert [k for k in kode if not _SAFE.fullmatch(k)] == []


def test_names_and_what_users_wrote_are_escaped(hub: Client) -> None:
    nasty = 'Nggodi"medda\\ \n\t 20% ’ \x01'
    hub.sql("UPDATE wilayah SET nama = %s WHERE kode = '53.14.10.2003'", nasty)
    assert hub.ask('{ desa(kode: "53.14.10.2003") { nama } }') == {"desa": {"nama": nasty}}
    hub.sql(
        "INSERT INTO rekap_temuan (kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, wilayah, elemen, lokasi) "
        "SELECT kode_kab, formulir, periode, revisi, 900, 'X', 'INFO', %s, %s, %s, '[]' FROM rekap "
        "WHERE (kode_kab, formulir, periode) = ('53.14', 'F05', '2020')",
        nasty, nasty, nasty,
    )  # fmt: skip
    response = hub.send('{ rekap(id: "53.14:F05:2020") { temuan { wilayah elemen pesan } } }', None, "53")
    assert {"wilayah": nasty, "elemen": nasty, "pesan": nasty} in orjson.loads(response.content)["data"]["rekap"][
        "temuan"
    ]


def test_a_decimal_is_written_alike_everywhere(read_hub: Client) -> None:
    """By Python, by the rule written out in a statement, and by the database's own function."""
    edges = [Decimal(10) ** n for n in (9, 15)]
    figures = [e + d for e in edges for d in map(Decimal, ("-1", "-0.000001", "-0.0000001", "0", "0.5", "1"))]
    figures += map(
        Decimal,
        ("0", "1.50", "100", "0.1234567", "12.000000", "123456789.123456", "1e-20", "100000000000000000000.00000001"),
    )
    _alike(read_hub, [*figures, *(-f for f in figures)])

    @settings(deadline=None, max_examples=20)
    @given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=8), max_size=20))
    def any_figures(figures: list[Decimal]) -> None:
        _alike(read_hub, figures)

    any_figures()


def _alike(hub: Client, figures: list[Decimal]) -> None:
    rows = hub.sql(f"SELECT {decimal_sql('n')}, hub_desimal(n)::text FROM unnest(%s::numeric[]) AS t(n)", figures)
    for figure, (written_out, function) in zip(figures, rows, strict=True):
        assert orjson.loads(written_out) == orjson.loads(function) == written_by_python(figure), figure
        assert written_out == function
