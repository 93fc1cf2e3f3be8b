"""The pages' GraphQL against schema/hub.graphql: a field that the schema does not know is refused, and so is one that code reads
without having asked for it. scripts/check asks both of the whole; here a wrong line is tried, to see that they can fail."""

import json
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"
NODE = Path(sys.executable).with_name("node")
READER = """
import { ask } from "{hub}/fetch.ts";
import { DESA_NAME } from "{peta}/queries.ts";
const { wilayah } = await ask(DESA_NAME, { kode: "53.14.01.2005" });
export const name: string | undefined = wilayah?.{field};
"""


def checked(*more: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([NODE, "codegen.ts", "--check", *more], cwd=WEB, capture_output=True, text=True)


def test_the_documents_fit_the_schema_and_the_types_are_theirs() -> None:
    result = checked()
    assert result.returncode == 0, result.stderr


def test_a_document_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.graphql"
    wrong.write_text("query Wrong { daftarProvinsi { kode nema } }\n")
    result = checked(wrong)
    assert result.returncode != 0
    assert 'Cannot query field "nema" on type "Provinsi"' in result.stderr


def type_errors(folder: Path, source: str) -> str:
    """What tsc says of this source, under the pages' own settings."""
    (folder / "tsconfig.json").write_text(
        json.dumps({"extends": f"{WEB}/tsconfig.json", "compilerOptions": {"types": []}, "include": ["*.ts"]})
    )
    (folder / "reader.ts").write_text(source.replace("{peta}", f"{WEB}/src/peta").replace("{hub}", f"{WEB}/src/hub"))
    command: list[Path | str] = [NODE, WEB / "node_modules" / "typescript" / "bin" / "tsc", "--project", folder]
    return subprocess.run(command, capture_output=True, text=True).stdout


def test_code_reads_only_what_was_asked_for(tmp_path: Path) -> None:
    assert type_errors(tmp_path, READER.replace("{field}", "nama")) == ""
    assert "Property 'luasKm2' does not exist" in type_errors(tmp_path, READER.replace("{field}", "luasKm2"))


def test_a_document_that_nobody_checked_cannot_be_sent(tmp_path: Path) -> None:
    source = (
        'import { ask } from "{hub}/fetch.ts";\nexport const answer = await ask("{ daftarProvinsi { nema } }", {});\n'
    )
    assert "is not assignable to parameter of type" in type_errors(tmp_path, source)
