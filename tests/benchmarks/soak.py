"""Everybody at once for minutes: readers, a writer, Telegram, the page; memory and handles.

    python -m tests.benchmarks.soak [--minutes 5] [--readers 8] [--people 3] [--reader none]
                                    [--articles FOLDER]

`onrecord serve` and `onrecord telegram` run as processes of their own over one data folder, a copy
of the articles of FOLDER (the samples); the Bot API is the double of the tests. Every quote that
comes is held against the files that were written. Of memory (all that is resident, and the part
that is no page of a file) and handles it prints what there was at the start, middle and end and at
most, and the growth a minute after the first third. The clients run on the same machine. Exit
status 1 where there was an error, or a quote that does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
from pathlib import Path

from tests.http.process import served
from tests.resilience.soaking import Soak, everybody
from tests.resilience.vitals import Vitals
from tests.telegram.bot_process import SAMPLE_ARTICLES, BotProcess
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World


async def soak(folder: Path, given: argparse.Namespace) -> dict[str, object]:
    """One soak; the counts, latencies, faults, memory and handles."""
    async with BotApi(World()).running() as api:
        with served(folder, READER=given.reader, LOG_LEVEL="warning") as server:
            soaking = Soak(server.wait_until_ready(), folder / "articles")
            people = [Person(api) for _ in range(given.people)]
            bot = BotProcess(api, folder, reader=given.reader, threshold="0")
            async with bot.running():
                vitals = Vitals({"server": server.process.pid, "bot": bot.pid})
                await everybody(
                    soaking,
                    people,
                    readers=given.readers,
                    seconds=given.minutes * 60,
                    vitals=vitals,
                )
    return {"minutes": given.minutes, **soaking.report(), "processes": vitals.report()}


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--people", type=int, default=3)
    parser.add_argument("--reader", default="none")
    parser.add_argument("--articles", type=Path, default=SAMPLE_ARTICLES)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(given.articles, Path(folder) / "articles")
        result = asyncio.run(soak(Path(folder), given))
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    sys.exit(bool(result["errors"] or result["quotes_wrong"] or not result["quotes_proven"]))


if __name__ == "__main__":
    main()
