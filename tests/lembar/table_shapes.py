"""Tables as they are met, and beside each the reading that is right: its columns ("KPM/L": L below KPM), the numbers of its rows
(after "<" the sections above them), what is left out and why. Figures are those of public tables, the rest is made up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """`tables`: (columns, rows, left out) for each."""

    name: str
    text: str
    tables: tuple[tuple[str, str, str], ...]
    merged: tuple[str, ...] = ()


def one(name: str, text: str, columns: str, rows: str, skipped: str = "", merged: str = "") -> Shape:
    return Shape(name, text, ((columns, rows, skipped),), tuple(merged.split()))


SHAPES = (
    one("plain", """
kecamatan|kpm
Lobalain|1.594
Rote Timur|1.380""", "kecamatan|kpm", "2 3"),
    one("titles above, total, source", """
Tabel 3
KPM PKH tahun 2020

No|Kecamatan|Realisasi KPM|Penyaluran bantuan
1.|Landu Leko|561 KPM|Rp. 526.700.000.-
2.|Lobalain|1.594 KPM|Rp. 1.572.950.000.-

3.|Pantai Baru|934 KPM|Rp. 971.250.000.-
T O T A L||11.731 KPM|Rp. 12.157.475.000.-

Sumber : Dinas Sosial""", "No|Kecamatan|Realisasi KPM|Penyaluran bantuan", "5 6 8 9", "1 JUDUL, 2 JUDUL, 11 KAKI"),
    one("two rows, the numbers without a title", """
|Kecamatan|Realisasi indicator||Ket
||Cadangan Beras Pemerintah|Tanggap darurat|
1.|Rote Barat|1.799 KK||
2.|Rote Barat Daya|1.808 KK|6 KK|
T O T A L||10.562 KK|38 KK|Korban bencana = 10.600 KK""",
        "|Kecamatan|Realisasi indicator/Cadangan Beras Pemerintah|Realisasi indicator/Tanggap darurat|Ket", "3 4 5"),
    one("two rows, merged", """
No|Kecamatan|KPM PKH||Ket
|||||
1|Lobalain|5|6|
2|Rote Timur|7|8|""", "No|Kecamatan|KPM PKH|KPM PKH|Ket", "3 4", "", "A1:A2 B1:B2 C1:D2 E1:E2"),
    one("parents merged over what is below them", """
No|Kecamatan|KPM PKH||Anggota|
||L|P|L|P
1|Lobalain|5|6|1|2""", "No|Kecamatan|KPM PKH/L|KPM PKH/P|Anggota/L|Anggota/P", "3", "", "A1:A2 B1:B2 C1:D1 E1:F1"),
    one("parents not merged", """
No|Kecamatan|KPM PKH||Anggota||Ket
||L|P|L|P|
1|Lobalain|5|6|1|2|""", "No|Kecamatan|KPM PKH/L|KPM PKH/P|Anggota/L|Anggota/P|Ket", "3"),
    one("officials by rank and schooling", """
NO|NAMA JABATAN|JK||PANGKAT/GO LONGAN|||PENDIDIKAN TERAKHIR|||JUM LAH
||L|P|IV|III|II|S1|D3|SL TA|
1.|Kepala Dinas|1|-|1|-|-|1|-|-|1
2.|Sekretaris|1|-|1|-|-|-|1|-|1
5.|Pelaksana|3|4|-|3|4|3|-|4|7
TOTAL||12|9|3|14|4|15|1|5|21""",
        "NO|NAMA JABATAN|JK/L|JK/P|PANGKAT/GO LONGAN/IV|PANGKAT/GO LONGAN/III|PANGKAT/GO LONGAN/II|PENDIDIKAN TERAKHIR/S1|"
        "PENDIDIKAN TERAKHIR/D3|PENDIDIKAN TERAKHIR/SL TA|JUM LAH", "3 4 5 6"),
    one("three rows", """
No|Kecamatan|Realisasi||||
||KPM PKH||Anggota||
||L|P|L|P|
1|Lobalain|5|6|1|2|9""",
        "No|Kecamatan|Realisasi/KPM PKH/L|Realisasi/KPM PKH/P|Realisasi/Anggota/L|Realisasi/Anggota/P|", "4"),
    one("the names of the places stand in the lower row", """
||Realisasi||Target|
No|Kecamatan|Aktif|Kuota|Aktif|Kuota
1|Lobalain|5|6|1|2""", "No|Kecamatan|Realisasi/Aktif|Realisasi/Kuota|Target/Aktif|Target/Kuota", "3"),
    one("numbers of the columns", """
No|Kecamatan|KPM|Kuota
(1)|(2)|(3)|(4)
1|Lobalain|5|6""", "No|Kecamatan|KPM|Kuota", "3", "2 NOMOR_KOLOM"),
    one("numbers of the columns that add up", """
No|Kecamatan|L|P|Jumlah
1|2|3|4|5 = 3+4
1|Lobalain|5|6|11""", "No|Kecamatan|L|P|Jumlah", "3", "2 NOMOR_KOLOM"),
    one("letters of the columns", """
Kecamatan|L|P|Jumlah
a|b|c|d=b+c
Lobalain|5|6|11""", "Kecamatan|L|P|Jumlah", "3", "2 NOMOR_KOLOM"),
    one("a row that counts one, two, three is a row", """
No|Kecamatan|L|P|Jumlah
1|Lobalain|1|2|3
2|Rote Timur|2|3|5""", "No|Kecamatan|L|P|Jumlah", "2 3"),
    one("units below the titles", """
No|Kecamatan|KPM|Penyaluran bantuan
||(KK)|(Rp)
1|Lobalain|5|6.000""", "No|Kecamatan|KPM/(KK)|Penyaluran bantuan/(Rp)", "3"),
    one("the header again, page after page", """
No|Kecamatan|Jumlah Anak|Penanganan Kasus
1|Lobalain|5|Pendampingan
No|Kecamatan|Jumlah Anak|Penanganan Kasus
2|Rote Selatan|4|Pendampingan
NO.|KECAMATAN|Jumlah  Anak|Penanganan Kasus
T O T A L||20 Orang|""", "No|Kecamatan|Jumlah Anak|Penanganan Kasus", "2 4 6", "3 KEPALA_ULANG, 5 KEPALA_ULANG"),
    one("two rows of header again, and the numbers", """
NO|Kecamatan|Nama Desa|JUMLAH/ Kec||Total
|||Desa|Kel|
1|2|3|4|5|6
1|Pantai Baru|Desa Batulilok|14|1|15
||Desa Edalode|||

NO|Kecamatan|Nama Desa|JUMLAH/ Kec||Total
|||Desa|Kel|
1|2|3|4|5|6
||Desa Lekona|||
||Kel. Olafulihaa|||
2|Rote Timur|Desa Matasio|10|1|11
||Desa Batefalu|||
TOTAL|||||60""", "NO|Kecamatan|Nama Desa|JUMLAH/ Kec/Desa|JUMLAH/ Kec/Kel|Total", "4 5 10 11 12 13 14",
        "3 NOMOR_KOLOM, 7 KEPALA_ULANG, 8 KEPALA_ULANG, 9 NOMOR_KOLOM"),
    one("kecamatan over their desa", """
No|Nama|Desa|Alamat
A. KECAMATAN ROTE BARAT DAYA|||
1|LKS Satu|Oeseli|x
2|LKS Dua|Oebou|x
B. KECAMATAN LOBALAIN|||
1|LKS Tiga|Kuli|x
||| Kepala Dinas Sosial""", "No|Nama|Desa|Alamat",
        "3<A. KECAMATAN ROTE BARAT DAYA 4<A. KECAMATAN ROTE BARAT DAYA 6<B. KECAMATAN LOBALAIN",
        "2 BAGIAN, 5 BAGIAN, 7 KAKI"),
    one("the mark of a section in a cell of its own", """
No|Desa|KPM
I|Kecamatan Lobalain|
1|Kuli|5
2|Kolobolon|6
II|Kecamatan Rote Timur|
1|Papela|7""", "No|Desa|KPM", "3<I Kecamatan Lobalain 4<I Kecamatan Lobalain 6<II Kecamatan Rote Timur", "2 BAGIAN, 5 BAGIAN"),
    one("a section merged over the whole width, without a mark", """
No|Desa|KPM|Kuota
LOBALAIN|||
1|Kuli|5|6
ROTE TIMUR|||
1|Papela|7|8""", "No|Desa|KPM|Kuota", "3<LOBALAIN 5<ROTE TIMUR", "2 BAGIAN, 4 BAGIAN", "A2:D2 A4:D4"),
    one("a section in the column of the names, no numbers", """
Nama Desa|KPM|Kuota
Kecamatan Lobalain||
Kuli|5|6
Kolobolon|5|6
Kecamatan Rote Timur||
Papela|7|8""", "Nama Desa|KPM|Kuota",
        "3<Kecamatan Lobalain 4<Kecamatan Lobalain 6<Kecamatan Rote Timur", "2 BAGIAN, 5 BAGIAN"),
    one("a kecamatan that names its desa below it", """
No|Kecamatan|Logistik Lansia|Logistik Disabilitas
1.|Landu Leko :||
|- Desa Sotimori|10 Orang|4 Orang
|- Desa Lifuleo|10 Orang|4 Orang
2.|Rote Timur :||
|- Desa Papela|10 Orang|4 Orang
T O T A L||250 Orang|100 Orang""", "No|Kecamatan|Logistik Lansia|Logistik Disabilitas",
        "3<1. Landu Leko : 4<1. Landu Leko : 6<2. Rote Timur : 7<2. Rote Timur :", "2 BAGIAN, 5 BAGIAN"),
    one("sections within sections", """
No|Desa|KPM
KABUPATEN ROTE NDAO||
A. Kecamatan Lobalain||
1|Kuli|5
B. Kecamatan Rote Timur||
1|Papela|7
KABUPATEN KUPANG||
A. Kecamatan Sulamu||
1|Pantulan|8""", "No|Desa|KPM",
        "4<KABUPATEN ROTE NDAO<A. Kecamatan Lobalain 6<KABUPATEN ROTE NDAO<B. Kecamatan Rote Timur "
        "9<KABUPATEN KUPANG<A. Kecamatan Sulamu", "2 BAGIAN, 3 BAGIAN, 5 BAGIAN, 7 BAGIAN, 8 BAGIAN"),
    one("subtotals are rows", """
No|Desa|KPM
A. Kecamatan Lobalain||
1|Kuli|5
2|Kolobolon|6
|Jumlah Kec. Lobalain|11
B. Kecamatan Rote Timur||
1|Papela|7
Sub Total||7
TOTAL||18""", "No|Desa|KPM",
        "3<A. Kecamatan Lobalain 4<A. Kecamatan Lobalain 5<A. Kecamatan Lobalain 7<B. Kecamatan Rote Timur "
        "8<B. Kecamatan Rote Timur 9<B. Kecamatan Rote Timur", "2 BAGIAN, 6 BAGIAN"),
    one("kecamatan with figures over their desa are rows", """
Wilayah|KPM
Kecamatan Lobalain|11
Desa Kuli|5
Desa Kolobolon|6
Kecamatan Rote Timur|7
Desa Papela|7""", "Wilayah|KPM", "2 3 4 5 6"),
    one("a region without figures is a row", """
No|Kecamatan|KPM
1|Lobalain|5
2|Rote Tengah|
3|Rote Timur|7
4|Ndao Nuse|""", "No|Kecamatan|KPM", "2 3 4 5"),
    one("a region without number and figures is a row", """
Kecamatan|KPM|Kuota
Lobalain|5|6
Kecamatan Rote Tengah||
Rote Timur|7|8
Ndao Nuse||

Sumber: Dinas Sosial""", "Kecamatan|KPM|Kuota", "2 3 4 5", "7 KAKI"),
    one("regions that are called as a foot would be", """
No|Kecamatan|KPM
1|Sumber|5
2|Sumber Data|
3|Penata|7""", "No|Kecamatan|KPM", "2 3 4"),
    one("regions of that name without numbers", """
Desa|KPM|Kuota
Sumber|5|1
Sumber Rejo||
Catatan Jaya|7|2
Kepala Sungai||""", "Desa|KPM|Kuota", "2 3 4 5"),
    one("place, day, who signs", """
No|Kecamatan|KPM|Kuota
1|Lobalain|5|6
2|Rote Timur|7|8
JUMLAH||12|14

Catatan: *) angka sementara
|||Ba'a, 5 Januari 2025
Mengetahui,|||
|||Kepala Dinas Sosial

|||NAMA PEJABAT
|||Pembina Tk I / IVb
|||NIP. 19000000 000000 1 000""", "No|Kecamatan|KPM|Kuota", "2 3 4", "6 KAKI, 7 KAKI, 8 KAKI, 9 KAKI, 11 KAKI, 12 KAKI, 13 KAKI"),
    one("notes with numbers of their own", """
No|Kecamatan|KPM|Kuota
1|Lobalain|5|6
2|Rote Timur|7|8
Keterangan:|||
1|KPM yang aktif||
2|Menurut surat||
|L = laki-laki||""", "No|Kecamatan|KPM|Kuota", "2 3", "4 KAKI, 5 KAKI, 6 KAKI, 7 KAKI"),
    one("the foot of a page in the middle", """
No|Kecamatan|KPM|Kuota
1|Lobalain|5|6
Sumber: SIKS-NG|||
Halaman 1 dari 2|||
|Rote Tengah||
2|Rote Timur|7|8""", "No|Kecamatan|KPM|Kuota", "2 5 6", "3 KAKI, 4 KAKI"),
    one("rows go on below the foot", """
No|Kecamatan|KPM|Kuota
1|Lobalain|5|6
Sumber: SIKS-NG|||
2|Rote Tengah||""", "No|Kecamatan|KPM|Kuota", "2 4", "3 KAKI"),
    Shape("another table below", """
Tabel 1. PKH
No|Kecamatan|KPM
1|Lobalain|5
TOTAL||5
Sumber: Dinas Sosial

Tabel 2. Panti
No|Nama|Kabupaten|Kuota|Klien
1|Panti Satu|Rote Ndao|20|15
""", (("No|Kecamatan|KPM", "3 4", "1 JUDUL, 5 KAKI"), ("No|Nama|Kabupaten|Kuota|Klien", "9", "7 JUDUL"))),
    Shape("another table at once", """
Kecamatan|KPM
Lobalain|5
Desa|Kuota|Klien
Kuli|20|15
""", (("Kecamatan|KPM", "2", ""), ("Desa|Kuota|Klien", "4", ""))),
    Shape("tables of two rows of header", """
No|Kecamatan|KPM PKH|
||L|P
1|Lobalain|5|6
2|Rote Tengah||

Data anggota
No|Kecamatan|Anggota|
||L|P
1|Lobalain|7|8
""", (("No|Kecamatan|KPM PKH/L|KPM PKH/P", "3 4", ""), ("No|Kecamatan|Anggota/L|Anggota/P", "9", "6 JUDUL"))),
    one("the same table, a kecamatan each", """
KECAMATAN LOBALAIN
No|Desa|KPM
1|Kuli|5
2|Kolobolon|6

KECAMATAN ROTE TIMUR
No|Desa|KPM
1|Papela|7""", "No|Desa|KPM", "3<KECAMATAN LOBALAIN 4<KECAMATAN LOBALAIN 8<KECAMATAN ROTE TIMUR", "1 BAGIAN, 6 BAGIAN, 7 KEPALA_ULANG"),
    one("a form above the table", """
Kabupaten|Rote Ndao
Kecamatan : Lobalain|
Tahun|2024

No|Desa|KPM|Kuota
1|Kuli|5|6""", "No|Desa|KPM|Kuota", "6<Kecamatan : Lobalain", "1 JUDUL, 2 BAGIAN, 3 JUDUL"),
    one("title in the middle above the columns", """
||Realisasi KPM Tahun 2024
No|Kecamatan|KPM|Kuota
1|Lobalain|5|6""", "No|Kecamatan|KPM|Kuota", "3", "1 JUDUL"),
    one("title merged over the columns", """
DATA KPM KABUPATEN ROTE NDAO|||
No|Kecamatan|KPM|Kuota
1|Lobalain|5|6""", "No|Kecamatan|KPM|Kuota", "3", "1 JUDUL", "A1:D1"),
    one("codes for titles", """
kode_kabupaten_kota|nama_kabupaten_kota|rencana_kpm|realisasi_kpm|rencana_anggaran|realisasi_anggaran
53.14|Rote Ndao|11800|11731|12500000000|12157475000""",
        "kode_kabupaten_kota|nama_kabupaten_kota|rencana_kpm|realisasi_kpm|rencana_anggaran|realisasi_anggaran", "2"),
    one("elements in rows", """
wilayah|elemen|rincian|nilai
53.14.01|BAN01||2.859
53.14.01|SDM01|JK=L|4""", "wilayah|elemen|rincian|nilai", "2 3"),
    one("provinces", """
Kabupaten|Kube|Rutilahu|Sarling
Rote Ndao|30|5|1
Kupang|12|-|nihil""", "Kabupaten|Kube|Rutilahu|Sarling", "2 3"),
    one("series of numbers below a parent", """
Kecamatan|Desil||Total
|1|2|
Lobalain|5|6|11""", "Kecamatan|Desil/1|Desil/2|Total", "3"),
    one("money with marks in the rows", """
No|Uraian|Pagu Anggaran (Rp)|Realisasi|
|||Jumlah|%
A.|Belanja APBD|3.772.191.098.-|3.497.552.382.-|92,72%
1|Belanja Tidak Langsung|1.464.405.368.-|1.418.623.079.-|96,87%
|a. Program Penunjang|400.959.000.-|362.755.953.-|90,47%
|b. Program Perlindungan|||
No|Uraian|Pagu Anggaran (Rp)|Realisasi|
|||Jumlah|%
|c. Program Rehabilitasi|539.731.100.-|495.863.400.-|91,87%
Total Realisasi Anggaran [a]||||92,72""",
        "No|Uraian|Pagu Anggaran (Rp)|Realisasi/Jumlah|Realisasi/%", "3 4 5 6 9 10", "7 KEPALA_ULANG, 8 KEPALA_ULANG"),
    one("a line that goes on with the row above, and then the header again", """
No|Sasaran|Target|Indikator
1|Perlindungan|5|I01
|||I02
No|Sasaran|Target|Indikator
|||I03
2|Data|6|I04""", "No|Sasaran|Target|Indikator", "2 3 5 6", "4 KEPALA_ULANG"),
    one("a column that goes on where the header ends", """
Kecamatan|KPM
Lobalain|5|
Rote Timur|7|catatan""", "Kecamatan|KPM|", "2 3"),
    one("titles in capitals, spaced, broken over lines", """
NO.|K E C A M A T A N|REALISASI\\nKPM
1|Lobalain|5""", "NO.|K E C A M A T A N|REALISASI KPM", "2"),
    one("little is known of it", """
Laporan

No|Kecamatan|Yang diminta|Yang lain
1|Lobalain|5|6""", "No|Kecamatan|Yang diminta|Yang lain", "4", "1 JUDUL"),
    Shape("instructions", """
Petunjuk pengisian
Isi lembar berikut
nama|apa saja
kecamatan|nama kecamatan menurut daftar""", ()),
    Shape("a helper's list", """
A|B|C
1|2|3""", ()),
    Shape("nothing", "", ()),
)  # fmt: skip
