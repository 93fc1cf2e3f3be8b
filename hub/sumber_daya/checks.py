"""What may be wrong with a social resource, all at once. Pure: what the database knows comes as an argument."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hub.base.angka import is_plausible
from hub.base.kode import Level, level_of
from hub.base.region_names import name_key
from hub.base.temuan import ERROR, WARNING, Temuan, display
from hub.sumber_daya.draft import PlacedDraft, SumberDayaDraft, SuratDraft
from hub.wilayah.region_list import NoMatchError, RegionList, RegionMatch

_CLIENT_COLUMNS = ("klien_l", "klien_p", "klien")
COLUMNS_OF_KIND: dict[str, tuple[str, ...]] = {
    "PANTI": ("sasaran", "daya_tampung", *_CLIENT_COLUMNS, "bidang", "ketua", "ketua_setuju", "cakupan"),
    "LKS": ("sasaran", "daya_tampung", *_CLIENT_COLUMNS, "bidang", "ketua", "ketua_setuju", "cakupan"),
    "LK3": ("bidang", *_CLIENT_COLUMNS),
    "RUMAH_SINGGAH": ("sasaran", "daya_tampung", *_CLIENT_COLUMNS),
    "SLRT": (
        "sekretariat", "sumber_dana", "tahun", "petugas_depan", "petugas_belakang", "pengaduan_masuk", "pengaduan_selesai",
    ),
    "PUSKESOS": (
        "pengelola", "sumber_dana", "tahun", "petugas_depan", "petugas_belakang", "pengaduan_masuk", "pengaduan_selesai",
    ),
    "GUDANG_BENCANA": ("tingkat_gudang", "luas_m2", "kapasitas_m3"),
    "KAMPUNG_SIAGA_BENCANA": ("lumbung", "gardu", "anggota_l", "anggota_p", "anggota"),
    "KARANG_TARUNA": (
        "anggota_l", "anggota_p", "anggota", "pengurus_l", "pengurus_p", "pengurus", "klasifikasi",
    ),
}  # fmt: skip
SURAT_OF_KIND = {
    kind: ("TANDA_DAFTAR", "AKREDITASI", "SK") if kind in ("PANTI", "LKS", "LK3", "RUMAH_SINGGAH") else ("SK",)
    for kind in COLUMNS_OF_KIND
}
PILIHAN = {
    "cakupan": ("KOTA", "PROVINSI", "NASIONAL"),
    "tingkat_gudang": ("PUSAT", "PROVINSI", "KABUPATEN"),
    "klasifikasi": ("TUMBUH", "BERKEMBANG", "MAJU", "PERCONTOHAN"),
}
PEOPLE_COLUMNS = ("klien", "anggota", "pengurus")  # each with its _l and _p
_REQUIRED = {"PANTI": ("sasaran", "daya_tampung")}
ACCREDITATION_YEARS = {"A": 5, "B": 3, "C": 2}  # Permensos: how long a certificate of that grade holds
_LONGEST = 500  # letters of a name, an address or another text
_LARGEST = 2**31 - 1

DESA_MESSAGES = {
    "BUKAN_KODE": ("DESA_BUKAN_KODE", "bukan kode desa; tulis seperti 53.14.01.2005"),
    "DI_LUAR": ("DESA_DI_LUAR", "di luar kabupaten/kota ini"),
    "TIDAK_BERLAKU": ("DESA_TIDAK_BERLAKU", "tidak berlaku lagi"),
    "TAK_DIKENAL": ("DESA_TAK_DIKENAL", "tidak dikenal"),
    "RANGKAP": ("DESA_RANGKAP", "dapat berarti lebih dari satu desa; tulis kodenya"),
    "LEMBAGA": ("DESA_TAK_DIKENAL", "adalah lembaga, bukan desa"),
}


@dataclass(frozen=True, slots=True)
class DesaAtPoint:
    """Where a point lies: `kode` None: in no desa whose boundary is loaded. `holds_point`: whether the desa named holds the
    point, None where its boundary is not loaded."""

    kode: str | None
    nama: str | None
    holds_point: bool | None


def point_of(geojson: Mapping[str, object] | None) -> tuple[float, float] | None:
    """Longitude and latitude of a GeoJSON point. Raises ValueError saying what is wrong with it."""
    if geojson is None:
        return None
    coordinates = geojson.get("coordinates")
    if geojson.get("type") != "Point" or not isinstance(coordinates, list | tuple) or len(coordinates) not in (2, 3):
        raise ValueError('titik harus GeoJSON {"type": "Point", "coordinates": [bujur, lintang]}')
    lon, lat = coordinates[:2]
    if not all(isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x) for x in (lon, lat)):
        raise ValueError("bujur dan lintang titik harus angka")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{lon}, {lat} bukan titik di bumi; bujur lebih dahulu, lalu lintang, dalam derajat")
    return float(lon), float(lat)


def check(d: SumberDayaDraft) -> list[Temuan]:
    """Everything that shows in the draft itself."""
    return [*_texts(d), *_span(d), *_columns(d), *_angka(d), *_point(d), *_surat(d)]


def check_desa(d: PlacedDraft, regions: RegionList) -> tuple[RegionMatch | None, list[Temuan]]:
    """The desa named, and what is wrong with the name. `regions`: the regions of its kabupaten."""
    location = d.location("desa")
    try:
        match = regions.match_kode(d.desa)
    except NoMatchError as mismatch:
        kode, explanation = DESA_MESSAGES[mismatch.cause]
        proposal = "; ".join(mismatch.suggestions) or None
        suggestion = f" Mungkin maksudnya: {proposal}." if proposal else ""
        return None, [
            Temuan(
                kode,
                ERROR,
                f'Desa "{d.desa}" {explanation}.{suggestion}',
                nilai=d.desa,
                usulan=proposal,
                lokasi=location,
            )
        ]
    if level_of(match.kode) is not Level.DESA:
        message = (
            f"{match.kode} adalah {level_of(match.kode).name.lower()} {match.nama}; sebutkan desa atau kelurahannya."
        )
        return None, [Temuan("BUKAN_DESA", ERROR, message, wilayah=match.kode, nilai=d.desa, lokasi=location)]
    if match.deviation == "KODE_LAIN_MASA":
        message = f"Kode {d.desa} tidak berlaku; dipakai {match.kode} ({match.nama})."
        return match, [
            Temuan(
                "KODE_LAIN_MASA", WARNING, message, wilayah=match.kode, nilai=d.desa, usulan=match.kode, lokasi=location
            )
        ]
    return match, []


def check_namesake(d: PlacedDraft, match: RegionMatch, standing: Iterable[tuple[str, str]]) -> list[Temuan]:
    """Of a new one: whether one of that name stands in its desa. `standing`: (id, name) of those that do."""
    existing = next((i for i, name in standing if name_key(name) == name_key(d.nama)), None)
    if existing is None:
        return []
    key = f"{match.kode[:5]}:{existing}"
    message = (
        f'"{d.nama}" sudah terdaftar di {match.nama} ({key}); dicatat sebagai yang lain lagi. Bila yang dimaksud itu, ubah yang itu '
        "dengan id dan versinya, dan akhiri yang ini (sampai)."
    )
    return [
        Temuan(
            "MIRIP_TERDAFTAR",
            WARNING,
            message,
            wilayah=match.kode,
            nilai=d.nama,
            usulan=key,
            lokasi=d.location("nama"),
        )
    ]


def check_point(d: PlacedDraft, match: RegionMatch, at_point: DesaAtPoint) -> list[Temuan]:
    """Whether the point lies in the desa named."""
    if at_point.holds_point or at_point.kode == match.kode:
        return []
    location = d.location("titik")
    if at_point.kode is not None:
        message = f"Titiknya terletak di {at_point.nama} ({at_point.kode}), bukan di {match.nama} ({match.kode})."
        return [
            Temuan(
                "TITIK_DI_DESA_LAIN",
                WARNING,
                message,
                wilayah=match.kode,
                nilai=d.desa,
                usulan=at_point.kode,
                lokasi=location,
            )
        ]
    if at_point.holds_point is None:
        return []  # nobody can tell
    message = (
        f"Titiknya di luar batas {match.nama} ({match.kode}) dan tidak di desa mana pun; periksa bujur dan lintangnya."
    )
    return [Temuan("TITIK_DI_LUAR_BATAS", WARNING, message, wilayah=match.kode, lokasi=location)]


def _texts(d: SumberDayaDraft) -> Iterator[Temuan]:
    if not d.nama.strip():
        yield Temuan("NAMA_KOSONG", ERROR, "Nama harus diisi.", lokasi=d.location("nama"))
    texts = {"nama": d.nama, "alamat": d.alamat, "sumber": d.sumber}
    texts |= {k: v for k, v in d.values.items() if isinstance(v, str) and k not in ("luas_m2", "kapasitas_m3")}
    for column, value in texts.items():
        if value is not None and (len(value) > _LONGEST or "\0" in value):
            message = f"{d.label(column)} paling banyak {_LONGEST} huruf, tanpa huruf kendali."
            yield Temuan(
                "TEKS_TIDAK_SAH", ERROR, message, nilai=value[:40].replace("\0", "�"), lokasi=d.location(column)
            )


def _span(d: SumberDayaDraft) -> Iterator[Temuan]:
    if d.sampai is not None and d.sampai <= d.sejak:
        message = f"sampai ({d.sampai}) adalah hari pertama tidak ada lagi; harus sesudah sejak ({d.sejak})."
        yield Temuan("MASA_TERBALIK", ERROR, message, nilai=str(d.sampai), lokasi=d.location("sampai"))
    year = d.values.get("tahun")
    if isinstance(year, int) and not 1900 <= year <= 2100:
        yield Temuan(
            "TAHUN_TIDAK_SAH", ERROR, f"{year} bukan tahun yang mungkin.", nilai=str(year), lokasi=d.location("tahun")
        )


def _columns(d: SumberDayaDraft) -> Iterator[Temuan]:
    allowed = COLUMNS_OF_KIND[d.jenis]
    for column, value in d.values.items():
        if value is None:
            continue
        if column not in allowed:
            message = f"{d.label(column)} bukan isian {d.jenis}; isiannya: {', '.join(map(d.label, allowed))}."
            yield Temuan("ISIAN_BUKAN_JENIS", ERROR, message, nilai=str(value), lokasi=d.location(column))
        elif column in PILIHAN and value not in PILIHAN[column]:
            message = f'{d.label(column)} "{value}" tidak dikenal; pilihannya: {", ".join(PILIHAN[column])}.'
            yield Temuan("PILIHAN_TAK_DIKENAL", ERROR, message, nilai=str(value), lokasi=d.location(column))
    for column in _REQUIRED.get(d.jenis, ()):
        value = d.values.get(column)
        if value is None or value == "":
            yield Temuan(
                "ISIAN_WAJIB", ERROR, f"{d.label(column)} harus diisi untuk {d.jenis}.", lokasi=d.location(column)
            )
    if d.values.get("ketua") and not d.values.get("ketua_setuju"):
        message = "Nama ketua tidak disimpan, karena tidak dinyatakan bahwa ia setuju namanya dibuka (ketuaSetuju)."
        yield Temuan("KETUA_TANPA_SETUJU", WARNING, message, lokasi=d.location("ketua"))


def _angka(d: SumberDayaDraft) -> Iterator[Temuan]:
    for column, value in d.values.items():
        location = d.location(column)
        if column in ("luas_m2", "kapasitas_m3") and value is not None:
            if not isinstance(value, Decimal) or not is_plausible(value):
                yield Temuan(
                    "ANGKA_TAK_TERBACA",
                    ERROR,
                    f'{d.label(column)}: "{value}" bukan angka; tulis tanpa tanda kutip dan tanpa titik ribuan, seperti 1250.5.',
                    nilai=str(value),
                    lokasi=location,
                )
                continue
        elif isinstance(value, bool) or not isinstance(value, int):
            continue
        if value < 0:
            message = f"{d.label(column)}: {display(value)} kurang dari nol."
            yield Temuan("ANGKA_NEGATIF", ERROR, message, nilai=str(value), usulan=display(-value), lokasi=location)
        elif isinstance(value, int) and value > _LARGEST:
            yield Temuan(
                "ANGKA_TERLALU_BESAR",
                ERROR,
                f"{d.label(column)}: {value} terlalu besar.",
                nilai=str(value),
                lokasi=location,
            )
    yield from _people_sums(d)
    if d.rahasia and d.jenis == "GUDANG_BENCANA":
        message = "Gudang bencana tidak dapat dirahasiakan: stoknya terbuka bagi semua. Kosongkan rahasia."
        yield Temuan("RAHASIA_GUDANG", ERROR, message, lokasi=d.location("rahasia"))
    capacity, clients = d.values.get("daya_tampung"), people_count(d.values, "klien")
    if isinstance(capacity, int) and clients is not None and clients > capacity >= 0:
        message = f"Klien {display(clients)} orang melebihi daya tampung {display(capacity)} orang."
        yield Temuan("KLIEN_MELEBIHI_DAYA", WARNING, message, nilai=str(clients), lokasi=d.location("klien_l"))
    received, settled = d.values.get("pengaduan_masuk"), d.values.get("pengaduan_selesai")
    if isinstance(received, int) and isinstance(settled, int) and settled > received:
        message = f"Pengaduan selesai ({display(settled)}) melebihi yang masuk ({display(received)})."
        yield Temuan(
            "SELESAI_MELEBIHI_MASUK", WARNING, message, nilai=str(settled), lokasi=d.location("pengaduan_selesai")
        )


def people_count(values: Mapping[str, object], people_column: str) -> int | None:
    """How many: the number of all, else the sum of the sexes that are known; None where nothing is."""
    total = values.get(people_column)
    if isinstance(total, int):
        return total
    known = [n for k in (f"{people_column}_l", f"{people_column}_p") if isinstance(n := values.get(k), int)]
    return sum(known) if known else None


def _people_sums(d: SumberDayaDraft) -> Iterator[Temuan]:
    for people_column in PEOPLE_COLUMNS:
        total, men, women = (d.values.get(k) for k in (people_column, f"{people_column}_l", f"{people_column}_p"))
        if not isinstance(total, int):
            continue
        parts = [n for n in (men, women) if isinstance(n, int)]
        summed = sum(parts)
        if (len(parts) == 2 and summed != total) or summed > total >= 0:
            message = f"{d.label(people_column)} {display(total)} ≠ laki-laki + perempuan {display(summed)}."
            yield Temuan(
                "JUMLAH_TIDAK_SAMA",
                ERROR,
                message,
                nilai=str(total),
                usulan=str(summed),
                lokasi=d.location(people_column),
            )


def _point(d: SumberDayaDraft) -> Iterator[Temuan]:
    if d.titik is None:
        return
    if d.rahasia:
        message = "Titik tempat yang dirahasiakan (perlindungan korban) tidak boleh disimpan; kosongkan titiknya."
        yield Temuan("TITIK_RAHASIA", ERROR, message, lokasi=d.location("titik"))
    try:
        point_of(d.titik)
    except ValueError as error:
        yield Temuan("TITIK_TIDAK_SAH", ERROR, f"Titik tidak sah: {error}.", lokasi=d.location("titik"))


def _surat(d: SumberDayaDraft) -> Iterator[Temuan]:
    seen: set[tuple[str, date]] = set()
    for i, s in enumerate(d.surat or ()):
        location = d.location("surat", i)
        what = f"{s.jenis} sejak {s.sejak}"
        if s.jenis not in SURAT_OF_KIND[d.jenis]:
            message = f"{d.jenis} tidak mempunyai {s.jenis}; suratnya: {', '.join(SURAT_OF_KIND[d.jenis])}."
            yield Temuan("SURAT_BUKAN_JENIS", ERROR, message, nilai=s.jenis, lokasi=location)
        if (s.jenis, s.sejak) in seen:
            yield Temuan("SURAT_GANDA", ERROR, f"{what} disebut dua kali; sisakan satu.", lokasi=location)
        seen.add((s.jenis, s.sejak))
        if s.sampai is not None and s.sampai <= s.sejak:
            message = f"{what}: sampai ({s.sampai}) adalah hari pertama tidak berlaku lagi; harus sesudahnya."
            yield Temuan("SURAT_TERBALIK", ERROR, message, nilai=str(s.sampai), lokasi=location)
        if any(t is not None and (len(t) > _LONGEST or "\0" in t) for t in (s.nomor, s.cakupan)):
            message = f"{what}: nomor paling banyak {_LONGEST} huruf, tanpa huruf kendali."
            yield Temuan("TEKS_TIDAK_SAH", ERROR, message, lokasi=location)
        yield from _grade(d, s, what, i)


def _grade(d: SumberDayaDraft, s: SuratDraft, what: str, i: int) -> Iterator[Temuan]:
    location = d.location("surat", i)
    if s.jenis != "AKREDITASI":
        if s.peringkat is not None:
            message = f"{what}: peringkat hanya untuk AKREDITASI."
            yield Temuan("PERINGKAT_BUKAN_AKREDITASI", ERROR, message, nilai=s.peringkat, lokasi=location)
        return
    years = ACCREDITATION_YEARS.get(s.peringkat or "")
    if years is None:
        message = f"{what}: peringkat akreditasi harus A, B atau C."
        yield Temuan("PERINGKAT_TIDAK_SAH", ERROR, message, nilai=s.peringkat, lokasi=location)
        return
    latest = add_years(s.sejak, years)
    if s.sampai is None or s.sampai > latest:
        stated = "tanpa akhir" if s.sampai is None else f"sampai {s.sampai}"
        message = f"{what}: akreditasi {s.peringkat} berlaku {years} tahun, jadi sampai {latest}; ditulis {stated}."
        nilai = None if s.sampai is None else str(s.sampai)
        yield Temuan("AKREDITASI_TERLALU_LAMA", WARNING, message, nilai=nilai, usulan=str(latest), lokasi=location)


def add_years(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
