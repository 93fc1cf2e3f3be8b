"""What the process does that reads a boundary file for another (seeds.batas_reader); it loads little else."""

import os
import pickle
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from hub.base.errors import HubError
from hub.batas.feature import BatasFeature
from hub.batas.files import BatasFile
from hub.batas.pyramid_workers import end_with_parent

_AT_ONCE = 50  # features sent at a time


@dataclass(frozen=True, slots=True)
class FileContent:
    """What a file holds. `feature_count`: features; `version`: its fingerprint; `skipped`: layers that are not read, with reasons."""

    feature_count: int
    version: str
    skipped: list[str]


def read_apart(pipe: Connection, file: Path, layers: list[str]) -> None:
    """Says what the file holds, then its features, some at a time, then an empty list; or what went wrong."""
    end_with_parent()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # libraries below Python write there what is not for users
    try:
        opened = BatasFile(file, layers)
        pipe.send(FileContent(opened.feature_count, opened.version, opened.skipped))
        batch: list[BatasFeature] = []
        for feature in opened.features():
            batch.append(feature)
            if len(batch) == _AT_ONCE:
                pipe.send(batch)
                batch = []
        if batch:
            pipe.send(batch)
        pipe.send([])
    except (HubError, OSError) as error:
        pipe.send(error)
    except Exception as error:
        pipe.send(_portable(error))


def _portable(error: Exception) -> Exception:
    """A defect, told to the other process as it is, or by its text where it cannot travel."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:
        return RuntimeError(repr(error))
    return error
