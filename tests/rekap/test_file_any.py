"""Whatever stands in a sheet: it is read or refused in a sentence, no figure is lost untold, and none is made up."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub.base.errors import InvalidInputError
from hub.lembar.sheet import Merged, Odd, OddKind, Sheet
from hub.rekap.draft import Column
from hub.rekap.file_mapping import ColumnAnswer, FileMapping, RowAnswer
from hub.rekap.file_preview import preview
from hub.rekap.file_words import ColumnUse, Meaning
from tests.rekap.file_texts import reading_of_sheet, regions_of
from tests.rekap.shipped import shipped_katalog

_WORDS = st.sampled_from(
    ["", "", "No", "Kecamatan", "Desa", "Kode Wilayah", "wilayah", "elemen", "rincian", "nilai", "status", "KPM PKH", "BAN01",
     "BAN03[JK]", "Realisasi KPM", "L", "P", "Jumlah", "Lobalain", "Oeseli", "53.14.01.2005", "5314", "1. Tungganamo", "TOTAL",
     "Sub Total", "Jumlah Kec. Lobalain", "A. KECAMATAN LOBALAIN", "5", "1.799", "-", "nihil", "Rp 3 M", "[", "(", ".", "Rata-rata",
     "Sumber: Dinas", "1", "2", "3", "KPM PKH (juta)", "\u200b", "Jumlah KPM BPNT"]
)  # fmt: skip
_GRIDS = st.lists(st.lists(_WORDS, min_size=1, max_size=6), min_size=1, max_size=9)
_USES = st.sampled_from(list(ColumnUse))
_FORMS = st.sampled_from(["F02", "F05", "F10", "F12"])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(_GRIDS, _FORMS, _USES, st.booleans())
@example([["No"], [""]], "F02", ColumnUse.KODE_WILAYAH, True)  # a cell without content beyond every title
def test_anything_is_read_or_refused_in_a_sentence(
    grid: list[list[str]], formulir: str, use: ColumnUse, strange: bool
) -> None:
    sheet = Sheet("a", grid)
    if strange:
        sheet = Sheet(
            "a", grid, hidden_rows=frozenset([2]), hidden_columns=frozenset([1]), merged=(Merged(2, 0, 3, 1),),
            odd={(2, 1): Odd(OddKind.FORMULA, "=1")}, exact=frozenset([(3, 1)]),
        )  # fmt: skip
    column = Column("BAN01") if use is ColumnUse.ELEMEN else None
    mapping = FileMapping(
        (ColumnAnswer(None, "B", Meaning(use, column)),), (RowAnswer(None, "Oeseli", "53.14.01.2005"),)
    )
    try:
        reading = reading_of_sheet(sheet, formulir, mapping)
    except InvalidInputError:
        return
    told = preview(reading, shipped_katalog(), regions_of())
    assert len(told) == len(reading.tables)
    written = {c.strip() for row in grid for c in row}
    for cell in reading.cells:
        assert cell.nilai is None or str(cell.nilai).removesuffix(" juta") in written
    for total in reading.total:
        assert str(total.tertulis).removesuffix(" juta") in written


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8),
    st.lists(st.sampled_from(["Laporan Dinas Sosial", "Tahun 2021", ""]), max_size=3),
    st.booleans(), st.booleans(),
)  # fmt: skip
def test_every_figure_of_a_table_is_read_once_wherever_it_stands(
    values: list[tuple[int, int]], above: list[str], numbered: bool, by_name: bool
) -> None:
    regions = regions_of()
    desa = [w for w in regions.in_force.values() if w.kode.count(".") == 3][: len(values)]
    header = ["No", "Kecamatan", "Desa", "KPM PKH", "KPM BPNT"] if by_name else ["No", "Kode Desa", "BAN01", "BAN03"]
    rows: list[list[str]] = [[text] for text in above] + [header]
    if numbered:
        rows.append([f"({i})" for i in range(1, len(header) + 1)])
    for i, (w, (first, second)) in enumerate(zip(desa, values, strict=True), 1):
        place = [regions.in_force[w.kode[:8]].nama, w.nama] if by_name else [w.kode]
        rows.append([str(i), *place, str(first), str(second)])
    sums = [str(sum(v[k] for v in values)) for k in (0, 1)]
    rows += [["JUMLAH", *[""] * (len(header) - 3), *sums], ["Sumber: Dinas Sosial"]]
    reading = reading_of_sheet(Sheet("a", rows))
    assert [t.kode for t in reading.temuan if t.tingkat == "GALAT"] == []
    assert [str(c.nilai) for c in reading.cells] == [str(n) for pair in values for n in pair]
    assert [(t.elemen, t.wilayah, t.tertulis) for t in reading.total] == [
        ("BAN01", None, sums[0]),
        ("BAN03", None, sums[1]),
    ]
