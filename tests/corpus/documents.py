"""Documents of each format, made on the spot."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

PARAGRAPHS = (
    "The harbour of Port Essling was closed on Monday after a crane fell into the water, the port "
    "authority said. Nobody was hurt, but two ships could not leave.",
    "“We expect to open the eastern quay on Thursday,” harbour master Ines Falk told reporters. "
    "The crane weighs 84 tonnes and was built in 1971.",
    "Insurers put the damage at 2.4 million crowns. An inquiry is to report by the end of May.",
)
TITLE = "Crane falls into harbour of Port Essling"


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def page(
    title: str = TITLE, paragraphs: Sequence[str] = PARAGRAPHS, head: str = "", extra: str = ""
) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title} | Gazette"
        f"</title>{head}</head><body><nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>"
        f"<article><h1>{title}</h1>{body}{extra}</article>"
        "<aside><h3>Newsletter</h3><p>Sign up for our newsletter.</p></aside>"
        "<footer>© 2024 Port Essling Gazette. All rights reserved.</footer></body></html>"
    )


def pdf(pages: Sequence[Sequence[str]], title: str | None = None) -> bytes:
    """A PDF with one line of text below the other on each page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(
            f"1 0 0 1 50 {780 - 16 * row} Tm ({line.replace('(', '[').replace(')', ']')}) Tj\n"
            for row, line in enumerate(lines)
        )
        stream = f"BT /F1 11 Tf\n{shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R"
            f" >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    if title:
        objects.append(f"<< /Title ({title}) >>")
    return numbered_objects(objects, bool(title))


def numbered_objects(objects: Sequence[str], has_info: bool) -> bytes:
    """A PDF of these objects: the first is its catalogue, the last its metadata if it has some."""
    file = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = len(file)
    info = f" /Info {len(objects)} 0 R" if has_info else ""
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    file += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    file += f"trailer << /Size {len(objects) + 1} /Root 1 0 R{info} >>\n".encode()
    return bytes(file + f"startxref\n{table}\n%%EOF\n".encode())


def odt(title: str, paragraphs: Sequence[str]) -> bytes:
    body = "".join(f"<text:p>{one}</text:p>" for one in paragraphs)
    points = "<text:list><text:list-item><text:p>A point</text:p></text:list-item></text:list>"
    return odt_of_body(
        f"{body}{points}", f"<dc:title>{title}</dc:title><dc:creator>Ann Ek</dc:creator>"
    )


def odt_of_body(body: str, metadata: str = "") -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = (
        f'xmlns:office="{names}:office:1.0" xmlns:text="{names}:text:1.0" '
        f'xmlns:draw="{names}:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {spaces}><office:meta>{metadata}</office:meta>"
            "</office:document-meta>",
        }
    )


def epub(chapters: Mapping[str, Sequence[str]]) -> bytes:
    return epub_of_pages(
        [
            f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
            f"<h1>{title}</h1>{''.join(f'<p>{one}</p>' for one in paragraphs)}</body></html>"
            for title, paragraphs in chapters.items()
        ]
    )


def epub_of_pages(pages: Sequence[str]) -> bytes:
    members: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container "
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    }
    items = spine = ""
    for number, content in enumerate(pages):
        members[f"OPS/c{number}.xhtml"] = content
        items += f'<item id="c{number}" href="c{number}.xhtml" media-type="application/xhtml+xml"/>'
        spine += f'<itemref idref="c{number}"/>'
    members["OPS/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<metadata><dc:title>The Quarterly</dc:title><dc:creator>Ann Ek</dc:creator>"
        "<dc:date>2024-03-01</dc:date><dc:language>en</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    return zipped(members)


def rss(entries: Sequence[tuple[str, str, str]]) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link>"
        f"<pubDate>Tue, 02 Jul 2024 10:00:00 GMT</pubDate>"
        f"<description><![CDATA[{body}]]></description></item>"
        for title, link, body in entries
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>Port Essling Gazette</title><language>en</language>{items}</channel></rss>"
    ).encode()
