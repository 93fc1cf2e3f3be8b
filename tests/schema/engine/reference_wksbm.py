"""The reference resolver's part for networks (WKSBM), their links and partners; and the networks it is asked about."""

from datetime import date, timedelta
from typing import Any

from tests.client import Klien
from tests.schema.engine.reference_pages import page
from tests.schema.engine.reference_sumber_daya import _Baca
from tests.wksbm.texts import jejaring, nomor, sambung

Baris = dict[str, Any]

WKSBM = [
    f"{kab}:{nomor(n)}"
    for n, kab in ((0, "53.14"), (1, "53.14"), (2, "53.14"), (3, "53.14"), (4, "36.73"), (99, "53.14"))
]
SARING_WKSBM: list[Any] = [
    None, {}, {"di": "53.14"}, {"di": "5314"}, {"tahap": ["PEMANTAPAN"]}, {"tahap": []}, {"di": "36", "tahap": ["PENUMBUHAN"]},
    {"di": "53.14.02.2018", "tahap": ["PENUMBUHAN", "PENGEMBANGAN"]},
]  # fmt: skip
KATA = ("PENUMBUHAN", "PEMANTAPAN", "PENGEMBANGAN", "LOKAL", "REGIONAL", "NASIONAL")  # enumerations as they are written
_BAGIAN = {"PENUMBUHAN": "5a.", "PEMANTAPAN": "5b.", "PENGEMBANGAN": "5c."}


def isi_wksbm(hub: Klien, desa: list[str], sumber_daya: list[str]) -> None:
    """Networks 0 to 4 beside the demo's, linked to each other, to social resources (their UUIDs) and to a partner."""
    jejaring(hub, 5, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4)], [*desa, "36.73.01.1002"])
    hub.sql(
        "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) VALUES (%s, 'Mitra \"Uji\"', 'yayasan', '', 'uji')",
        nomor(1),
    )
    sambung(hub, "53.14", nomor(0), "MITRA", "", nomor(1), skala="NASIONAL", sampai="2020-01-01")
    for n, id_ in enumerate(sumber_daya):
        sambung(
            hub, "53.14", nomor(n % 4), "SUMBER_DAYA", "53.14", id_, skala="REGIONAL", sejak=f"20{20 + n % 3}-02-01"
        )
    for n, (nama, jenis, sampai) in enumerate((("Kelompok A", "5", None), ("B", "4", "2020-05-01"), ("C", "77", None))):
        hub.sql("INSERT INTO anggota_wksbm (kode_kab, wksbm, nama, sejak, jenis, sampai) VALUES ('53.14', %s, %s, '2019-02-01', %s, %s)",
                nomor(n % 2), nama, jenis, sampai)  # fmt: skip
    for n, (kegiatan, uraian) in enumerate(
        (("5a.1", ""), ("5a.3", "Peta"), ("7.1", ""), ("9.9", "Lain"), ("5b.2", ""))
    ):
        hub.sql("INSERT INTO kegiatan_wksbm (kode_kab, wksbm, tanggal, kegiatan, uraian) VALUES ('53.14', %s, %s, %s, %s)",
                nomor(n % 2), f"20{19 + n % 2}-03-0{n + 1}", kegiatan, uraian)  # fmt: skip
    hub.sql(
        "UPDATE wksbm SET tahap = 'PEMANTAPAN', tahap_sejak = '2020-02-01', tahap_alasan = 'Rapat' WHERE id = %s",
        nomor(1),
    )
    hub.sql(
        "UPDATE wksbm SET tahap = 'PENUMBUHAN', tahap_sejak = '2020-03-01', kegiatan_sejak = '2020-03-01' WHERE id = %s",
        nomor(0),
    )
    hub.sql("UPDATE wksbm SET sampai = '2021-01-01' WHERE id = %s", nomor(3))


class ReferenceWksbm:
    """Links are gone along both ways, while they hold and both ends stand."""

    hari_ini: date

    def _muat_wksbm(self, semua: _Baca) -> None:
        def tabel(nama: str, urut: str) -> list[Baris]:
            # without hari_terakhir: infinity is no date of Python's
            (k,) = semua(
                "SELECT string_agg(quote_ident(attname), ', ') AS k FROM pg_attribute "
                f"WHERE attrelid = '{nama}'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'hari_terakhir'"
            )
            return semua(f"SELECT {k['k']} FROM {nama} ORDER BY {urut}")

        self.jejaring = tabel("wksbm", "kode_desa, id")
        self.hubungan = tabel("hubungan_wksbm", "sejak, id")
        self.anggota = tabel("anggota_wksbm", "nama, sejak")
        self.kegiatan = tabel("kegiatan_wksbm", "tanggal, kegiatan, uraian")
        self.tahap = tabel("tahap_wksbm", "urut")
        isi = "id, versi, diubah_oleh AS oleh, to_jsonb(w) AS isi"
        self.versi = semua(f"SELECT {isi} FROM wksbm w UNION ALL SELECT {isi} FROM wksbm_riwayat w ORDER BY id, versi")
        self.mitra = tabel("mitra_luar", "nama, id")
        self.butir = semua("SELECT * FROM daftar_kode WHERE berlaku ORDER BY urut")

    # ---------- Query ----------

    def _query_wksbm(self, _: Any, id: str) -> Baris | None:
        return next((self._lihat_wksbm(w) for w in self.jejaring if self._wksbm_id(w) == id.lower()), None)

    def _query_daftarWksbm(
        self,
        _: Any,
        saring: Baris | None = None,
        pada: str | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> Baris:
        s = saring or {}
        isi = self.jejaring
        if pada is not None:
            hari = date.fromisoformat(pada)
            isi = [{**w, "acuan": hari} for w in isi if _ada(w, hari)]
        if (tahap := s.get("tahap")) is not None:
            isi = [w for w in isi if w["tahap"] in tahap]
        if (di := s.get("di")) is not None:
            isi = [w for w in isi if w["kode_desa"].replace(".", "").startswith(di.replace(".", ""))]
        return page([self._lihat_wksbm(w) for w in isi], lambda w: (w["kode_desa"], str(w["id"])), first, after)

    def _wilayah_wksbm(self, d: Baris) -> list[Baris]:
        ada = [{**w, "acuan": d["acuan"]} for w in self.jejaring if w["kode_desa"] == d["kode"] and _ada(w, d["acuan"])]
        return sorted(ada, key=lambda w: str(w["id"]))

    # ---------- a network ----------

    def _lihat_wksbm(self, w: Baris) -> Baris:
        return {"acuan": min(_terakhir(w), self.hari_ini), **w}

    def _wksbm_id(self, w: Baris) -> str:
        return f"{w['kode_kab']}:{w['id']}"

    def _wksbm_desa(self, w: Baris) -> Baris:
        desa: Baris = self._sumberdaya_desa(w)  # type: ignore[attr-defined]
        return desa

    def _wksbm_aktif(self, w: Baris) -> bool:
        return _ada(w, self.hari_ini)

    def _wksbm_riwayatTahap(self, w: Baris) -> list[Baris]:
        return [t for t in self.tahap if t["wksbm"] == w["id"]]

    def _wksbm_anggota(self, w: Baris, pada: str | None = None) -> list[Baris]:
        return [
            a for a in self.anggota if a["wksbm"] == w["id"] and (pada is None or _ada(a, date.fromisoformat(pada)))
        ]

    def _wksbm_jumlahAnggota(self, w: Baris) -> int:
        return len(self._wksbm_anggota(w, self.hari_ini.isoformat()))

    def _wksbm_kegiatan(self, w: Baris, sejak: str | None = None, sampai: str | None = None) -> list[Baris]:
        return [
            k for k in self.kegiatan
            if k["wksbm"] == w["id"] and (sejak or "") <= k["tanggal"].isoformat() <= (sampai or "9999")
        ]  # fmt: skip

    def _wksbm_kegiatanKurang(self, w: Baris) -> list[Baris]:
        mulai = w["kegiatan_sejak"] or date.min
        sudah = {k["kegiatan"] for k in self._wksbm_kegiatan(w) if k["tanggal"] >= mulai}
        awal = _BAGIAN[w["tahap"]]
        return [b for b in self._daftar("KEGIATAN_WKSBM") if b["kode"].startswith(awal) and b["kode"] not in sudah]

    def _wksbm_riwayat(self, w: Baris) -> list[Baris]:
        semua = [v for v in self.versi if v["id"] == w["id"]]
        hasil = [
            {**v, "perubahan": _beda(lama and lama["isi"], v["isi"])}
            for lama, v in zip([None, *semua], semua, strict=False)
        ]
        return hasil[::-1]

    def _wksbm_derajat(self, w: Baris) -> int:
        return len(self._tetangga(w["id"], self.hari_ini))

    def _wksbm_jumlahSumber(self, w: Baris) -> int:
        return sum(h["asal"] == w["id"] and h["macam"] != "WKSBM" and _ada(h, self.hari_ini) for h in self.hubungan)

    def _wksbm_jangkauan(self, w: Baris, langkah: int | None = 2, pada: str | None = None) -> list[Baris]:
        hari = date.fromisoformat(pada) if pada else self.hari_ini
        jarak, tepi = {w["id"]: 0}, {w["id"]}
        for n in range(1, 1 + (2 if langkah is None else langkah)):
            tepi = {t for i in tepi for t in self._tetangga(i, hari)} - jarak.keys()
            jarak |= dict.fromkeys(tepi, n)
        isi = [x for x in self.jejaring if x["id"] in jarak and x["id"] != w["id"]]
        return [self._lihat_wksbm(x) for x in sorted(isi, key=lambda x: (jarak[x["id"]], x["kode_desa"], str(x["id"])))]

    def _tetangga(self, id_: Any, hari: date) -> set[Any]:
        ada = {w["id"] for w in self.jejaring if _ada(w, hari)}
        garis = [(h["asal"], h["tujuan"]) for h in self.hubungan if h["macam"] == "WKSBM" and _ada(h, hari)]
        if id_ not in ada:
            return set()
        return ({b for a, b in garis if a == id_} | {a for a, b in garis if b == id_}) & ada

    def _daftar(self, nama: str) -> list[Baris]:
        return [b for b in self.butir if b["daftar"] == nama]

    def _nama(self, daftar: str, kode: str) -> str:
        return next((b["nama"] for b in self._daftar(daftar) if b["kode"] == kode), kode)

    def _anggotawksbm_jenis(self, a: Baris) -> str:
        return self._nama("PSKS", a["jenis"])

    def _anggotawksbm_kodeJenis(self, a: Baris) -> str:
        return str(a["jenis"])

    def _kegiatanwksbm_program(self, k: Baris) -> str:
        return self._nama("PROGRAM_WKSBM", k["kegiatan"].partition(".")[0])

    def _kegiatanwksbm_kode(self, k: Baris) -> str:
        return str(k["kegiatan"])

    def _kegiatanwksbm_kegiatan(self, k: Baris) -> str:
        return self._nama("KEGIATAN_WKSBM", k["kegiatan"])

    def _kegiatanwksbm_uraian(self, k: Baris) -> str:
        return k["uraian"] or self._kegiatanwksbm_kegiatan(k)

    # ---------- links ----------

    def _wksbm_hubungan(self, w: Baris, skala: str | None = None, pada: str | None = None) -> list[Baris]:
        def dari_sini(h: Baris) -> Baris:
            masuk = h["asal"] != w["id"]
            ujung = ("WKSBM", h["asal_kab"], h["asal"]) if masuk else (h["macam"], h["tujuan_kab"], h["tujuan"])
            return {**h, "masuk": masuk, "ujung": ujung}

        return [
            dari_sini(h) for h in self.hubungan
            if (h["asal"] == w["id"] or (h["macam"] == "WKSBM" and h["tujuan"] == w["id"]))
            and (skala is None or h["skala"] == skala) and (pada is None or _ada(h, date.fromisoformat(pada)))
        ]  # fmt: skip

    def _hubunganwksbm_id(self, h: Baris) -> str:
        return f"{h['asal_kab']}:{h['id']}"

    def _hubunganwksbm_asal(self, h: Baris) -> Baris | None:
        return self._query_wksbm(None, f"{h['asal_kab']}:{h['asal']}")

    def _hubunganwksbm_tujuan(self, h: Baris) -> Baris | None:
        macam, kab, id_ = h["ujung"]
        if macam == "MITRA":
            return next(m for m in self.mitra if m["id"] == id_)
        satu = self._query_wksbm if macam == "WKSBM" else self._query_sumberDaya  # type: ignore[attr-defined]
        ada: Baris | None = satu(None, f"{kab}:{id_}")
        return ada

    def _mitraluar_id(self, m: Baris) -> str:
        return f"mitra:{m['id']}"

    def _mitraluar_jumlahHubungan(self, m: Baris) -> int:
        return sum(h["tujuan"] == m["id"] and h["macam"] == "MITRA" and _ada(h, self.hari_ini) for h in self.hubungan)


def tipe_jejaring(nilai: Baris) -> str | None:
    """Which of these types a row is, if it is of one."""
    return "Wksbm" if "kegiatan_sejak" in nilai else "MitraLuar" if "pencatat" in nilai else None


def _beda(lama: Baris | None, baru: Baris) -> list[Baris]:
    """What differs, as text."""
    lewat = ("versi", "diubah_pada", "diubah_oleh", "hari_terakhir", "diganti_pada")
    isian = [k for k in sorted(baru) if lama is not None and lama[k] != baru[k] and k not in lewat]
    return [{"isian": k, "lama": (lama or {})[k], "baru": baru[k]} for k in isian]


def _terakhir(x: Baris) -> date:
    return x["sampai"] - timedelta(days=1) if x["sampai"] else date.max


def _ada(x: Baris, hari: date) -> bool:
    return bool(x["sejak"] <= hari <= _terakhir(x))
