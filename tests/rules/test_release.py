"""scripts/release, in a repository of its own: all of a release or nothing of it, and on with it after a failure."""

import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_CHANGES = (
    "# Changes\n\nIn the user's words.\n\n## Unreleased\n\n### Added\n- A thing,\n  with a second line.\n- Another.\n{}"
)
_EARLIER = "\n## 9.0.0 – 2026-01-02\n- What was there.\n"

# Every clone has git; only a tree that came without its history (an archive, an image) may not, and makes no release.
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="a release is a commit and a tag")


@dataclass(frozen=True, slots=True)
class Repository:
    folder: Path

    def git(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, env=self._environment(), capture_output=True, text=True, check=True
        ).stdout.rstrip()

    def release(self, *arguments: str, check: str = "true", test: str = "true") -> tuple[bool, str]:
        """Whether it succeeded, and what it said. `check`, `test`: in place of scripts/check and scripts/test."""
        done = subprocess.run(
            ["scripts/release", *arguments],
            cwd=self.folder,
            env=self._environment() | {"HUB_RILIS_CHECK": check, "HUB_RILIS_TEST": test},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode == 0, done.stderr

    def write(self, file: str, text: str) -> None:
        (self.folder / file).write_text(text, encoding="utf-8")

    def read(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Work")

    def state(self) -> tuple[str, str, str]:
        return self.git("rev-parse", "HEAD"), self.git("tag"), self.git("status", "--porcelain")

    def _environment(self) -> dict[str, str]:
        who = {
            f"GIT_{role}_{what}": "test@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "HUB_"))}
        return kept | who | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """What a release looks at, with a schema that has changed since the last one."""
    made = Repository(tmp_path)
    made.git("init", "--quiet", "--initial-branch=main")
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for file in ("pyproject.toml", ".gitignore"):
        shutil.copy(ROOT / file, tmp_path)
    (tmp_path / "schema").mkdir()
    made.write("schema/hub.graphql", "type Query { baru: Int }\n")
    made.write("schema/released.graphql", "type Query { lama: Int }\n")
    made.write("CHANGELOG.md", _CHANGES.format(_EARLIER))
    made.commit()
    made.git("tag", "v9.0.0")
    return made


def test_a_release_is_one_commit_of_three_files_and_its_tag(repository: Repository) -> None:
    before = repository.git("rev-parse", "HEAD")
    done, said = repository.release("9.1.0")
    assert done, said
    assert repository.git("rev-parse", "v9.1.0^{commit}") == repository.git("rev-parse", "HEAD")
    assert repository.git("rev-parse", "HEAD^") == before
    changed = ["CHANGELOG.md", "pyproject.toml", "schema/released.graphql"]
    assert repository.git("diff", "--name-only", "HEAD^").splitlines() == changed
    assert repository.git("status", "--porcelain") == ""
    released = f"## Unreleased\n\n## 9.1.0 – {date.today().isoformat()}\n"
    assert repository.read("CHANGELOG.md") == _CHANGES.format(_EARLIER).replace("## Unreleased\n", released)
    assert tomllib.loads(repository.read("pyproject.toml"))["project"]["version"] == "9.1.0"
    assert repository.read("schema/released.graphql") == repository.read("schema/hub.graphql")
    for step in ("2 butir", "memeriksa", "menguji", *changed, "commit", "tag: v9.1.0"):
        assert step in said


def test_the_rest_of_the_project_file_stays_as_it_is(repository: Repository) -> None:
    before = tomllib.loads(repository.read("pyproject.toml"))
    assert repository.release("9.1.0")[0]
    after = tomllib.loads(repository.read("pyproject.toml"))
    assert after["project"].pop("version") != before["project"].pop("version")
    assert after == before


def test_a_release_that_is_made_is_not_made_again(repository: Repository) -> None:
    assert repository.release("9.1.0")[0]
    made = repository.state()
    done, said = repository.release("9.1.0", check="false", test="false")
    assert done
    assert "sudah dirilis" in said
    assert repository.state() == made


def test_a_dry_run_looks_at_everything_and_writes_nothing(repository: Repository) -> None:
    before = repository.state()
    done, said = repository.release("9.1.0", "--dry-run")
    assert done, said
    assert "+## 9.1.0 – " in said
    assert '+version = "9.1.0"' in said
    assert "+type Query { baru: Int }" in said
    assert repository.state() == before
    assert not repository.release("9.1.0", "--dry-run", check="false")[0]


def test_tests_that_passed_elsewhere_are_not_run_here(repository: Repository) -> None:
    done, said = repository.release("9.1.0", "--ci-lulus", test="false")
    assert done, said
    assert "--ci-lulus" in said


def _stray(repository: Repository) -> None:
    repository.write("baru.txt", "x")


def _changed(repository: Repository) -> None:
    repository.write("CHANGELOG.md", repository.read("CHANGELOG.md") + "- More.\n")


def _on_a_branch(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "kerja")


def _on_no_branch(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--detach")


def _nothing_to_tell(repository: Repository) -> None:
    repository.write("CHANGELOG.md", f"# Changes\n\n## Unreleased\n\n{_EARLIER}")
    repository.commit()


def _told_already(repository: Repository) -> None:
    repository.write("CHANGELOG.md", _CHANGES.format(_EARLIER.replace("9.0.0", "9.1.0")))
    repository.commit()


def _tagged_elsewhere(repository: Repository) -> None:
    repository.git("tag", "v9.1.0")
    repository.write("baru.txt", "x")
    repository.commit()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_stray, "belum di-commit"),
        (_changed, "git restore"),
        (_on_a_branch, "bukan di kerja"),
        (_on_no_branch, "cabang main"),
        (_nothing_to_tell, "kosong"),
        (_told_already, "sudah mempunyai bagian 9.1.0"),
        (_tagged_elsewhere, "sudah ada, pada commit lain"),
    ],
)
def test_what_is_not_ready_is_told_and_left_alone(
    repository: Repository, spoil: Callable[[Repository], None], said: str
) -> None:
    spoil(repository)
    before = repository.state()
    done, answer = repository.release("9.1.0")
    assert not done
    assert said in answer
    assert repository.state() == before


@pytest.mark.parametrize("version", ["9.0.0", "8.99.0", "9.1", "v9.1.0", "9.01.0", "9.1.0-rc1", ""])
def test_only_a_higher_version_is_taken(repository: Repository, version: str) -> None:
    before = repository.state()
    assert not repository.release(version)[0]
    assert repository.state() == before


def test_versions_are_compared_as_numbers(repository: Repository) -> None:
    assert repository.release("9.10.0")[0]
    repository.write(
        "CHANGELOG.md", repository.read("CHANGELOG.md").replace("## Unreleased\n", "## Unreleased\n- New.\n")
    )
    repository.commit()
    assert not repository.release("9.9.0")[0]
    assert repository.release("9.11.0")[0]


@pytest.mark.parametrize(("check", "test"), [("false", "true"), ("true", "false"), ("touch sisa.txt", "true")])
def test_a_check_that_fails_leaves_all_as_it_was(repository: Repository, check: str, test: str) -> None:
    head, tags, _ = repository.state()
    assert not repository.release("9.1.0", check=check, test=test)[0]
    assert repository.state()[:2] == (head, tags)
    assert repository.git("diff", "--name-only") == ""


def test_after_a_commit_that_was_refused_the_same_command_does_it(repository: Repository) -> None:
    hook = repository.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    before = repository.state()
    assert not repository.release("9.1.0")[0]
    assert repository.state() == before
    hook.unlink()
    assert repository.release("9.1.0")[0]
    assert repository.git("tag", "--points-at", "HEAD") == "v9.1.0"


def test_after_a_tag_that_failed_the_same_command_makes_only_that(repository: Repository) -> None:
    taken = repository.folder / ".git" / "refs" / "tags" / "v9.1.0.lock"
    taken.touch()
    assert not repository.release("9.1.0")[0]
    head, tags, status = repository.state()
    assert (tags, status) == ("v9.0.0", "")
    taken.unlink()
    done, said = repository.release("9.1.0", check="false")
    assert done, said
    assert repository.state() == (head, "v9.0.0\nv9.1.0", "")
