"""Closed figures and secret shelters in a demo, each marked by a number or a word that nothing else has: whoever meets one of
them has seen what he may not see."""

from typing import Any

from tests.client import Client

KAB, PROV, KEC, DESA = "53.14", "53", "53.14.05", "53.14.05.2010"
SHELTER = "0190aaaa-0000-7000-8000-00000000d0d0"  # a shelter
PANTI = "0190aaaa-0000-7000-8000-00000000c0c0"  # an open home
SLRT = "0190aaaa-0000-7000-8000-00000000c1c1"
OPEN = 880_001  # what the public does see: a kind of sensitivity 2 in a whole kabupaten
LABEL = "RAHASIAXYZ"  # in every text about the shelter

_Cell = tuple[str, str, dict[str, str], int | str]
_ANGKA: tuple[_Cell, ...] = (
    ("KTK01", KAB, {}, 770_001), ("KTK01", KEC, {}, 770_002), ("KTK02", KAB, {}, 770_003), ("KTK06", KAB, {}, 770_004),
    ("PPK01", KAB, {"jenis_ppks": "1"}, OPEN), ("PPK01", KAB, {"jenis_ppks": "16"}, 770_011),
    ("PPK01", KEC, {"jenis_ppks": "1"}, 770_012), ("PPK01", DESA, {"jenis_ppks": "1"}, 770_013),
    ("PPK01", KAB, {"jenis_ppks": "18", "JK": "P"}, 770_014), ("PPK01", KEC, {}, 770_015), ("PPK01", DESA, {}, 770_016),
    ("LEM04", KAB, {"sasaran_layanan": "korban NAPZA"}, 770_017), ("BEN06", KEC, {}, 770_018), ("BEN06", DESA, {}, 770_019),
    ("BEN02", KAB, {}, "3.3773001"), ("BEN02", KEC, {}, "3.3773002"), ("BEN02", DESA, {}, "3.3773003"),
    ("WIL03", KEC, {}, "3.3773004"), ("WIL03", DESA, {}, "3.3773005"), ("BEN02", KAB, {"sebab": "alam"}, "3.3773006"),
    ("KIN02", KAB, {"indikator": "I06"}, 770_020), ("BAN08", KAB, {"alasan_graduasi": "kekerasan KDRT"}, 770_021),
    ("KIN02", KAB, {"indikator": "ktk01"}, 770_022), ("KIN02", KAB, {"indikator": " i06"}, 770_023),
    ("KIN02", KAB, {"indikator": "Ktk01, ditangani"}, 770_024), ("KIN02", KAB, {"sasaran_kinerja": "KTK-02 / ktk02"}, 770_025),
    ("KIN02", KAB, {"indikator": "BEN02"}, "3.3773007"), ("KIN07", KAB, {"indikator": "I06"}, 770_026),
    ("KIN07", KAB, {"indikator": "KTK01"}, 770_027),
)  # fmt: skip
PERIODE = "2021"
_STATED = (
    ("KTK01", KAB, 770_031),
    ("BEN02", KAB, "3.3773031"),
    ("KTK01", PROV, 770_032),
    ("BEN02", PROV, "3.3773032"),
)
# in one form of the demo's kabupaten, approved, and once before
_NILAI: tuple[_Cell, ...] = (
    ("KTK01", KAB, {}, 770_041), ("PPK01", KAB, {"jenis_ppks": "16"}, 770_042), ("PPK01", DESA, {}, 770_043),
    ("BEN02", DESA, {}, "3.3773041"),
)  # fmt: skip
_TOTAL = (
    ("KTK01", KAB, 770_051, 770_052),
    ("BEN02", KAB, "3.3773051", "3.3773052"),
    ("REH09+REH10", KEC, 770_053, 770_054),
)
_CLIENTS = {"klien_l": 770_061, "klien_p": 770_062}
MARKS = sorted(
    {str(n) for *_, n in (*_ANGKA, *_NILAI) if n != OPEN}
    | {str(n) for _, _, *angka in (*_STATED, *_TOTAL) for n in angka}
    | {"770061", "770062", str(770_061 + 770_062), "770063", "770064", LABEL, SHELTER}
)


def build(hub: Client) -> None:
    """Fill the demo. Written as the tables' owner; what closes it are the triggers and policies, and that it was released hidden."""
    for _ in range(2):  # the first ones become history
        hub.sql("DELETE FROM angka WHERE kode_kab = %s AND periode = %s", KAB, PERIODE)
        hub.sql("DELETE FROM angka_tertulis WHERE periode = %s", PERIODE)
        for elemen, wilayah, rincian, nilai in _ANGKA:
            _angka(hub, elemen, wilayah, rincian, nilai)
        for elemen, wilayah, nilai in _STATED:
            hub.sql(
                "INSERT INTO angka_tertulis (kode_kab, elemen, periode, kode_wilayah, dimensi, rincian, tertulis) "
                "VALUES (%s, %s, %s, %s, '', '{}', %s)", wilayah, elemen, PERIODE, wilayah, nilai,
            )  # fmt: skip
        _release(hub)
    _rekap(hub)
    _places(hub)


def _release(hub: Client) -> None:
    """All of it hidden but for the one that is open, at levels that are shown."""
    hub.sql("DELETE FROM angka_rilis WHERE kode_kab = %s AND periode = %s", KAB, PERIODE)
    columns = "kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian"
    hub.sql(
        f"INSERT INTO angka_rilis ({columns}, nilai, status, turunan) SELECT {columns}, CASE nilai WHEN %s THEN nilai END, "
        "CASE nilai WHEN %s THEN status ELSE 'DISUPRESI' END, turunan FROM angka "
        "WHERE kode_kab = %s AND periode = %s AND hub_terbuka(hub_peka(elemen, rincian), tingkat)", OPEN, OPEN, KAB, PERIODE,
    )  # fmt: skip


def _angka(hub: Client, elemen: str, wilayah: str, rincian: dict[str, str], nilai: Any) -> None:
    pairs = ", ".join(f"'{k}', '{v}'" for k, v in rincian.items())
    hub.sql(
        "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
        f"VALUES (%s, %s, %s, hub_tingkat(%s), %s, %s, jsonb_build_object({pairs}), %s, 'ADA', false)",
        KAB, elemen, PERIODE, wilayah, "|".join(sorted(rincian)), wilayah, nilai,
    )  # fmt: skip


def _rekap(hub: Client) -> None:
    key = (KAB, "F06", PERIODE)
    hub.sql(
        "INSERT INTO rekap (kode_kab, formulir, periode, status, revisi, revisi_disetujui) VALUES (%s, %s, %s, 'DISETUJUI', 2, 1)",
        *key,
    )
    for revision in (1, 2):
        hub.sql(
            "INSERT INTO rekap_revisi (kode_kab, formulir, periode, revisi, jenis, dibuat_pada, oleh, kunci_idempoten, hash_isi, "
            f"versi_formulir, surat_nomor, surat_tanggal) VALUES (%s, %s, %s, {revision}, 'AJUAN', now(), 'x', '{LABEL}{revision}', "
            f"'\\x770001', 1, '{LABEL}', '2022-01-05')", *key,
        )  # fmt: skip
        for elemen, wilayah, rincian, nilai in _NILAI:
            pairs = ", ".join(f"'{k}', '{v}'" for k, v in rincian.items())
            hub.sql(
                "INSERT INTO rekap_nilai (kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status) "
                f"VALUES (%s, %s, %s, {revision}, %s, %s, jsonb_build_object({pairs}), %s, 'ADA')", *key, elemen, wilayah, nilai,
            )  # fmt: skip
        for order, (elemen, wilayah, stated, computed) in enumerate(_TOTAL, 1):
            hub.sql(
                "INSERT INTO rekap_total (kode_kab, formulir, periode, revisi, urut, elemen, kode_wilayah, tertulis, dihitung) "
                f"VALUES (%s, %s, %s, {revision}, {order}, %s, %s, %s, %s)", *key, elemen, wilayah, stated, computed,
            )  # fmt: skip
    hub.sql(
        "INSERT INTO rekap_temuan (kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, nilai, lokasi) "
        f"VALUES (%s, %s, %s, 1, 1, 'X', 'INFO', '{LABEL}', '770001', '[]')", *key,
    )  # fmt: skip
    hub.sql(
        "UPDATE rekap SET revisi_disetujui = 2 WHERE kode_kab = %s AND formulir = 'F06' AND periode = %s", KAB, PERIODE
    )


def _places(hub: Client) -> None:
    common = {"kode_kab": KAB, "pemilik": "MASYARAKAT", "kode_desa": DESA, "sejak": "2015-01-01", "diubah_oleh": "uji"}
    shelter = {
        "id": SHELTER, "jenis": "RUMAH_SINGGAH", "nama": f"Rumah {LABEL}", "alamat": f"Jalan {LABEL}", "sumber": LABEL,
        "sasaran": LABEL, "daya_tampung": 770_064, "rahasia": True,
    }  # fmt: skip
    for fields in (
        shelter | _CLIENTS,
        {"id": PANTI, "jenis": "PANTI", "nama": "Panti terbuka", "sasaran": "anak", "daya_tampung": 900_000} | _CLIENTS,
        {"id": SLRT, "jenis": "SLRT", "nama": "SLRT terbuka", "pengaduan_masuk": 3, "pengaduan_selesai": 12},
    ):
        row = common | fields
        placeholders = ", ".join(["%s"] * len(row))
        hub.sql(f"INSERT INTO sumber_daya ({', '.join(row)}) VALUES ({placeholders})", *row.values())
    # it was open, and something was written of it then
    hub.sql("UPDATE sumber_daya SET rahasia = false, klien_l = 770063 WHERE id = %s", SHELTER)
    hub.sql("UPDATE sumber_daya SET rahasia = true, klien_l = 770061 WHERE id = %s", SHELTER)
    hub.sql(
        "INSERT INTO surat_sumber_daya (kode_kab, id, jenis, sejak, nomor) VALUES (%s, %s, 'TANDA_DAFTAR', '2015-01-01', %s)",
        KAB, SHELTER, LABEL,
    )  # fmt: skip
    (origin,) = hub.sql("SELECT id::text FROM wksbm WHERE kode_kab = %s ORDER BY kode_desa LIMIT 1", KAB)
    hub.sql(
        "INSERT INTO hubungan_wksbm (id, asal_kab, asal, macam, tujuan_kab, tujuan, jenis, skala, sejak, diubah_oleh) "
        "VALUES (gen_random_uuid(), %s, %s, 'SUMBER_DAYA', %s, %s, %s, 'LOKAL', '2020-01-01', 'uji')",
        KAB, origin[0], KAB, SHELTER, LABEL,
    )  # fmt: skip
    hub.sql("UPDATE hubungan_wksbm SET skala = 'REGIONAL' WHERE tujuan = %s", SHELTER)
