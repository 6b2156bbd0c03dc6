"""Guards of what is shown and asked: pages, headers, words of requests."""

from __future__ import annotations

from tests.security.guard import Guard

ACCESS = ("tests/http/test_access.py",)

SHOWING = (
    Guard(
        "the page has a Content-Security-Policy with Trusted Types",
        "bot/http/page.py",
        '    response.headers["Content-Security-Policy"] = policy\n',
        "",
        ACCESS,
    ),
    Guard(
        "text of articles is no HTML",
        "bot/page/elements.js",
        "made.append(...children.flat().filter((child) => child !== null && child !== undefined));",
        'for (const child of children.flat()) typeof child === "string"'
        ' ? made.insertAdjacentHTML("beforeend", child) : child && made.append(child);',
        ("tests/page/test_page.py::test_text_of_articles_is_never_html",),
    ),
    Guard(
        "a link of an article leads to the web",
        "bot/page/elements.js",
        'return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;',
        "return url.href;",
        ("tests/page/test_page.py::test_only_addresses_of_the_web_become_links",),
    ),
    Guard(
        "terms are quoted for FTS",
        "index/embedded/posting_lists.py",
        "(f'\"{word}\"', most),",
        "(word, most),",
        ("tests/store/test_searching.py",),
    ),
    Guard(
        "request ids have a pattern",
        "bot/http/middleware.py",
        "given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex",
        "given or uuid.uuid4().hex",
        ("tests/http/test_operations.py",),
    ),
    Guard(
        "every response has security headers",
        "bot/http/middleware.py",
        "headers.setdefault(name, value)",
        "pass",
        ACCESS,
    ),
    Guard(
        "half a surrogate pair is refused",
        "bot/http/schemas/words.py",
        'if any("\\ud800" <= mark <= "\\udfff" for mark in text):',
        "if False:",
        ("tests/http/test_asking.py",),
    ),
    Guard(
        "no pattern backtracks without end",
        "index/keywords.py",
        '_DIGIT = re.compile(r"\\d")',
        '_DIGIT = re.compile(r"\\d")\n_SLOW = re.compile(r"(a+)+$")',
        ("tests/security/test_regular_expressions.py",),
    ),
)
