"""Names in web/ are English, save for the words of the field, as those of the Python side are (test_language.py)."""

import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"
NODE = Path(sys.executable).with_name("node")


def indonesian(*files: Path) -> list[str]:
    """What web/language.ts finds: in all of web/, or in these files."""
    result = subprocess.run([NODE, "language.ts", *files], cwd=WEB, capture_output=True, text=True)
    assert result.stderr == ""
    assert (result.returncode == 0) == (result.stdout == "")
    return result.stdout.splitlines()


def test_names_are_english() -> None:
    assert indonesian() == []


def test_the_rule_sees_every_kind_of_name(tmp_path: Path) -> None:
    source = tmp_path / "isi_baru.tsx"
    source.write_text("""
import awal, { b as jalur, pesan } from "x";
import * as berkas from "y";
export interface Pesan<Kunci> { hasil: string; nama: string; kirim(tujuan: string): Kunci }
type Salah = (galat: string) => void;
const { kode, nama: tulisan, daftar: [satu, ...sisa], urut = 1 } = awal();
export class Rumah { tinggi = 1; private lebar(dari: number) {} }
export function baca({ ukuran, data: isi }: { data: string }, ...lain: string[]) {
  try { for (const kolom of lain) ((kata: string) => kata)(kolom); } catch (masalah) {}
  return { warna: 1, "di-luar": 2, [jalur]: 3, sumberDaya: 4, wilayah: 5, ukuran };
}
const Tombol = ({ pola }: Props) => <b title={pola}>Jangan buang</b>;
""")
    found = [line.rsplit(" ", 1)[0].split(":", 1)[1] for line in indonesian(source) if ", " not in line]
    assert found == [
        "2 import awal:", "2 import jalur:", "3 import berkas:", "4 type Pesan:", "4 type Kunci:", "4 property hasil:",
        "4 property kirim:", "4 parameter tujuan:", "5 type Salah:", "5 parameter galat:", "6 variable tulisan:", "6 variable satu:",
        "6 variable sisa:", "6 variable urut:", "7 class Rumah:", "7 property tinggi:", "7 property lebar:", "7 parameter dari:",
        "8 function baca:", "8 parameter ukuran:", "8 parameter isi:", "8 parameter lain:", "9 variable kolom:",
        "9 parameter kata:", "9 variable masalah:", "10 property warna:", "12 parameter pola:",
    ]  # fmt: skip
    assert indonesian(source)[0] == f"{source}:1 file isi_baru: isi, baru"


def test_the_rule_sees_names_in_documents(tmp_path: Path) -> None:
    document = tmp_path / "question.graphql"
    document.write_text(
        "query Jumlah($kode: KodeWilayah!, $batasan: Int) { hasil: desa(kode: $kode) { nama ...Rupa } }\nfragment Unggahan on Desa { nama }\n"
    )
    assert [line.rsplit(": ", 1)[1] for line in indonesian(document)] == ["jumlah", "batasan", "hasil", "unggahan"]
