"""GraphQL texts and small builders that the rekap tests share."""

from typing import Any

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
