"""The reference resolver's part for networks (WKSBM), their links and partners; and the networks it is asked about."""

from datetime import date, timedelta
from typing import Any

from tests.client import Client
from tests.schema.engine.reference_pages import page
from tests.schema.engine.reference_sumber_daya import ReadRows, letters
from tests.wksbm.texts import connect, jejaring, uuid_of

Row = dict[str, Any]

WKSBM = [
    f"{kab}:{uuid_of(n)}"
    for n, kab in ((0, "53.14"), (1, "53.14"), (2, "53.14"), (3, "53.14"), (4, "36.73"), (99, "53.14"))
]
WKSBM_FILTERS: list[Any] = [
    None, {}, {"di": "53.14"}, {"di": "5314"}, {"tahap": ["PEMANTAPAN"]}, {"tahap": []}, {"di": "36", "tahap": ["PENUMBUHAN"]},
    {"di": "53.14.02.2018", "tahap": ["PENUMBUHAN", "PENGEMBANGAN"]}, {"nama": "j1"}, {"nama": "J 3", "di": "53"},
]  # fmt: skip
ENUM_WORDS = (
    "PENUMBUHAN",
    "PEMANTAPAN",
    "PENGEMBANGAN",
    "LOKAL",
    "REGIONAL",
    "NASIONAL",
)  # enumerations as they are written
_ACTIVITY_PREFIX = {"PENUMBUHAN": "5a.", "PEMANTAPAN": "5b.", "PENGEMBANGAN": "5c."}


def fill_wksbm(hub: Client, desa: list[str], sumber_daya: list[str]) -> None:
    """Networks 0 to 4 beside the demo's, linked to each other, to social resources (their UUIDs) and to a partner."""
    jejaring(hub, 5, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4)], [*desa, "36.73.01.1002"])
    hub.sql(
        "INSERT INTO mitra_luar (id, nama, jenis, pencatat, diubah_oleh) VALUES (%s, 'Mitra \"Uji\"', 'yayasan', '', 'uji')",
        uuid_of(1),
    )
    connect(hub, "53.14", uuid_of(0), "MITRA", "", uuid_of(1), skala="NASIONAL", sampai="2020-01-01")
    for n, id_ in enumerate(sumber_daya):
        connect(
            hub, "53.14", uuid_of(n % 4), "SUMBER_DAYA", "53.14", id_, skala="REGIONAL", sejak=f"20{20 + n % 3}-02-01"
        )
    for n, (name, kind, until) in enumerate((("Kelompok A", "5", None), ("B", "4", "2020-05-01"), ("C", "77", None))):
        hub.sql("INSERT INTO anggota_wksbm (kode_kab, wksbm, nama, sejak, jenis, sampai) VALUES ('53.14', %s, %s, '2019-02-01', %s, %s)",
                uuid_of(n % 2), name, kind, until)  # fmt: skip
    for n, (activity, description) in enumerate(
        (("5a.1", ""), ("5a.3", "Peta"), ("7.1", ""), ("9.9", "Lain"), ("5b.2", ""))
    ):
        hub.sql("INSERT INTO kegiatan_wksbm (kode_kab, wksbm, tanggal, kegiatan, uraian) VALUES ('53.14', %s, %s, %s, %s)",
                uuid_of(n % 2), f"20{19 + n % 2}-03-0{n + 1}", activity, description)  # fmt: skip
    hub.sql(
        "UPDATE wksbm SET tahap = 'PEMANTAPAN', tahap_sejak = '2020-02-01', tahap_alasan = 'Rapat' WHERE id = %s",
        uuid_of(1),
    )
    hub.sql(
        "UPDATE wksbm SET tahap = 'PENUMBUHAN', tahap_sejak = '2020-03-01', kegiatan_sejak = '2020-03-01' WHERE id = %s",
        uuid_of(0),
    )
    hub.sql("UPDATE wksbm SET sampai = '2021-01-01' WHERE id = %s", uuid_of(3))


class ReferenceWksbm:
    """Links are gone along both ways, while they hold and both ends stand."""

    today: date

    def _load_wksbm(self, read: ReadRows) -> None:
        def read_table(name: str, order: str) -> list[Row]:
            # without hari_terakhir: infinity is no date of Python's
            (k,) = read(
                "SELECT string_agg(quote_ident(attname), ', ') AS k FROM pg_attribute "
                f"WHERE attrelid = '{name}'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'hari_terakhir'"
            )
            return read(f"SELECT {k['k']} FROM {name} ORDER BY {order}")

        self.jejaring = read_table("wksbm", "kode_desa, id")
        self.links = read_table("hubungan_wksbm", "sejak, id")
        self.members = read_table("anggota_wksbm", "nama, sejak")
        self.activities = read_table("kegiatan_wksbm", "tanggal, kegiatan, uraian")
        self.stages = read_table("tahap_wksbm", "urut")
        columns = "id, versi, diubah_oleh AS oleh, to_jsonb(w) AS isi"
        self.versions = read(
            f"SELECT {columns} FROM wksbm w UNION ALL SELECT {columns} FROM wksbm_riwayat w ORDER BY id, versi"
        )
        self.partners = read_table("mitra_luar", "nama, id")
        self.items = read("SELECT * FROM daftar_kode WHERE berlaku ORDER BY urut")

    # ---------- Query ----------

    def _query_wksbm(self, _: Any, id: str) -> Row | None:
        return next((self._seen_wksbm(w) for w in self.jejaring if self._wksbm_id(w) == id.lower()), None)

    def _query_daftarWksbm(
        self,
        _: Any,
        saring: Row | None = None,
        pada: str | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> Row:
        s = saring or {}
        rows = self.jejaring
        if pada is not None:
            day = date.fromisoformat(pada)
            rows = [{**w, "acuan": day} for w in rows if _stands_on(w, day)]
        if (stages := s.get("tahap")) is not None:
            rows = [w for w in rows if w["tahap"] in stages]
        if (region := s.get("di")) is not None:
            rows = [w for w in rows if w["kode_desa"].replace(".", "").startswith(region.replace(".", ""))]
        if (name := s.get("nama")) is not None:
            rows = [w for w in rows if letters(name) in letters(w["nama"])]
        return page([self._seen_wksbm(w) for w in rows], lambda w: (w["kode_desa"], str(w["id"])), first, after)

    def _wilayah_wksbm(self, d: Row) -> list[Row]:
        standing = [
            {**w, "acuan": d["acuan"]}
            for w in self.jejaring
            if d["kode"] in (w["kode_desa"], w["kode_kab"]) and _stands_on(w, d["acuan"])
        ]
        return sorted(standing, key=lambda w: (w["kode_desa"], str(w["id"])))

    # ---------- a network ----------

    def _seen_wksbm(self, w: Row) -> Row:
        return {"acuan": min(_last_day(w), self.today), **w}

    def _wksbm_id(self, w: Row) -> str:
        return f"{w['kode_kab']}:{w['id']}"

    def _wksbm_desa(self, w: Row) -> Row:
        desa: Row = self._sumberdaya_desa(w)  # type: ignore[attr-defined]
        return desa

    def _wksbm_aktif(self, w: Row) -> bool:
        return _stands_on(w, self.today)

    def _wksbm_riwayatTahap(self, w: Row) -> list[Row]:
        return [t for t in self.stages if t["wksbm"] == w["id"]]

    def _wksbm_anggota(self, w: Row, pada: str | None = None) -> list[Row]:
        return [
            a
            for a in self.members
            if a["wksbm"] == w["id"] and (pada is None or _stands_on(a, date.fromisoformat(pada)))
        ]

    def _wksbm_jumlahAnggota(self, w: Row) -> int:
        return len(self._wksbm_anggota(w, self.today.isoformat()))

    def _wksbm_kegiatan(self, w: Row, sejak: str | None = None, sampai: str | None = None) -> list[Row]:
        return [
            k for k in self.activities
            if k["wksbm"] == w["id"] and (sejak or "") <= k["tanggal"].isoformat() <= (sampai or "9999")
        ]  # fmt: skip

    def _wksbm_kegiatanKurang(self, w: Row) -> list[Row]:
        since = w["kegiatan_sejak"] or date.min
        done = {k["kegiatan"] for k in self._wksbm_kegiatan(w) if k["tanggal"] >= since}
        prefix = _ACTIVITY_PREFIX[w["tahap"]]
        return [b for b in self._code_list("KEGIATAN_WKSBM") if b["kode"].startswith(prefix) and b["kode"] not in done]

    def _wksbm_riwayat(self, w: Row) -> list[Row]:
        versions = [v for v in self.versions if v["id"] == w["id"]]
        history = [
            {**v, "perubahan": _differences(old and old["isi"], v["isi"])}
            for old, v in zip([None, *versions], versions, strict=False)
        ]
        return history[::-1]

    def _wksbm_derajat(self, w: Row) -> int:
        return len(self._neighbours(w["id"], self.today))

    def _wksbm_jumlahSumber(self, w: Row) -> int:
        return sum(h["asal"] == w["id"] and h["macam"] != "WKSBM" and _stands_on(h, self.today) for h in self.links)

    def _wksbm_jangkauan(self, w: Row, langkah: int | None = 2, pada: str | None = None) -> list[Row]:
        day = date.fromisoformat(pada) if pada else self.today
        distances, frontier = {w["id"]: 0}, {w["id"]}
        for n in range(1, 1 + (2 if langkah is None else langkah)):
            frontier = {t for i in frontier for t in self._neighbours(i, day)} - distances.keys()
            distances |= dict.fromkeys(frontier, n)
        rows = [x for x in self.jejaring if x["id"] in distances and x["id"] != w["id"]]
        return [
            self._seen_wksbm(x) for x in sorted(rows, key=lambda x: (distances[x["id"]], x["kode_desa"], str(x["id"])))
        ]

    def _neighbours(self, id_: Any, day: date) -> set[Any]:
        standing = {w["id"] for w in self.jejaring if _stands_on(w, day)}
        pairs = [(h["asal"], h["tujuan"]) for h in self.links if h["macam"] == "WKSBM" and _stands_on(h, day)]
        if id_ not in standing:
            return set()
        return ({b for a, b in pairs if a == id_} | {a for a, b in pairs if b == id_}) & standing

    def _code_list(self, name: str) -> list[Row]:
        return [b for b in self.items if b["daftar"] == name]

    def _name_of(self, code_list: str, kode: str) -> str:
        return next((b["nama"] for b in self._code_list(code_list) if b["kode"] == kode), kode)

    def _anggotawksbm_jenis(self, a: Row) -> str:
        return self._name_of("PSKS", a["jenis"])

    def _anggotawksbm_kodeJenis(self, a: Row) -> str:
        return str(a["jenis"])

    def _kegiatanwksbm_program(self, k: Row) -> str:
        return self._name_of("PROGRAM_WKSBM", k["kegiatan"].partition(".")[0])

    def _kegiatanwksbm_kode(self, k: Row) -> str:
        return str(k["kegiatan"])

    def _kegiatanwksbm_kegiatan(self, k: Row) -> str:
        return self._name_of("KEGIATAN_WKSBM", k["kegiatan"])

    def _kegiatanwksbm_uraian(self, k: Row) -> str:
        return k["uraian"] or self._kegiatanwksbm_kegiatan(k)

    # ---------- links ----------

    def _wksbm_hubungan(self, w: Row, skala: str | None = None, pada: str | None = None) -> list[Row]:
        def from_here(h: Row) -> Row:
            incoming = h["asal"] != w["id"]
            other_end = ("WKSBM", h["asal_kab"], h["asal"]) if incoming else (h["macam"], h["tujuan_kab"], h["tujuan"])
            return {**h, "masuk": incoming, "ujung": other_end}

        return [
            from_here(h) for h in self.links
            if (h["asal"] == w["id"] or (h["macam"] == "WKSBM" and h["tujuan"] == w["id"]))
            and (skala is None or h["skala"] == skala) and (pada is None or _stands_on(h, date.fromisoformat(pada)))
        ]  # fmt: skip

    def _hubunganwksbm_id(self, h: Row) -> str:
        return f"{h['asal_kab']}:{h['id']}"

    def _hubunganwksbm_asal(self, h: Row) -> Row | None:
        return self._query_wksbm(None, f"{h['asal_kab']}:{h['asal']}")

    def _hubunganwksbm_tujuan(self, h: Row) -> Row | None:
        kind, kab, id_ = h["ujung"]
        if kind == "MITRA":
            return next(m for m in self.partners if m["id"] == id_)
        find = self._query_wksbm if kind == "WKSBM" else self._query_sumberDaya  # type: ignore[attr-defined]
        found: Row | None = find(None, f"{kab}:{id_}")
        return found

    def _mitraluar_id(self, m: Row) -> str:
        return f"mitra:{m['id']}"

    def _mitraluar_jumlahHubungan(self, m: Row) -> int:
        return sum(h["tujuan"] == m["id"] and h["macam"] == "MITRA" and _stands_on(h, self.today) for h in self.links)


def jejaring_type(nilai: Row) -> str | None:
    """Which of these types a row is, if it is of one."""
    return "Wksbm" if "kegiatan_sejak" in nilai else "MitraLuar" if "pencatat" in nilai else None


def _differences(old: Row | None, new: Row) -> list[Row]:
    """What differs, as text."""
    skipped = ("versi", "diubah_pada", "diubah_oleh", "hari_terakhir", "diganti_pada")
    fields = [k for k in sorted(new) if old is not None and old[k] != new[k] and k not in skipped]
    return [{"isian": k, "lama": (old or {})[k], "baru": new[k]} for k in fields]


def _last_day(x: Row) -> date:
    return x["sampai"] - timedelta(days=1) if x["sampai"] else date.max


def _stands_on(x: Row, day: date) -> bool:
    return bool(x["sejak"] <= day <= _last_day(x))
