"""The server needs no rights but to write its own folder, and is deployed with no others."""

from __future__ import annotations

import re
import subprocess
from configparser import ConfigParser
from pathlib import Path

import httpx
import pytest
import yaml

from index.check import check
from index.embedding.embedder import Embedder
from tests.http.process import ROOT, make_collection, served
from tests.patience import PATIENCE
from tests.resilience.asking import BORDER, FERRY, NEWS, ask

# As in a container: everything is read-only but one folder, there are no capabilities, and
# none can be had again.
CONFINED = """
mount --bind "$0" "$0" && mount -o remount,ro,bind / && cd "$0" &&
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
"""


def confined(folder: Path) -> list[str]:
    """A command that becomes another one in a container of its own."""
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", CONFINED, str(folder)]


@pytest.fixture
def folder(tmp_path: Path, model_cache: Path, embedder: Embedder) -> Path:
    """A collection. The exported model lies elsewhere, where it can only be read."""
    make_collection(tmp_path, model_cache)
    return tmp_path


def test_it_serves_where_it_may_write_nothing_else(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    tried = subprocess.run(
        [*confined(folder), "touch", str(elsewhere)], capture_output=True, check=False
    )
    if b"Read-only file system" not in tried.stderr:
        pytest.skip(f"this system lets nobody make namespaces: {tried.stderr.decode()[:200]}")
    with served(folder, through=confined(folder)) as running:
        url = running.wait_until_ready()
        status = Path(f"/proc/{running.process.pid}/status").read_text()
        assert set(re.findall(r"^Cap(?:Inh|Prm|Eff|Bnd|Amb):\s(\w+)", status, re.M)) == {"0" * 16}
        assert re.search(r"^NoNewPrivs:\s1$", status, re.M)
        assert httpx.post(f"{url}/articles", json=NEWS, timeout=PATIENCE).status_code == 201
        assert "240" in ask(url, FERRY).json()["quotes"][0]["text"]
        assert "1,084" in ask(url, BORDER).json()["quotes"][0]["text"]
    assert not any("Traceback" in line or "Read-only" in line for line in running.said)
    assert check(folder / "data").sound


def test_the_image_runs_as_nobody_in_particular() -> None:
    final = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    steps = re.findall(r"^([A-Z]+) (.*)$", final, re.M)
    users = [value for step, value in steps if step == "USER"]
    assert users == ["onrecord"]
    after = final.partition("\nUSER ")[2]
    assert not re.search(r"^(?:COPY|ADD) ", after, re.M)
    assert "sudo" not in final
    assert not re.search(
        r"(?:KEY|TOKEN|SECRET|PASSWORD)\w*=", re.sub(r"^#.*$", "", final, flags=re.M)
    )


def test_the_image_takes_only_what_is_locked() -> None:
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    for install in re.findall(r"pip install[^&\n]*", text):
        assert "--no-deps" in install
        assert "--require-hashes" in install or install.rstrip().endswith(" .")


def test_the_container_has_no_more_rights_than_it_needs() -> None:
    service = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]["onrecord"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "devices", "pid", "network_mode", "user"} & set(service)
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert [volume.partition(":")[2] for volume in service["volumes"]] == ["/var/lib/onrecord"]
    secrets = [name for name in service["environment"] if re.search("KEY|TOKEN|SECRET", name)]
    assert all(service["environment"][name].startswith("${") for name in secrets)


def test_the_unit_has_no_more_rights_than_it_needs() -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(ROOT / "deploy/onrecord.service")
    service = dict(unit["Service"])
    assert service["DynamicUser"] == service["NoNewPrivileges"] == service["PrivateTmp"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["UMask"] == "0077"
    assert "ReadWritePaths" not in service
