"""What can be wrong with a member of the Tagana register. Pure; every finding at once.

Criteria (Permensos on Tagana, as the source documents state them): 18 to 40 years old at registration, knowledge, willing
to train, faith, loyal to Pancasila.
"""

from collections.abc import Iterator
from datetime import date

from hub.base.temuan import ERROR, WARNING, Location, Temuan
from hub.tagana.draft import TaganaDraft

YOUNGEST_AGE, OLDEST_AGE = 18, 40
_TEXT_LENGTH = 200  # letters of a name or a title
_ADDRESS_LENGTH = 500
_MOST = 100  # trainings, deployments or specialities of one person

CRITERIA = {
    "berpengetahuan": "memiliki pengetahuan kebencanaan",
    "bersedia_dilatih": "bersedia dilatih",
    "beriman": "beriman",
    "setia_pancasila": "setia kepada Pancasila",
}
_INPUT_NAMES = {"bersedia_dilatih": "bersediaDilatih", "setia_pancasila": "setiaPancasila"}  # as the input calls them


def age(born: date, day: date) -> int:
    """Full years on that day; somebody born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def check_tagana(d: TaganaDraft, today: date, *, desa_exists: bool) -> list[Temuan]:
    """`desa_exists`: the code names a desa in force."""
    temuan = [
        *_check_text("nama", d.nama, required=True),
        *_check_text("nia", d.nia),
        *_check_text("sertifikat", d.sertifikat),
    ]
    temuan += _check_text("alamat", d.alamat, most=_ADDRESS_LENGTH)
    if not desa_exists:
        message = f'"{d.kode_desa}" bukan kode desa/kelurahan yang berlaku di {d.kode_kab}.'
        temuan.append(
            Temuan("DESA_TAK_DIKENAL", ERROR, message, wilayah=d.kode_desa, nilai=d.kode_desa, lokasi=_location("desa"))
        )
    temuan += _check_days(d, today)
    temuan += [
        Temuan(
            "KRITERIA_TIDAK_TERPENUHI",
            ERROR,
            f"Anggota Tagana harus {meaning}.",
            wilayah=d.kode_desa,
            lokasi=_location(_INPUT_NAMES.get(name, name)),
        )
        for name, meaning in CRITERIA.items()
        if not getattr(d, name)
    ]
    for i, k in enumerate(d.keahlian):
        temuan += _check_text("keahlian", k, required=True, index=i)
    temuan += _check_activities(d, today)
    for what, items in (("keahlian", d.keahlian), ("pelatihan", d.pelatihan or ()), ("penugasan", d.penugasan or ())):
        if len(items) > _MOST:
            temuan.append(Temuan("TERLALU_BANYAK", ERROR, f"{what} paling banyak {_MOST}.", lokasi=_location(what)))
    return temuan


def _check_days(d: TaganaDraft, today: date) -> Iterator[Temuan]:
    if d.didata > today:
        message = f"Tanggal pendataan {d.didata} belum tiba."
        yield Temuan("TANGGAL_BELUM_TIBA", ERROR, message, nilai=str(d.didata), lokasi=_location("didata"))
    years = age(d.tanggal_lahir, d.didata)
    if not YOUNGEST_AGE <= years <= OLDEST_AGE:
        message = (
            f"Umur saat didata {years} tahun; anggota Tagana didata pada umur {YOUNGEST_AGE} sampai {OLDEST_AGE} tahun."
        )
        yield Temuan("UMUR_DI_LUAR", ERROR, message, nilai=str(d.tanggal_lahir), lokasi=_location("tanggalLahir"))
    if d.sampai is not None and d.sampai <= d.didata:
        message = f"Tidak lagi anggota sejak {d.sampai}, padahal baru didata {d.didata}."
        yield Temuan("TANGGAL_TERBALIK", ERROR, message, nilai=str(d.sampai), lokasi=_location("sampai"))


def _check_activities(d: TaganaDraft, today: date) -> Iterator[Temuan]:
    for i, p in enumerate(d.pelatihan or ()):
        yield from _check_text("pelatihan", p.nama, required=True, index=i)
        yield from _check_text("penyelenggara", p.penyelenggara, index=i)
        if p.tanggal > today:
            message = f"Pelatihan tanggal {p.tanggal} belum tiba."
            yield Temuan("TANGGAL_BELUM_TIBA", ERROR, message, nilai=str(p.tanggal), lokasi=_location("pelatihan", i))
    for i, t in enumerate(d.penugasan or ()):
        yield from _check_text("penugasan", t.kejadian, required=True, index=i)
        yield from _check_text("peran", t.peran, index=i)
        if t.sampai is not None and t.sampai <= t.sejak:
            message = f"Penugasan berakhir {t.sampai}, sebelum atau pada hari mulainya {t.sejak}; isi hari pertama sesudahnya."
            yield Temuan("TANGGAL_TERBALIK", ERROR, message, nilai=str(t.sampai), lokasi=_location("penugasan", i))
        if t.sejak > today:
            message = f"Penugasan tanggal {t.sejak} belum tiba."
            yield Temuan("TANGGAL_BELUM_TIBA", ERROR, message, nilai=str(t.sejak), lokasi=_location("penugasan", i))
        elif t.sejak < d.didata:
            message = f"Penugasan tanggal {t.sejak} mendahului pendataan {d.didata}; periksa tanggalnya."
            yield Temuan("SEBELUM_DIDATA", WARNING, message, nilai=str(t.sejak), lokasi=_location("penugasan", i))


def _check_text(
    name: str, text: str | None, *, required: bool = False, most: int = _TEXT_LENGTH, index: int | None = None
) -> list[Temuan]:
    """A text that can be kept: one line, not endless, and there where it must be."""
    if text is None:
        return []
    if not text.strip():
        if not required:
            return []
        return [Temuan("TEKS_KOSONG", ERROR, f"{name} harus diisi.", lokasi=_location(name, index))]
    if len(text) > most or not text.isprintable():
        message = f"{name} paling panjang {most} huruf, tanpa pindah baris."
        return [Temuan("TEKS_TAK_TERBACA", ERROR, message, lokasi=_location(name, index))]
    return []


def check_reason(name: str, text: str) -> list[Temuan]:
    """A reason or a purpose that another office will read."""
    return _check_text(name, text, required=True, most=_ADDRESS_LENGTH)


def _location(column: str, index: int | None = None) -> tuple[Location, ...]:
    return (Location(indeks=index, kolom=column),)
