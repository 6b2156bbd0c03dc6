"""What each fault costs: a table of promises, their tests, and what was measured now.

    python -m tests.benchmarks.faults

`onrecord serve` and `onrecord telegram` over the articles of the HTTP tests, without the reader,
each fault in a collection of its own. Takes some three minutes, and prints Markdown.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import chain
from pathlib import Path

from tests.benchmarks.fault_measures import Places
from tests.benchmarks.faults_around import faults_around
from tests.benchmarks.faults_of_the_machine import faults_of_the_machine
from tests.http.process import served


def main() -> None:
    """Print the table, a line as soon as it is measured."""
    sys.stdout.write("| fault | promise | test | measured |\n|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as temporary:
        places = Places(Path(temporary))
        with served(places.new("first")) as running:
            running.wait_until_ready()  # exports the model for all the others
        for row in chain(faults_of_the_machine(places), faults_around(places)):
            sys.stdout.write(row.markdown() + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
