"""Guards of what is read: names, archives, PDFs, mails and pages."""

from __future__ import annotations

from tests.security.guard import Guard

FILES = ("tests/corpus/test_bad_input.py", "tests/corpus/test_damaged_files.py")
PDF = ("tests/corpus/test_pdf_process.py",)

READING = (
    Guard(
        "no name leads out of the folder",
        "corpus/files.py",
        'cleaned = _UNNAMEABLE.sub("-", last).strip(" .-")',
        "cleaned = name",
        ("tests/http/test_articles.py",),
    ),
    Guard(
        "no link leads out of the folder",
        "corpus/files.py",
        "if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):",
        "if False:",
        FILES,
    ),
    Guard(
        "pipes and devices are not read",
        "corpus/files.py",
        "if not stat.S_ISREG(before.st_mode):",
        "if False:",
        FILES,
    ),
    Guard(
        "a file has a largest size",
        "corpus/files.py",
        "if before.st_size > limit:",
        "if False:",
        FILES,
    ),
    Guard(
        "an archive unpacks to a largest size",
        "corpus/readers/archives.py",
        "        if len(content) > limit:",
        "        if False:",
        FILES,
    ),
    Guard(
        "an archive holds so many files",
        "corpus/readers/archives.py",
        "if len(members) > MOST_MEMBERS:",
        "if False:",
        FILES,
    ),
    Guard(
        "archives in archives end",
        "corpus/readers/zipped.py",
        "if source.depth >= _DEEPEST:",
        "if False:",
        FILES,
    ),
    Guard(
        "a packed file unpacks to a largest size",
        "corpus/readers/formats.py",
        "if len(plain) > limit:",
        "if False:",
        FILES,
    ),
    Guard(
        "a PDF has a largest memory",
        "corpus/readers/pdf_child.py",
        "    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))\n",
        "",
        PDF,
    ),
    Guard(
        "a PDF has a longest time",
        "corpus/readers/pdf_child.py",
        "        signal.setitimer(signal.ITIMER_REAL, seconds)\n",
        "",
        PDF,
    ),
    Guard(
        "a PDF has so many pages",
        "corpus/readers/pdf_child.py",
        "if len(document) > most_pages:",
        "if False:",
        PDF,
    ),
    Guard(
        "a PDF has so much text",
        "corpus/readers/pdf_child.py",
        "if room < 0:",
        "if False:",
        PDF,
    ),
    Guard(
        "a reader of PDFs that was left in the middle is asked nothing more",
        "corpus/readers/pdf_process.py",
        "            if not answered:  # nobody knows where in its answer it is",
        "            if False:",
        PDF,
    ),
    Guard(
        "XML declares no entities",
        "corpus/readers/markup.py",
        "if _ENTITY.search(content):",
        "if False:",
        FILES,
    ),
    Guard(
        "elements are nested so deep",
        "corpus/readers/depth.py",
        "if depth > DEEPEST:",
        "if False:",
        FILES,
    ),
    Guard(
        "entities are seen in every encoding",
        "corpus/readers/markup.py",
        "if declared is not None and next(declared.iterentities(), None) is not None:",
        "if False:",
        FILES,
    ),
    Guard(
        "file names turn no line around",
        "corpus/files.py",
        r"\u202a-\u202e\u2066-\u2069",
        "",
        FILES,
    ),
    Guard(
        "headers of a mail have a longest length",
        "corpus/readers/mail_limits.py",
        "if max(lengths, default=0) > LONGEST_HEADER or sum(lengths) > LONGEST_HEADERS:",
        "if False:",
        FILES,
    ),
    Guard(
        "a mail has so many borders of parts",
        "corpus/readers/mail_limits.py",
        "if nested > MOST_PARTS or _count(_BORDER, content) > MOST_BORDERS:",
        "if False:",
        FILES,
    ),
    Guard(
        "a mail has so many lines in so many parts",
        "corpus/readers/mail_limits.py",
        "if nested * _count(_LINE_END, content) > MOST_COMPARED:",
        "if False:",
        FILES,
    ),
    Guard(
        "a page has so many elements",
        "corpus/readers/html.py",
        "    refuse_crowd(page)\n",
        "",
        FILES,
    ),
)
