"""The fingerprint of a proof, as text of SQL: SHA-256 of lines in UTF-8, what was asked, the figure, its parts in their order, who
is missing. How an office makes it again from the answer stands in docs/rekap.md, and tests/rekap/test_explanation.py does it.
"""

from collections.abc import Sequence

from hub.plan.sql_text import Names
from hub.rekap.explanation import element, period

FIGURE_OF_ELEMENT = ("'angka'", "trim_scale(b.nilai)", "b.status", "trim_scale(b.tertulis)")
FIGURE_OF_INDICATOR = (
    "'indikator'", "trim_scale(b.nilai)", "b.status", "trim_scale(b.pembilang)", "trim_scale(b.penyebut)"
)  # fmt: skip


def told(n: Names, sentences: str, figure: Sequence[str]) -> str:
    """A select of what is said of the whole proof, out of jelas_baris, jelas_asal and jelas_belum: `cara` and `sidik`. `sentences`: of
    a row `b` of the figure, its element `e` and the counts `a` of its parts; `figure`: values of `b`."""
    rincian = _choices(f"CAST({n.rincian} AS jsonb)") if "rincian" in n else "''"
    asked = _line(["'jelaskanAngka 1'", n.wilayah, element(n), period(n), rincian])
    at = "(extract(epoch FROM a.disetujui_pada) * 1000000)::bigint"
    part = _line(
        [
            "'asal'", "a.kode_kab", "a.elemen", _choices("a.rincian"), "concat_ws(':', a.kode_kab, a.formulir, a.periode)", "a.revisi",
            "a.sidik", "a.periode", "trim_scale(a.nilai)", "a.status", "trim_scale(a.tertulis)", at, "a.disetujui_oleh",
        ]
    )  # fmt: skip
    return f"""SELECT b.acuan, {sentences} AS cara, encode(sha256(convert_to(concat_ws(E'\\n', {asked}, {_line(figure)},
  (SELECT string_agg({part}, E'\\n' ORDER BY a.kode_kab, a.sisi, a.elemen, a.rincian::text COLLATE "C", a.selesai) FROM jelas_asal a
    WHERE a.revisi IS NOT NULL),
  (SELECT string_agg('belum' || E'\\t' || m.kode_kab, E'\\n' ORDER BY m.kode_kab) FROM jelas_belum m)), 'UTF8')), 'hex') AS sidik
FROM jelas_baris b LEFT JOIN elemen e ON e.kode = {element(n)} CROSS JOIN (
  SELECT count(DISTINCT p.kode_kab) FILTER (WHERE p.revisi IS NOT NULL) AS kantor, count(DISTINCT p.kode_kab) FILTER (WHERE p.revisi IS NULL) AS register,
    coalesce(bool_or(p.periode <> {period(n)}), false) AS lebih_pendek,
    count(*) FILTER (WHERE p.tertulis <> p.nilai) AS beda, (SELECT count(*) FROM jelas_belum) AS belum FROM jelas_asal p
) a CROSS JOIN (SELECT CAST({n.kalimat} AS jsonb) AS isi) k
"""


def _line(values: Sequence[str]) -> str:
    """Values in one line, tabs between them; what is not there as nothing, and no tab or end of line within one."""
    texts = ", ".join(f"({v})::text" for v in values)
    return f"translate(array_to_string(ARRAY[{texts}], chr(31), ''), E'\\t\\n\\r' || chr(31), '   ' || E'\\t')"


def _choices(rincian: str) -> str:
    return f"(SELECT string_agg(c.key || '=' || c.value, ',' ORDER BY c.key) FROM jsonb_each_text({rincian}) c)"
