"""docs/temuan.md, made of the registry: `python -m hub.base.temuan_page > docs/temuan.md`."""

import sys

from hub.base.temuan_codes import RULE, SUBJECTS
from hub.base.temuan_codes.entry import FindingCode, Subject

_HEAD = """# Finding codes

What programs may rely on: the code of every finding (`Temuan.kode`), the levels it may have, what it means and what to
do about it, as officers read it. Further codes may come; one that is here keeps its meaning. `GALAT` refuses,
`PERINGATAN` asks for a look, `INFO` notes. Made from `hub/base/temuan_codes` by
`python -m hub.base.temuan_page > docs/temuan.md`.
"""


def page() -> str:
    rules = Subject("Aturan katalog", (RULE,))
    return "\n".join([_HEAD, *(_section(s) for s in (*SUBJECTS, rules))])


def _section(subject: Subject) -> str:
    rows = "".join(map(_row, sorted(subject.kode, key=lambda k: k.kode)))
    return f"## {subject.title}\n\n| Kode | Tingkat | Arti | Tindakan |\n|---|---|---|---|\n{rows}"


def _row(k: FindingCode) -> str:
    return f"| `{k.kode}` | {', '.join(k.levels)} | {k.meaning} | {k.remedy} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
