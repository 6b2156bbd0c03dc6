"""What the Bot API says when it does not do something."""

from __future__ import annotations

from typing import Any

PREFIXES = {
    400: "Bad Request: ",
    401: "Unauthorized",
    403: "Forbidden: ",
    404: "Not Found",
    409: "Conflict: ",
    429: "Too Many Requests: ",
}


class Refusal(Exception):
    """An answer with `ok: false`; its code is the HTTP status too."""

    def __init__(self, code: int, reason: str = "", **parameters: int) -> None:
        self.code = code
        self.description = PREFIXES[code] + reason
        self.parameters = parameters
        super().__init__(self.description)

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def flood(seconds: int) -> Refusal:
    return Refusal(429, f"retry after {seconds}", retry_after=seconds)
