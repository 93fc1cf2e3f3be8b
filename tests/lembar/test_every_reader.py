"""What every reader of files passes on, whatever its tables hold."""

from collections.abc import Callable, Iterable, Sequence

import pytest

from hub.anggaran.files import read_programs
from hub.base.temuan import WARNING, Temuan
from hub.kinerja.files import OBJECTIVE_COLUMNS, read_lines
from hub.lembar.list_tables import read_list_tables
from hub.lembar.list_titles import ListTitles
from hub.lembar.sheet import Sheet
from hub.rekap.file_reading import read_file
from hub.sumber_daya.list_columns import read_lists
from hub.tagana.list_columns import TITLES as TAGANA
from hub.wksbm.list_columns import TITLES as WKSBM

SAID = Temuan("BERKAS_HURUF_RUSAK", WARNING, "Baris 2 memuat huruf yang rusak.")


def _lists(titles: ListTitles) -> Callable[[list[Sheet]], Iterable[Temuan]]:
    return lambda sheets: read_list_tables("a.csv", sheets, titles).findings()


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([["wilayah", "BAN01"], ["53.14.01", "5"]], lambda s: read_file("a.csv", s).temuan),
        ([["Nama", "Desa"], ["LKS Uji", "Oeseli"]], lambda s: read_lists(s, "LKS")[1]),
        ([["Nama", "Induk"], ["Program A", ""]], lambda s: read_programs(s, lambda _: None).temuan),
        ([["No", "Sasaran", "Indikator"], ["1", "a", "I01"]], lambda s: read_lines("a.csv", s, OBJECTIVE_COLUMNS)[1]),
        ([["Nama", "Desa", "NIA"], ["A", "Oeseli", "1"]], _lists(TAGANA)),
        ([["Nama", "Desa"], ["A", "Oeseli"]], _lists(WKSBM)),
    ],
    ids=["rekap", "resources", "programmes", "objectives", "tagana", "wksbm"],
)
def test_how_a_file_was_opened_is_said_once(
    rows: list[list[str]], read: Callable[[Sequence[Sheet]], Iterable[Temuan]]
) -> None:
    assert [t for t in read([Sheet("a.csv", rows, said=(SAID,))]) if t.kode == SAID.kode] == [SAID]
