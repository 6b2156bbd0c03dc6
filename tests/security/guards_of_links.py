"""Guards of what is fetched: links, redirects, pages and what they are packed in."""

from __future__ import annotations

from tests.security.guard import Guard

PUBLIC = ("tests/corpus/test_links.py::test_public_addresses",)
HOSTILE = ("tests/security/test_hostile_servers.py",)

FETCHING = (
    Guard(
        "an address is checked when it is connected to",
        "corpus/guarded_transport.py",
        "if not all(self._permit(address) for address in addresses):",
        "if False:",
        (
            "tests/security/test_server_side_requests.py::test_this_machine_is_not_reached_by_another_spelling",
        ),
    ),
    Guard(
        "what was checked is what is connected to",
        "corpus/guarded_transport.py",
        "str(address), port, within, local_address, socket_options",
        "host, port, within, local_address, socket_options",
        (
            "tests/security/test_server_side_requests.py::test_the_address_that_was_checked_is_the_one_connected_to",
        ),
    ),
    Guard(
        "sockets of this machine are not fetched",
        "corpus/guarded_transport.py",
        'raise ImportRefused("sockets of this machine are not fetched; give a web address")',
        "return self._sockets.connect_unix_socket(path, timeout, socket_options)",
        (
            "tests/security/test_server_side_requests.py::test_sockets_of_this_machine_are_not_reached",
        ),
    ),
    Guard(
        "IPv4 inside IPv6 is seen through",
        "corpus/addresses.py",
        "return is_public(IPv4Address(int(address) & 0xFFFFFFFF))",
        "return True",
        PUBLIC,
    ),
    Guard(
        "only public addresses of IPv4",
        "corpus/addresses.py",
        "return not any(address in network for network in SPECIAL_IPV4)",
        "return not address.is_loopback",
        PUBLIC,
    ),
    Guard(
        "only assigned addresses of IPv6",
        "corpus/addresses.py",
        "return address in UNICAST_IPV6 and not any(",
        "return not any(",
        PUBLIC,
    ),
    Guard(
        "no special addresses of IPv6",
        "corpus/addresses.py",
        " and not any(address in network for network in SPECIAL_IPV6)",
        "",
        PUBLIC,
    ),
    Guard(
        "a redirect is followed by us, not by the library",
        "corpus/links.py",
        'self.client.stream("GET", url, follow_redirects=False)',
        'self.client.stream("GET", url, follow_redirects=True)',
        ("tests/corpus/test_links.py::test_refused",),
    ),
    Guard(
        "only http and https",
        "corpus/links.py",
        'if parts.scheme.lower() not in ("http", "https") or not parts.hostname:',
        "if False:",
        ("tests/corpus/test_links.py::test_refused",),
    ),
    Guard(
        "no user names in addresses",
        "corpus/links.py",
        "if parts.username is not None or parts.password is not None:",
        "if False:",
        ("tests/corpus/test_links.py::test_addresses_that_are_no_web_addresses",),
    ),
    Guard(
        "robots.txt is kept to",
        "corpus/robots.py",
        "return bool(self._of(url, load).can_fetch(url, ROBOT_NAME))",
        "return True",
        ("tests/corpus/test_links.py::test_refused",),
    ),
    Guard(
        "a page has a largest size",
        "corpus/links.py",
        "if len(content) > limit:",
        "if False:",
        ("tests/corpus/test_links.py::test_a_missing_page_and_a_large_one",),
    ),
    Guard(
        "a page has a longest time, its headers and rules too",
        "corpus/timed_stream.py",
        "return self._stream.read(max_bytes, self._deadline.within(timeout))",
        "return self._stream.read(max_bytes, timeout)",
        HOSTILE,
    ),
    Guard(
        "a packed page is unpacked in small pieces",
        "corpus/content_encoding.py",
        "yield unpacking.decompress(waiting, _PIECE)",
        "yield unpacking.decompress(waiting)",
        HOSTILE,
    ),
    Guard(
        "codings inside one another are refused",
        "corpus/content_encoding.py",
        "elif name in _GZIP:",
        "elif 'gzip' in name:",
        HOSTILE,
    ),
    Guard(
        "links can be switched off",
        "corpus/links.py",
        "if not self._settings.enabled:",
        "if False:",
        ("tests/corpus/test_links.py::test_switched_off",),
    ),
)
