"""Codes of a file that the hub has annotated and that comes back."""

from hub.base.temuan_codes.entry import Subject, error, info

RETURNED = Subject(
    "Berkas beranotasi yang kembali",
    (
        info(
            "USULAN_DITERIMA",
            'Usulan di lembar "Temuan" diterima; sel itu dibaca menurut usulannya.',
            "Lihat bacaannya; kosongkan jawabannya bila keliru.",
        ),
        error(
            "USULAN_TAK_DITERAPKAN",
            'Jawaban di lembar "Temuan" tidak dapat dijalankan: selnya sudah berubah, usulannya tidak ada atau lebih dari satu.',
            "Kosongkan jawabannya lalu perbaiki selnya sendiri, atau sisakan satu usulan.",
        ),
    ),
)
