"""The shipped catalogue holds exactly the elements, indicators and code lists that the domain names."""

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from hub.base.errors import InvalidInputError
from hub.katalog.formula import read_formula
from seeds.katalog_toml import FOLDER, read_katalog, read_raw

# code, unit, level, frequency, aggregation, sensitivity
TABLE = """
F01 WIL01;orang;D;S;S/L;0 WIL02;KK;D;S;S/L;0 WIL03;KK;D;T;S/L;1 WIL04;unit;B;Y;C;0 WIL05;unit;B;Y;C;0 WIL06;persen;B;Y;N;0
    WIL07;indeks;B;Y;N;0
F02 BAN01;KPM;D;T;S/U;1 BAN02;rupiah;K;T;S/S;0 BAN03;KPM;D;T;S/U;1 BAN04;rupiah;B;T;S/S;0 BAN05;KPM;B;Y;S/L;0
    BAN06;KPM;K;T;S/U;1 BAN07;RT;K;S;S/L;1 BAN08;KPM;K;T;S/S;1 BAN09;KK;D;M;S/S;1 BAN10;kali;D;M;S/S;0
    BAN11;dokumen;D;M;S/S;0 BAN12;KK;D;M;S/S;1
F03 BEN01;kejadian;D;E;S/S;0 BEN02;KK;D;E;S/S;1 BEN03;KK;K;T;S/S;1 BEN04;KK;K;T;S/S;0 BEN05;KK;B;Y;S/L;0 BEN06;orang;D;E;S/S;2
    BEN07;butir;B;T;S/L;0 BEN08;butir;B;T;S/L;0
F04 LOG01;unit;F;S;C;0 LOG02;satuan_barang;F;M;S/L;0 LOG03;satuan_barang;F;M;S/S;0 LOG04;satuan_barang;F;M;S/S;0
    LOG05;satuan_barang;F;Y;N;0
F05 REH01;orang;K;T;S/U;2 REH02;orang;K;T;S/U;2 REH03;orang;K;T;S/U;2 REH04;orang;K;T;S/U;2 REH05;orang;K;T;S/U;2
    REH06;orang;K;T;S/U;2 REH07;orang;B;T;S/U;2 REH08;orang;B;T;S/U;2 REH09;orang;D;T;S/U;1 REH10;orang;D;T;S/U;2
    REH11;orang;F;T;S/U;2 REH12;butir;B;T;S/L;0 REH13;butir;B;T;S/L;0 REH14;butir;B;T;S/L;0 REH15;butir;B;T;S/L;0
    REH16;butir;B;T;S/L;0 REH17;butir;B;T;S/L;0 REH18;butir;B;T;S/L;0 REH19;butir;B;T;S/L;0
F06 KTK01;orang;K;T;S/U;3 KTK02;orang;K;T;S/U;3 KTK03;kasus;B;T;S/S;3 KTK04;orang;B;T;S/U;3 KTK05;orang;B;T;S/U;3
    KTK06;orang;B;T;S/U;3
F07 PPK01;orang/KK;D;Y;S/U;2 PPK02;orang/KK;K;S;S/U;2 PPK03;unit;D;Y;S/L;0 PPK04;KK;D;Y;S/L;1
F08 FAK01;kelompok;D;S;S/S;0 FAK02;KK;D;S;S/U;1 FAK03;kelompok;D;S;S/L;0 FAK04;unit;D;S;S/S;0 FAK05;unit;D;S;S/S;0
    FAK06;KK;B;Y;S/L;0
F09 LEM01;unit;F;S;C;0 LEM02;unit;F;S;C;0 LEM03;orang;F;S;S/L;0 LEM04;orang;F;T;S/U;2 LEM05;unit;F;S;C;0 LEM06;unit;F;S;C;0
    LEM07;unit;F;S;C;0 LEM08;unit;B;S;C;0 LEM09;unit;B;S;C;0 LEM10;unit;F;S;C;0 LEM11;unit;F;S;C;0 LEM12;kasus;D;T;S/S;1
    LEM13;kasus;D;T;S/S;1 LEM14;lembaga;D;S;C;0 LEM15;orang;D;S;S/L;0 LEM16;lembaga;D;Y;S/S;0 LEM17;unit;D;S;C;0
F10 SDM01;orang;B;S;S/L;0 SDM02;orang;B;S;S/L;0 SDM03;orang;K;S;S/L;0 SDM04;orang;D;S;S/L;0 SDM05;orang;K;S;S/L;0
    SDM06;orang;K;S;S/L;0 SDM07;orang;B;S;S/L;0 SDM08;orang;B;S;S/L;0 SDM09;orang;B;S;S/L;0 SDM10;orang;B;S;S/L;0
F11 WKS01;unit;D;S;C;0 WKS02;unit;D;S;C;0 WKS03;kegiatan;D;T;S/S;0
F12 KIN01;per_indikator;B;Y;N;0 KIN02;per_indikator;B;T;R;0 KIN03;rupiah;B;T;S/L;0 KIN04;rupiah;B;T;S/L;0 KIN05;orang;B;Y;S/S;0
    KIN06;per_indikator;B;Y;N;0 KIN07;per_indikator;B;Y;R;0
F13 LAY01;layanan;K;T;S/S;1 LAY02;surat;B;T;S/S;1 LAY03;rujukan;K;T;S/S;2 LAY04;orang;K;T;S/U;2 LAY05;orang;K;T;S/U;2
    LAY06;pendampingan;B;T;S/S;3 LAY07;permohonan;B;T;S/S;0 LAY08;permohonan;B;T;S/S;0 LAY09;permohonan;B;T;S/S;0
    LAY10;rupiah;B;T;S/S;0 LAY11;unit;B;Y;S/L;0 LAY12;makam;B;Y;S/L;0
"""

Row = tuple[str, str, str, str, str, str, int]  # form, code, unit, level, frequency, aggregation, sensitivity


def table() -> list[Row]:
    rows: list[Row] = []
    formulir = ""
    for word in TABLE.split():
        if ";" not in word:
            formulir = word
            continue
        kode, unit, level, frequency, aggregation, sensitivity = word.split(";")
        rows.append((formulir, kode, unit.replace("_", " "), level, frequency, aggregation, int(sensitivity)))
    return rows


def test_thirteen_forms_hold_116_elements_as_the_domain_has_them() -> None:
    katalog = SimpleNamespace(**read_raw())
    assert [f["kode"] for f in katalog.formulir] == [f"F{n:02d}" for n in range(1, 14)]
    rows = [
        (f["kode"], e["kode"], e["satuan"], e["tingkat"], e["frekuensi"], e["agregasi"], e["sensitif"])
        for f in katalog.formulir
        for e in f["elemen"]
    ]
    assert len(rows) == 116
    assert rows == table()


def test_every_element_says_what_it_is_and_none_repeats_another() -> None:
    elemen = [e for f in read_raw()["formulir"] for e in f["elemen"]]
    assert [e["kode"] for e in elemen if not e.get("definisi", "").endswith(".")] == []
    assert [n for n, k in Counter(e["nama"] for e in elemen).items() if k > 1] == []


def test_a_form_takes_the_finest_period_any_of_its_elements_needs() -> None:
    periods = {"E": "BULAN", "M": "BULAN", "T": "TRIWULAN", "S": "SEMESTER", "Y": "TAHUN"}
    finest = {f["kode"]: min((e["frekuensi"] for e in f["elemen"]), key="EMTSY".index) for f in read_raw()["formulir"]}
    assert {f["kode"]: f["periode"] for f in read_raw()["formulir"]} == {k: periods[h] for k, h in finest.items()}


def test_only_desa_and_kecamatan_are_counted_from_the_list_of_regions() -> None:
    elemen = [e for f in read_raw()["formulir"] for e in f["elemen"]]
    assert {e["kode"]: e["registri"] for e in elemen if "registri" in e} == {"WIL04": "D", "WIL05": "K"}


def test_national_reference_codes_are_carried() -> None:
    elemen = {e["kode"]: e for f in read_raw()["formulir"] for e in f["elemen"]}
    assert (elemen["REH08"]["kode_ref"], elemen["REH08"]["kode_sipd"]) == ("04.02.025", "000743, 001172")
    assert (elemen["LEM09"]["kode_ref"], elemen["LEM09"]["kode_sipd"]) == ("04.02.015", "000617")


def test_rules_bear_their_forms_code_and_are_unique() -> None:
    aturan = [(f["kode"], a["kode"]) for f in read_raw()["formulir"] for a in f.get("aturan", [])]
    assert len({kode for _, kode in aturan}) == len(aturan)
    assert [kode for formulir, kode in aturan if not re.fullmatch(formulir + r"-A\d+", kode)] == []


def test_every_breakdown_is_used_and_its_choices_are_unique() -> None:
    katalog = SimpleNamespace(**read_raw())
    used = {r for f in katalog.formulir for e in f["elemen"] for r in e["rincian"]}
    assert set(katalog.rincian) == used
    for name, r in katalog.rincian.items():
        pilihan = r.get("pilihan", [])
        assert len(set(pilihan)) == len(pilihan), name
        assert r.get("terbuka", False) or pilihan or "daftar" in r, name


@pytest.mark.parametrize(
    ("kode", "numerator", "denominator"),
    [
        ("I01", "BAN01", "WIL03"),
        ("I02", "BAN03", "WIL03"),
        ("I03", "FAK02", "WIL03"),
        ("I04", "REH02 REH04 REH06 REH08", "REH01 REH03 REH05 REH07"),
        ("I04.disabilitas", "REH02", "REH01"),
        ("I04.anak", "REH04", "REH03"),
        ("I04.lansia", "REH06", "REH05"),
        ("I04.gepeng", "REH08", "REH07"),
        *(
            (f"I04.mutu_{v}", f"REH{n + 1}", f"REH{n}")
            for v, n in (("disabilitas", 12), ("anak", 14), ("lansia", 16), ("gepeng", 18))
        ),
        ("I05", "BEN03 BEN04", "BEN05"),
        ("I05.mutu", "BEN08", "BEN07"),
        ("I05.SPM", "BEN03", "BEN02"),
        ("I06", "KTK02", "KTK01"),
        ("I07", "PPK03", "WIL04"),
        ("I08", "LEM16", "LEM14"),
        ("I09", "KIN04", "KIN03"),
        ("I14", "SDM03", "WIL05"),
        ("I15", "LEM09", "LEM08"),
    ],
)
def test_ratios_are_the_sums_the_domain_names(kode: str, numerator: str, denominator: str) -> None:
    (i,) = [i for i in read_raw()["indikator"] if ".".join(filter(None, (i["kode"], i.get("varian")))) == kode]
    assert i["jenis"] == "RASIO"
    for side, expected in (("pembilang", numerator), ("penyebut", denominator)):
        first = read_formula(i[side].split("|")[0]).terms()
        assert [s.kode for s in first] == expected.split()


def test_indicators_i01_to_i15_are_there_each_once() -> None:
    indikator = read_raw()["indikator"]
    assert [i["kode"] for i in indikator if not i.get("varian")] == [f"I{n:02d}" for n in range(1, 16)]
    assert len(indikator) == len({(i["kode"], i.get("varian")) for i in indikator}) == 27
    kinds = {i["kode"]: i["jenis"] for i in indikator if i["jenis"] != "RASIO"}
    assert kinds == {"I10": "CAPAIAN_NAIK", "I11": "CAPAIAN_TURUN", "I12": "RERATA", "I13": "CACAH_KABUPATEN"}
    assert {i["kode"] for i in indikator if i["faktor"] == 1} == {"I12", "I14"}


def test_a_target_can_be_set_for_every_indicator_that_is_made_of_figures() -> None:
    """The choices that are listed; any other code is taken too."""
    full = {".".join(filter(None, (i["kode"], i.get("varian")))) for i in read_raw()["indikator"] if "pembilang" in i}
    assert full <= set(read_raw()["rincian"]["indikator"]["pilihan"])


def test_code_lists_are_complete() -> None:
    lists = {d["daftar"]: d for d in read_raw()["daftar"]}
    assert {k: len(d["butir"]) for k, d in lists.items()} == {
        "PPKS": 26,
        "PSKS": 12,
        "KEGIATAN_WKSBM": 32,
        "PROGRAM_WKSBM": 9,
        "SKALA_KINERJA": 5,
        "JENDELA_DTSEN": 3,
        "SYARAT_AKREDITASI_LKS": 6,
    }
    assert [b["kode"] for b in lists["PPKS"]["butir"]] == [str(n) for n in range(1, 27)]
    assert [b["kode"] for b in lists["PSKS"]["butir"]] == [str(n) for n in range(1, 13)]
    assert all(d["versi"] and d["sumber"] for d in lists.values())


def test_the_sensitive_types_of_people_are_those_the_domain_names() -> None:
    ppks = next(d for d in read_raw()["daftar"] if d["daftar"] == "PPKS")
    assert {int(b["kode"]) for b in ppks["butir"] if b["sensitif"] == 3} == {3, 6, 7, 10, *range(14, 21)}
    assert {b["sensitif"] for b in ppks["butir"]} == {2, 3}
    assert {b["kode"] for b in ppks["butir"] if b["satuan"] == "KK"} == {"21", "22", "24", "25", "26"}


def test_activities_of_wksbm_fall_into_seven_programmes_and_three_phases() -> None:
    wksbm = next(d for d in read_raw()["daftar"] if d["daftar"] == "KEGIATAN_WKSBM")
    program = Counter(b["kode"].split(".")[0] for b in wksbm["butir"])
    assert program == {"1": 4, "2": 2, "3": 2, "4": 2, "5a": 6, "5b": 4, "5c": 3, "6": 5, "7": 4}


@pytest.mark.parametrize(
    ("older", "current"),
    [("anak nakal", "3"), ("WTS", "10"), ("waria", "14"), ("penyandang cacat", "9"), ("ABH", "3"), ("KAT", "26")],
)
def test_older_labels_lead_to_the_current_term(older: str, current: str) -> None:
    ppks = next(d for d in read_raw()["daftar"] if d["daftar"] == "PPKS")
    assert [b["kode"] for b in ppks["butir"] if older in b.get("alias", [])] == [current]


# ---------- reading ----------


def _copy(target: Path) -> Path:
    for file in FOLDER.glob("*.toml"):
        (target / file.name).write_bytes(file.read_bytes())
    return target


def test_a_folder_elsewhere_is_read_the_same(tmp_path: Path) -> None:
    assert read_katalog(_copy(tmp_path)) == read_katalog()


def test_a_folder_without_forms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="tidak ada berkas formulir"):
        read_katalog(tmp_path)


@pytest.mark.parametrize("name", ["rincian.toml", "indikator.toml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (_copy(tmp_path) / name).unlink()
    with pytest.raises(InvalidInputError, match=rf"Berkas katalog .*{name} tidak ada"):
        read_katalog(tmp_path)


@pytest.mark.parametrize("content", [b"kode = ", b'kode = "F02"\nkode = "F02"', b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (_copy(tmp_path) / "F02_bansos.toml").write_bytes(content)
    with pytest.raises(InvalidInputError, match=r"F02_bansos\.toml: "):
        read_katalog(tmp_path)


def test_an_indicator_file_without_indicators_is_named(tmp_path: Path) -> None:
    (_copy(tmp_path) / "indikator.toml").write_text('judul = "kosong"\n')
    with pytest.raises(InvalidInputError, match=r"indikator\.toml"):
        read_katalog(tmp_path)
