"""How much of a file of tables is read at most, and how it is said that one is too large. Generous for real work: a country's
regions are 92.000 rows, a province's desa 8.600 rows of a few hundred columns."""

from hub.base.child_process import Limits
from hub.base.errors import InvalidInputError
from hub.base.temuan import display

MOST_ROWS = 200_000
MOST_COLUMNS = 16_384  # what spreadsheets have
MOST_CELLS = 5_000_000  # rows × columns of all sheets
MOST_SHEETS = 255
MOST_CELL_LETTERS = 32_767  # what spreadsheets take into one cell
MOST_ROW_LETTERS = 2**20
MOST_ODD = 200_000  # cells of a file that do not say what they hold
MOST_MERGED = 200_000  # in a file
UNPACKED = 256 * 2**20  # bytes a packed spreadsheet may unfold to
LARGEST_FILE = 256 * 2**20  # bytes

# in a process of its own; the answer is what the rows take as JSON
IN_CHILD = Limits(memory=2**30, cpu=60, wall=90, answer=128 * 2**20)

_REMEDY = "Hapus isi sel yang jauh dari tabelnya, atau salin tabelnya saja ke berkas baru; bila tabelnya memang sebesar itu, bagi berkasnya."


def too_many_rows(name: str, most: int = MOST_ROWS) -> InvalidInputError:
    return InvalidInputError(
        f"{name}: lebih dari {display(most)} baris, paling banyak {display(most)}; pembacaan berhenti di situ. Bagi berkasnya, "
        "misalnya per kecamatan."
    )


def too_many_cells(name: str, rows: int, columns: int) -> InvalidInputError:
    """`rows`, `columns`: as far as it was read, or as it extends."""
    return InvalidInputError(
        f"{name}: {display(rows)} baris × {display(columns)} kolom, paling banyak {display(MOST_ROWS)} baris, "
        f"{display(MOST_COLUMNS)} kolom dan {display(MOST_CELLS)} sel. {_REMEDY}"
    )


def too_many_odd(place: str) -> InvalidInputError:
    return InvalidInputError(
        f"{place}: lebih dari {display(MOST_ODD)} sel berisi rumus tanpa hasil, kesalahan, atau isi yang tidak tampak. Buka di aplikasi "
        "lembar kerja, salin sebagai nilai saja ke berkas baru, lalu simpan."
    )


def too_many_merged(place: str) -> InvalidInputError:
    return InvalidInputError(
        f"{place}: lebih dari {display(MOST_MERGED)} sel gabungan. Salin tabelnya sebagai nilai saja ke berkas baru, lalu simpan."
    )
