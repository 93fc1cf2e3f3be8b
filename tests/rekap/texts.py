"""GraphQL texts and small builders that the rekap tests share."""

from typing import Any

from tests.client import Client

TEMUAN = "kode tingkat pesan wilayah elemen nilai usulan lokasi { indeks lembar baris kolom }"
RESULT = f"""
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
SUBMIT = f"mutation ($m: RekapMasukan!, $uji: Boolean) {{ hasil: ajukanRekap(masukan: $m, uji: $uji) {{ {RESULT} }} }}"
SAVE = f"mutation ($m: RekapMasukan!) {{ hasil: simpanDrafRekap(masukan: $m) {{ {RESULT} }} }}"
APPROVE = f"mutation ($id: ID!, $revisi: Int!) {{ hasil: setujuiRekap(id: $id, revisi: $revisi) {{ {RESULT} }} }}"
SEND_BACK = (
    "mutation ($id: ID!, $revisi: Int!, $alasan: String!, $catatan: [CatatanSel!]) "
    f"{{ hasil: kembalikanRekap(id: $id, revisi: $revisi, alasan: $alasan, catatan: $catatan) {{ {RESULT} }} }}"
)
REOPEN = f"mutation ($id: ID!, $alasan: String!) {{ hasil: bukaRekap(id: $id, alasan: $alasan) {{ {RESULT} }} }}"
WITHDRAW = (
    "mutation ($id: ID!, $revisi: Int!, $alasan: String!) "
    f"{{ hasil: tarikRekap(id: $id, revisi: $revisi, alasan: $alasan) {{ {RESULT} }} }}"
)
APPROVE_MANY = f"mutation ($rekap: [RekapRevisi!]!) {{ hasil: setujuiBanyak(rekap: $rekap) {{ {RESULT} }} }}"
TAKE_OVER = (
    "mutation ($id: ID!, $revisi: Int!, $kunci: String!) "
    f"{{ hasil: terimaUsulan(id: $id, revisi: $revisi, kunciIdempoten: $kunci) {{ {RESULT} }} }}"
)


def submission(pelapor: str, formulir: str, periode: str, key: str, **more: Any) -> dict[str, Any]:
    """A RekapMasukan."""
    return {"pelapor": pelapor, "formulir": formulir, "periode": periode, "kunciIdempoten": key, **more}


def angka(wilayah: str, elemen: str, nilai: Any, **more: Any) -> dict[str, Any]:
    """A NilaiMasukan."""
    return {"wilayah": wilayah, "elemen": elemen, "nilai": nilai, **more}


def table(columns: list[str], rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """A TabelMasukan: each row is a place (code, or (name, kecamatan)) and its values."""
    given = []
    for place, *nilai in rows:
        if isinstance(place, tuple):
            where: dict[str, Any] = {"namaWilayah": place[0], "namaKecamatan": place[1]}
        else:
            where = {"wilayah": place} if place[:1].isdigit() else {"namaWilayah": place}
        given.append({**where, "nilai": nilai})
    return {"kolom": [{"elemen": k} for k in columns], "baris": given}


REKAP = f"""mutation ($berkas: Upload!, $pelapor: KodeWilayah!, $formulir: String!, $periode: Periode!, $kunci: String!, $uji: Boolean) {{
  hasil: unggahRekap(berkas: $berkas, pelapor: $pelapor, formulir: $formulir, periode: $periode, kunciIdempoten: $kunci, uji: $uji) {{
    {RESULT} }} }}"""


def rekap(hub: Client, content: bytes, as_whom: str | None = "53.14", name: str = "F05.xlsx", **more: Any) -> Any:
    nilai = {"pelapor": "53.14", "formulir": "f05", "periode": "2020-TW4", "kunci": "unggah 1", **more}
    return hub.upload(REKAP, nilai, {"berkas": (name, content)}, as_whom)["hasil"]
