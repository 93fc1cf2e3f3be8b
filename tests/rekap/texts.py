"""GraphQL texts and small builders that the rekap tests share."""

from typing import Any

from tests.client import Klien

TEMUAN = "kode tingkat pesan wilayah elemen nilai usulan lokasi { indeks lembar baris kolom }"
HASIL = f"""
__typename
... on RekapDiterima {{
  revisi ulangan rekap {{ id status revisi revisiDisetujui }}
  perubahan {{ baru berubah tetap dihapus baris {{ wilayah elemen lama baru }} }}
  temuan {{ {TEMUAN} }}
}}
... on RekapDitolak {{ temuan {{ {TEMUAN} }} }}
... on TidakBerwenang {{ pesan }}
... on BentrokRevisi {{ pesan revisiTerbaru }}
"""
AJUKAN = f"mutation ($m: RekapMasukan!, $uji: Boolean) {{ hasil: ajukanRekap(masukan: $m, uji: $uji) {{ {HASIL} }} }}"
SIMPAN = f"mutation ($m: RekapMasukan!) {{ hasil: simpanDrafRekap(masukan: $m) {{ {HASIL} }} }}"
SETUJUI = f"mutation ($id: ID!, $revisi: Int!) {{ hasil: setujuiRekap(id: $id, revisi: $revisi) {{ {HASIL} }} }}"
KEMBALIKAN = (
    "mutation ($id: ID!, $revisi: Int!, $alasan: String!, $catatan: [CatatanSel!]) "
    f"{{ hasil: kembalikanRekap(id: $id, revisi: $revisi, alasan: $alasan, catatan: $catatan) {{ {HASIL} }} }}"
)
BUKA = f"mutation ($id: ID!, $alasan: String!) {{ hasil: bukaRekap(id: $id, alasan: $alasan) {{ {HASIL} }} }}"


def masukan(pelapor: str, formulir: str, periode: str, kunci: str, **isi: Any) -> dict[str, Any]:
    """A RekapMasukan."""
    return {"pelapor": pelapor, "formulir": formulir, "periode": periode, "kunciIdempoten": kunci, **isi}


def angka(wilayah: str, elemen: str, nilai: Any, **isi: Any) -> dict[str, Any]:
    """A NilaiMasukan."""
    return {"wilayah": wilayah, "elemen": elemen, "nilai": nilai, **isi}


def tabel(kolom: list[str], baris: list[tuple[Any, ...]]) -> dict[str, Any]:
    """A TabelMasukan: each row is a place (code, or (name, kecamatan)) and its values."""
    isi = []
    for tempat, *nilai in baris:
        if isinstance(tempat, tuple):
            di: dict[str, Any] = {"namaWilayah": tempat[0], "namaKecamatan": tempat[1]}
        else:
            di = {"wilayah": tempat} if tempat[:1].isdigit() else {"namaWilayah": tempat}
        isi.append({**di, "nilai": nilai})
    return {"kolom": [{"elemen": k} for k in kolom], "baris": isi}


REKAP = f"""mutation ($berkas: Upload!, $pelapor: KodeWilayah!, $formulir: String!, $periode: Periode!, $kunci: String!, $uji: Boolean) {{
  hasil: unggahRekap(berkas: $berkas, pelapor: $pelapor, formulir: $formulir, periode: $periode, kunciIdempoten: $kunci, uji: $uji) {{
    {HASIL} }} }}"""


def rekap(hub: Klien, isi: bytes, sebagai: str | None = "53.14", nama: str = "F05.xlsx", **lain: Any) -> Any:
    nilai = {"pelapor": "53.14", "formulir": "f05", "periode": "2020-TW4", "kunci": "unggah 1", **lain}
    return hub.unggah(REKAP, nilai, {"berkas": (nama, isi)}, sebagai)["hasil"]
