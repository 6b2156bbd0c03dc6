"""What the tests of faults ask."""

from __future__ import annotations

import httpx

from tests.patience import PATIENCE

BORDER = "How long is the border between Ukraine and Belarus?"
NEWS = {
    "title": "A ferry",
    "text": "The ferry to Ostholm carries 240 passengers, its captain said.",
}
FERRY = "How many passengers does the ferry to Ostholm carry?"


def ask(url: str, question: str, conversation: str | None = None) -> httpx.Response:
    """POST /ask, with patience."""
    asked = {"question": question} | ({"conversation_id": conversation} if conversation else {})
    return httpx.post(f"{url}/ask", json=asked, timeout=PATIENCE)
