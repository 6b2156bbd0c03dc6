from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.settings import read_settings
from corpus.errors import SettingsError


@contextmanager
def surroundings(folder: Path, **environment: str) -> Iterator[None]:
    """A working folder and environment variables for the time being."""
    before, old = Path.cwd(), dict(os.environ)
    os.chdir(folder)
    for name in [name for name in os.environ if name.startswith("ONRECORD_")]:
        del os.environ[name]
    os.environ.update(environment)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(old)


def test_each_source_gives_way_to_the_one_before_it(tmp_path: Path) -> None:
    with surroundings(tmp_path):
        assert read_settings().port == 8000
    (tmp_path / "onrecord.toml").write_text('port = 1\nmax_quotes = 4\nhost = "localhost"\n')
    (tmp_path / ".env").write_text("ONRECORD_PORT=2\nONRECORD_MAX_QUOTES=5\nOTHER_PROGRAM=x\n")
    with surroundings(tmp_path, ONRECORD_PORT="3"):
        settings = read_settings()
        assert (settings.port, settings.max_quotes, settings.host) == (3, 5, "localhost")
        assert read_settings(port=4, host=None).port == 4


def test_lists_are_written_with_commas(tmp_path: Path) -> None:
    with surroundings(tmp_path, ONRECORD_ARTICLES="a, b/c", ONRECORD_TELEGRAM_ADMINS="1,22"):
        settings = read_settings()
    assert settings.articles == (Path("a"), Path("b/c"))
    assert settings.telegram_admins == (1, 22)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"ONRECORD_PROT": "1"}, "ONRECORD_PROT"),
        ({"ONRECORD_PORT": "many"}, "port"),
        ({"ONRECORD_THRESHOLD": "7"}, "threshold"),
        ({"ONRECORD_STORE": "localhost:19530"}, "embedded"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, environment: dict[str, str], named: str) -> None:
    with surroundings(tmp_path, **environment), pytest.raises(SettingsError, match=named):
        read_settings()


def test_an_unknown_key_in_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "onrecord.toml").write_text("articels = 1\n")
    with surroundings(tmp_path), pytest.raises(SettingsError, match="mean articles"):
        read_settings()
    (tmp_path / "onrecord.toml").write_text("not toml at all")
    with surroundings(tmp_path), pytest.raises(SettingsError, match="toml"):
        read_settings()


def test_an_unknown_key_in_the_env_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ONRECORD_PROT=2\n")
    with surroundings(tmp_path), pytest.raises(SettingsError, match="mean ONRECORD_PORT"):
        read_settings()


def test_what_kubernetes_sets_for_services_of_our_name_is_no_setting(tmp_path: Path) -> None:
    (tmp_path / "onrecord.toml").write_text("port = 8100\n")
    links = {
        "ONRECORD_SERVICE_HOST": "10.0.171.239",
        "ONRECORD_SERVICE_PORT": "8000",
        "ONRECORD_SERVICE_PORT_HTTP": "8000",
        "ONRECORD_PORT": "tcp://10.0.171.239:8000",
        "ONRECORD_PORT_8000_TCP": "tcp://10.0.171.239:8000",
        "ONRECORD_PORT_8000_TCP_PROTO": "tcp",
        "ONRECORD_PORT_8000_TCP_PORT": "8000",
        "ONRECORD_PORT_8000_TCP_ADDR": "10.0.171.239",
        "ONRECORD_MILVUS_SERVICE_HOST": "10.0.171.240",
        "ONRECORD_MILVUS_SERVICE_PORT_METRICS": "9091",
        "ONRECORD_MILVUS_PORT": "tcp://10.0.171.240:19530",
        "ONRECORD_MILVUS_PORT_19530_TCP_ADDR": "10.0.171.240",
    }
    with surroundings(tmp_path, **links, ONRECORD_MILVUS_SHARDS="2"):
        settings = read_settings()
        assert (settings.port, settings.milvus_shards) == (8100, 2)
    with (
        surroundings(tmp_path, **links, ONRECORD_MILVUS_SHARD="2"),
        pytest.raises(SettingsError, match="mean ONRECORD_MILVUS_SHARDS"),
    ):
        read_settings()


@pytest.mark.parametrize("setting", ["api_keys", "admin_keys"])
@pytest.mark.parametrize("key", ["ключ", "clé", "two\nlines", "tab\tbed", " early", "late ", ""])
def test_a_key_that_no_header_carries_is_refused(tmp_path: Path, setting: str, key: str) -> None:
    """It would lock everybody out, with nothing said."""
    with surroundings(tmp_path), pytest.raises(SettingsError, match=setting) as error:
        read_settings(**{setting: ("good-key", key)})
    assert "openssl rand" in str(error.value)
    assert "good-key" not in str(error.value)
    assert not key.strip() or key not in str(error.value)


def test_every_mark_of_ascii_may_stand_in_a_key(tmp_path: Path) -> None:
    every = "".join(map(chr, range(ord("!"), ord("~") + 1)))
    with surroundings(tmp_path):
        [key] = read_settings(api_keys=(f"{every} {every}",)).api_keys
    assert key.get_secret_value() == f"{every} {every}"


def test_secrets_stay_out_of_errors_and_representations(tmp_path: Path) -> None:
    with surroundings(tmp_path, ONRECORD_ADMIN_KEYS="s3cret", ONRECORD_PORT="s3cret"):
        with pytest.raises(SettingsError) as error:
            read_settings()
        assert "s3cret" not in str(error.value)
    with surroundings(tmp_path, ONRECORD_ADMIN_KEYS="s3cret"):
        assert "s3cret" not in repr(read_settings())
