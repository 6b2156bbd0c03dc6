"""Which files an index was made of besides those of some folders."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path

import structlog

from corpus.errors import IndexMissing, StoreError
from index.diff import is_under
from index.opening import StorePlace, folder_of
from index.store import Origin

log = structlog.get_logger(__name__)


def files_besides(place: StorePlace, roots: Sequence[Path]) -> list[Path]:
    """Files that are there and gave articles to the index in use, but lie under no root.

    They were named once, as in `onrecord index /archive`. None where the index cannot be read.
    """
    try:
        origins = _origins(place)
    except IndexMissing:
        return []
    except StoreError as error:
        log.warning("files indexed besides the article folders are not known", reason=str(error))
        return []
    wanted = [root.absolute() for root in roots]
    paths = sorted(Path(one.path) for one in origins if one.article_ids)
    return [path for path in paths if not is_under(path, wanted) and _is_file(path)]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file() and os.access(path, os.R_OK)
    except OSError:
        return False


def _origins(place: StorePlace) -> Collection[Origin]:
    """The files of the index in use, of whichever model it is."""
    if place.milvus is not None:
        from index.milvus.connection import Connection
        from index.milvus.files import read_origins as read_from_milvus
        from index.milvus.reader import first_entry

        with closing(Connection(place.milvus)) as server:
            return read_from_milvus(server, first_entry(server)).values()
    from index.embedded.connections import open_reading, translated
    from index.embedded.location import Location
    from index.embedded.origins import read_origins

    database = Location(folder_of(place)).current()
    with closing(open_reading(database)) as connection, translated(database):
        return read_origins(connection).values()
