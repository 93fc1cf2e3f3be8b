"""Why an indicator has no value, in a sentence. The statement finds which reason it is and of what; it is handed these sentences as one
value and fills their gaps (%s), and knows none itself."""

from collections.abc import Mapping

import orjson

from hub.plan.sql_text import Names

REASONS: Mapping[str, str] = {
    "tertutup": "Tertutup bagi Anda.",
    "penyebut_nol": "Penyebutnya nol.",
    "tak_lengkap": "Belum ada %s yang lengkap untuk periode ini.",
    "tanpa_skor": "Belum ada capaian sasaran: tulis pada KIN02[sasaran_kinerja], atau lengkapi target dan realisasi semua indikatornya.",
    "tanpa_target": "Belum ada target (KIN01) yang capaiannya dihitung begini.",
    "target_kosong": "KIN01[indikator=%s] tidak berisi angka.",
    "target_nol": "Targetnya nol.",
    "satuan": "Target dalam %2$s, %1$s dalam %3$s: satuannya berlainan, jadi tidak dibandingkan. Realisasi dalam %2$s dapat ditulis pada "
    "KIN02[indikator=%1$s].",
    "tak_dihitung": "%1$s tidak dihitung hub; realisasinya dapat ditulis pada KIN02[indikator=%1$s].",
    "tanpa_realisasi": "Realisasi %s belum ada untuk periode ini.",
    "ditulis": "Realisasinya sebagaimana ditulis pada KIN02[indikator=%s]; hub tidak dapat menghitungnya.",
}


def reasons_json() -> str:
    """What a statement is handed as `alasan`."""
    return orjson.dumps(REASONS).decode()


def say(n: Names, reason: str, *gaps: str) -> str:
    """A reason in SQL, its gaps filled by these expressions; null where the statement was handed no sentences."""
    if "alasan" not in n:
        return "NULL::text"
    assert reason in REASONS, reason
    arguments = ", ".join([f"CAST({n.alasan} AS jsonb)->>'{reason}'", *gaps])
    return f"format({arguments})"
