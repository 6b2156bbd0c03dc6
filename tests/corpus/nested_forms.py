"""PDFs that are small and take long: forms that show other forms, many times each."""

from __future__ import annotations

from collections.abc import Sequence

from tests.corpus.documents import numbered_objects

FAN = 10
"""How often each form shows the next."""


def nested_forms(levels: int, shown: str) -> bytes:
    """A page whose text is shown FAN to the power of `levels - 1` times."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /XObject << /X 6 0 R"
        " >> >> /Contents 5 0 R >>",
        _stream("", "/X Do"),
        *_forms(levels, shown),
    ]
    return numbered_objects(objects, has_info=False)


def _forms(levels: int, shown: str) -> Sequence[str]:
    outer = [
        _stream(f"{_FORM} /Resources << /XObject << /X {7 + level} 0 R >> >>", "/X Do " * FAN)
        for level in range(levels - 1)
    ]
    innermost = f"BT /F1 11 Tf 50 700 Td ({shown}) Tj ET"
    return [*outer, _stream(f"{_FORM} /Resources << /Font << /F1 3 0 R >> >>", innermost)]


_FORM = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]"


def _stream(entries: str, content: str) -> str:
    return f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream"
