"""Guard rails on a document, before it is validated or run: tokens, depth, aliases, root fields, fields; introspection.

Fragments count as often as they are spread, for that is how often their fields are read. One walk visits every fragment
once. Everything that is too much is said at once, each with its own code, the number found, the limit and the remedy.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSyntaxError,
    InlineFragmentNode,
    IntValueNode,
    Lexer,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
    Source,
    StringValueNode,
    TokenKind,
    Visitor,
    parse,
    visit,
)

from hub.base.actor import Actor, Peran
from hub.base.errors import TERHITUNG, BatasBadanError, BatasDokumenError

PANJANG = 60_000  # characters of a document; values belong into variables
_ANGKA = 1_000  # digits of a whole number; Python reads none of some thousand
_PANJANG_SEKALI = re.compile(rf"\d{{{_ANGKA}}}")
_SUSUN = 150  # fragments inside fragments inside fields …: what the walks over a document can bear
_INTROSPEKSI = ("__schema", "__type")
_SKEMA = (*_INTROSPEKSI, "_service")  # what tells the schema; `_service` is federation's way of asking


@dataclass(frozen=True, slots=True)
class Pagar:
    """All guard rails of /graphql; README's table "Guard rails" says what each is for. `badan`, `badan_publik`: bytes."""

    badan: int = 32 * 2**20
    badan_publik: int = 256 * 2**10
    token: int = 10_000
    kedalaman: int = 16
    alias: int = 250
    akar: int = 20
    medan: int = 2_000
    biaya: int = 1_000_000
    introspeksi: bool = True


class _Ukuran(NamedTuple):
    """Of a selection: levels of fields, aliases, fields, levels of fields and fragments."""

    kedalaman: int = 0
    alias: int = 0
    medan: int = 0
    lapis: int = 0


@dataclass(slots=True)
class _Jalan:
    """One walk over one document."""

    fragments: dict[str, FragmentDefinitionNode]
    ukuran: dict[str, _Ukuran | None] = field(default_factory=dict)  # None: being walked (a cycle; validation says so)
    introspeksi: list[FieldNode] = field(default_factory=list)
    terlalu_tersusun: bool = False

    def pilihan(self, s: SelectionSetNode | None, susun: int) -> _Ukuran:
        if s is None:
            return _Ukuran()
        if susun > _SUSUN:
            self.terlalu_tersusun = True
            return _Ukuran()
        dalam = alias = medan = lapis = 0
        for satu in s.selections:
            if isinstance(satu, FieldNode):
                u = self._medan(satu, susun)
            elif isinstance(satu, InlineFragmentNode):
                u = self.pilihan(satu.selection_set, susun + 1)
            else:
                assert isinstance(satu, FragmentSpreadNode)
                u = self._fragment(satu.name.value, susun)
            dalam, alias, medan, lapis = max(dalam, u.kedalaman), alias + u.alias, medan + u.medan, max(lapis, u.lapis)
        # a fragment is walked once, so how deep it lies is known only from below
        self.terlalu_tersusun = self.terlalu_tersusun or lapis + susun > _SUSUN
        return _Ukuran(dalam, alias, medan, lapis + 1)

    def _medan(self, node: FieldNode, susun: int) -> _Ukuran:
        alias = 1 if node.alias else 0
        if node.name.value in _SKEMA:
            self.introspeksi.append(node)
        if node.name.value in _INTROSPEKSI:
            # not counted: tools send large ones; validation caps how lists of types nest in each other
            return _Ukuran(1, alias, 1, 1)
        u = self.pilihan(node.selection_set, susun + 1)
        return _Ukuran(u.kedalaman + 1, u.alias + alias, u.medan + 1, u.lapis)

    def _fragment(self, nama: str, susun: int) -> _Ukuran:
        if nama not in self.ukuran:
            isi = self.fragments.get(nama)
            self.ukuran[nama] = None
            self.ukuran[nama] = self.pilihan(isi.selection_set if isi else None, susun + 1)
        return self.ukuran[nama] or _Ukuran()

    def akar(self, s: SelectionSetNode, terlihat: set[str]) -> int:
        """Root fields of an operation."""
        banyak = 0
        antre = [s]
        while antre:
            for satu in antre.pop().selections:
                if isinstance(satu, FieldNode):
                    banyak += 1
                elif isinstance(satu, InlineFragmentNode):
                    antre.append(satu.selection_set)
                elif isinstance(satu, FragmentSpreadNode) and satu.name.value not in terlihat:
                    terlihat.add(satu.name.value)  # a second spread at the root adds no field to it
                    isi = self.fragments.get(satu.name.value)
                    antre += [isi.selection_set] if isi else []
        return banyak


def baca_dokumen(teks: str, pagar: Pagar) -> DocumentNode:
    """The document. Raises GraphQLError: its syntax, or too many tokens; BatasDokumenError: too long a text."""
    if len(teks) > PANJANG:
        raise BatasDokumenError(
            f"Dokumen GraphQL ini {len(teks)} huruf, paling panjang {PANJANG}; taruh isinya di variables."
        )
    try:
        return parse(Source(teks), max_tokens=pagar.token)
    except GraphQLSyntaxError:
        # the parser stops at the limit without saying how many there are
        banyak = _token(teks)
        if banyak <= pagar.token:
            raise
    raise _lewat(
        "BATAS_TOKEN", banyak, pagar.token, "Dokumen ini berisi {} token, paling banyak {}; minta lebih sedikit kolom, pakai fragment, "
        "atau taruh isinya di variables.", None,
    )  # fmt: skip


def periksa_dokumen(dokumen: DocumentNode, pagar: Pagar) -> list[GraphQLError]:
    """Everything in the document that is too much or not allowed here; empty when nothing is."""
    jalan = _Jalan({d.name.value: d for d in dokumen.definitions if isinstance(d, FragmentDefinitionNode)})
    temuan: list[GraphQLError] = []
    for d in dokumen.definitions:
        if isinstance(d, OperationDefinitionNode):
            u = jalan.pilihan(d.selection_set, 0)
            akar = jalan.akar(d.selection_set, set())
            for kode, ada, batas, pesan in (
                ("BATAS_KEDALAMAN", u.kedalaman, pagar.kedalaman,
                 "Pertanyaan ini bersarang {} tingkat, paling dalam {}; pecah menjadi beberapa pertanyaan."),
                ("BATAS_ALIAS", u.alias, pagar.alias,
                 "Pertanyaan ini memakai {} alias, paling banyak {}; ambil sebagai daftar, atau bagi menjadi beberapa pertanyaan."),
                ("BATAS_AKAR", akar, pagar.akar,
                 "Pertanyaan ini meminta {} hal sekaligus pada tingkat teratas, paling banyak {}; bagi menjadi beberapa pertanyaan."),
                ("BATAS_MEDAN", u.medan, pagar.medan,
                 "Pertanyaan ini memilih {} kolom (isi fragment dihitung tiap kali dipakai), paling banyak {}; pilih yang perlu saja."),
            ):  # fmt: skip
                if ada > batas:
                    temuan.append(_lewat(kode, ada, batas, pesan, d))
    if jalan.terlalu_tersusun:
        pesan = "Fragment dan pilihan bersarang lebih dari {} lapis; paling dalam {}. Ratakan fragment-fragmentnya."
        temuan.append(_lewat("BATAS_KEDALAMAN", _SUSUN, _SUSUN, pesan, None))
    if jalan.introspeksi and not pagar.introspeksi:
        pesan = "Introspeksi dimatikan di hub ini; pakai berkas skema yang dibagikan pengelola."
        temuan.append(GraphQLError(pesan, jalan.introspeksi, extensions={"kode": "INTROSPEKSI_MATI"}))
    if panjang := _bilangan_panjang(dokumen):
        pesan = f"Bilangan di dokumen ini terlalu panjang; paling panjang {_ANGKA} angka."
        temuan.append(GraphQLError(pesan, panjang, extensions={"kode": "MASUKAN_TIDAK_SAH"}))
    if jalan_nul := _nul(dokumen):
        pesan = "Teks tidak boleh berisi karakter NUL (\\u0000)."
        temuan.append(GraphQLError(pesan, jalan_nul, extensions={"kode": "MASUKAN_TIDAK_SAH"}))
    return temuan


_MASIH_ADA = "Masih ada kesalahan lain; perbaiki dahulu yang disebut di atas."
_LIMIT_PERPUSTAKAAN = (
    # what the library refuses by itself says neither what the limit is for nor what to do
    ("Maximum introspection depth exceeded", "BATAS_INTROSPEKSI",
     "Introspeksi ini menyusun daftar tipe lebih dari 3 tingkat; minta __schema sekali, seperti yang dilakukan alat GraphQL."),
    ("Too many validation errors", "BATAS_KESALAHAN", _MASIH_ADA),
    ("Too many errors processing variables", "BATAS_KESALAHAN", _MASIH_ADA),
    ("Validation aborted", "BATAS_PERIKSA",
     "Dokumen ini terlalu rumit untuk diperiksa: terlalu banyak kolom atau fragment yang bertumpuk di satu tempat. Tulis tiap "
     "kolom dan fragment sekali saja."),
    ("Syntax Error: Document is nested too deeply", "BATAS_KEDALAMAN",
     "Dokumen ini bersarang terlalu dalam untuk dibaca; ratakan pilihannya, atau taruh nilainya di variables."),
)  # fmt: skip


def sebut_batas(salah: GraphQLError) -> GraphQLError:
    """The same error; where it is a limit of the library's, with the code and the remedy that every guard rail has."""
    for awal, kode, pesan in _LIMIT_PERPUSTAKAAN:
        if salah.message.startswith(awal):
            return GraphQLError(
                pesan, salah.nodes, salah.source, salah.positions, salah.path, extensions={"kode": kode}
            )
    return salah


def body_limit(pagar: Pagar, actor: Actor) -> int:
    """Bytes that one request of that caller may have."""
    return pagar.badan_publik if actor.peran is Peran.PUBLIK else pagar.badan


def too_large(pagar: Pagar, actor: Actor) -> BatasBadanError:
    """What is said to that caller about a request beyond it."""
    if actor.peran is Peran.PUBLIK:
        return BatasBadanError(
            f"Tanpa token sebuah permintaan paling banyak {pagar.badan_publik // 2**10} KiB; kirim token kantor Anda, atau "
            "perkecil permintaannya."
        )
    return BatasBadanError(f"Permintaan terlalu besar; paling banyak {pagar.badan // 2**20} MiB.")


def terlalu_dalam(nilai: object) -> bool:
    """Whether lists and objects lie in each other deeper than what takes them on can bear."""
    try:
        orjson.dumps([[[nilai]]])  # the walks over variables put a few levels around them
    except orjson.JSONEncodeError:
        return True
    return False


def berisi_nul(nilai: object) -> bool:
    """Whether a text or a key in this JSON value contains NUL, which PostgreSQL cannot keep."""
    antre = [nilai]
    while antre:
        isi = antre.pop()
        if isinstance(isi, str):
            if "\0" in isi:
                return True
        elif isinstance(isi, dict):
            antre += isi.keys()
            antre += isi.values()
        elif isinstance(isi, list):
            antre += isi
    return False


def _lewat(kode: str, ada: int, batas: int, pesan: str, node: Node | None) -> GraphQLError:
    ada = min(ada, TERHITUNG)  # fragments that multiply soon count more than a JSON number holds
    return GraphQLError(
        pesan.format(ada, batas), node, extensions={"kode": kode, "ditemukan": ada, "batas": batas}
    )  # fmt: skip


def _token(teks: str) -> int:
    """How many tokens a text has, as far as it can be read; comments count too."""
    lexer, banyak = Lexer(Source(teks)), 0
    try:
        token = lexer.token
        while token.kind is not TokenKind.EOF:
            token = lexer.read_next_token(token.end)
            banyak += 1
    except GraphQLSyntaxError:
        return banyak
    return banyak - 1  # the end is none


class _CariPanjang(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.ada: list[Node] = []

    def enter_int_value(self, node: IntValueNode, *_: object) -> None:
        if len(node.value) > _ANGKA:
            self.ada.append(node)


def _bilangan_panjang(dokumen: DocumentNode) -> list[Node]:
    if dokumen.loc is None or _PANJANG_SEKALI.search(dokumen.loc.source.body) is None:
        return []
    cari = _CariPanjang()
    visit(dokumen, cari)
    return cari.ada


class _CariNul(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.ada: list[Node] = []

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        if "\0" in node.value:
            self.ada.append(node)


def _nul(dokumen: DocumentNode) -> list[Node]:
    sumber = dokumen.loc.source.body if dokumen.loc else ""
    if "\\u" not in sumber and "\0" not in sumber:
        return []
    cari = _CariNul()
    visit(dokumen, cari)
    return cari.ada
