"""Everybody at once for minutes: readers, a writer, Telegram, the page; memory and handles.

    python -m tests.benchmarks.soak [--minutes 5] [--readers 8] [--people 3] [--reader none]
                                    [--articles FOLDER] [--json]

`onrecord serve` and `onrecord telegram` run as processes of their own over one data folder, a copy
of the articles of FOLDER (the samples); the Bot API is the double of the tests. Every quote that
comes is held against the files that were written. Of memory (all that is resident, and the part
that is no page of a file) and handles it tells what there was at the start, after the first third,
at the end and at most, and the growth a minute after the first third. The clients run on the same
machine. Prints one Markdown table, or everything as JSON. Exit status 1 where there was an error,
or a quote that does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import markdown
from tests.http.process import environment, served
from tests.resilience.soaking import Soak, everybody
from tests.resilience.vitals import Vitals
from tests.telegram.bot_process import SAMPLE_ARTICLES, BotProcess
from tests.telegram.botapi.person import Person
from tests.telegram.botapi.server import BotApi
from tests.telegram.botapi.world import World

MEASURED = {"megabytes": "resident MB", "own_megabytes": "own MB", "handles": "handles"}
MOMENTS = {
    "first": "at the start",
    "warm": "after a third",
    "last": "at the end",
    "most": "at most",
    "growth_a_minute": "growth a minute after a third",
}
Report = dict[str, Any]


async def soak(folder: Path, given: argparse.Namespace) -> Report:
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


def index_first(folder: Path) -> None:
    """Index in a process of its own: preparing the model, once, takes memory that serving does not.

    A server that does it itself keeps several hundred megabytes of the library that it needs.
    """
    command = [sys.executable, "-m", "bot.cli", "index"]
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, env=environment(folder), stdout=quiet, stderr=quiet)


def table(report: Report) -> str:
    """A row for each figure: of the processes, and of what the clients did and waited for."""
    processes: dict[str, dict[str, float]] = report["processes"]
    columns = {
        name: {
            f"{unit}, {moment}": f"{figures[f'{measure}_{key}']:g}"
            for measure, unit in MEASURED.items()
            for key, moment in MOMENTS.items()
        }
        for name, figures in processes.items()
    }
    done = {
        f"{name}: number / p50 / p95 / p99 ms": " / ".join(
            f"{value:,.0f}" for value in (number, *report["p50_p95_p99_ms"][name])
        )
        for name, number in report["steps"].items()
    }
    done["quotes that held"] = f"{report['quotes_proven']:,}"
    done["quotes that did not hold"] = str(len(report["quotes_wrong"]))
    done["errors"] = str(sum(report["errors"].values()))
    first = f"{report['minutes']:g} minutes"
    return markdown(first, columns) + "\n" + markdown(first, {"all clients": done})


def main() -> None:
    """Soak, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--people", type=int, default=3)
    parser.add_argument("--reader", default="none")
    parser.add_argument("--articles", type=Path, default=SAMPLE_ARTICLES)
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(given.articles, Path(folder) / "articles")
        index_first(Path(folder))
        result = asyncio.run(soak(Path(folder), given))
    sys.stdout.write(json.dumps(result, indent=2) + "\n" if given.json else table(result))
    failed = result["errors"] or result["quotes_wrong"] or not result["quotes_proven"]
    if failed and not given.json:
        sys.stderr.write(json.dumps({"errors": result["errors"], "quotes": result["quotes_wrong"]}))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
