"""Codes of an office's objectives and its scale."""

from hub.base.temuan_codes.entry import Subject, error, info

PERFORMANCE_LISTS = Subject(
    "Sasaran dan skala kinerja",
    (
        error(
            "NOMOR_SASARAN_TAK_SAH",
            "Nomor sasaran tidak dapat dipakai sebagai pilihan dalam rekap.",
            "Tulis nomornya saja, seperti pada rekap.",
        ),
        error(
            "SASARAN_BERTENTANGAN",
            "Satu nomor sasaran ditulis dengan dua nama.",
            "Samakan namanya, atau perbaiki nomornya.",
        ),
        error("INDIKATOR_GANDA", "Satu indikator disebut lebih dari sekali.", "Sisakan di bawah satu sasaran."),
        info(
            "SASARAN_TANPA_INDIKATOR",
            "Sasaran tidak menyebut indikator; yang berlaku ialah target dan realisasi dalam rekap.",
            "Tidak perlu apa-apa, atau sebut indikatornya.",
        ),
        error("SKALA_GANDA", "Satu predikat, atau satu batas, ada dua kali dalam skala.", "Sisakan satu."),
        error("SKALA_TANPA_NOL", "Tingkat terendah skala tidak mulai dari 0.", "Tulis 0 pada tingkat terendahnya."),
    ),
)
