"""Runs the standalone server of the package `milvus` in a network of its own.

That server binds its ports on every interface whatever its configuration says, and its etcd takes
fixed ports. So it gets a network namespace in which there is nothing but loopback, and one Unix
socket leads in. Started by `tests.milvus.standalone` through `unshare --net`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

import yaml
from milvus import MilvusServerConfig, _initialize_data_files

_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


def main() -> int:
    """`BASE SOCKET BINARIES`: run the server over the folder BASE until it ends."""
    base, door, binaries = map(Path, sys.argv[1:])
    _bring_up_loopback()
    config = MilvusServerConfig(data_dir=str(base))
    config.resolve()
    _unpack(binaries)
    written = yaml.safe_load((base / "configs" / "milvus.yaml").read_text("utf-8"))
    threading.Thread(target=_relay, args=(door, int(written["proxy"]["port"])), daemon=True).start()
    environment = {
        **os.environ,
        "DEPLOY_MODE": "STANDALONE",
        "METRICS_PORT": "9091",
        "MILVUS_RUN_DIR": str(base / "run"),
        "LD_LIBRARY_PATH": str(binaries / "bin"),
    }
    with (base / "logs" / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [binaries / "bin" / "milvus", "run", "standalone"],
            cwd=base,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    (base / "server.pid").write_text(str(server.pid), "utf-8")
    signal.signal(signal.SIGINT, lambda *_: server.send_signal(signal.SIGINT))
    return server.wait()


def _unpack(binaries: Path) -> None:
    """The server's 500 MB are unpacked once, then kept for the runs to come."""
    ready = binaries / "ready"
    if not ready.exists():
        shutil.rmtree(binaries / "bin", ignore_errors=True)
        _initialize_data_files(str(binaries))
        ready.touch()


def _bring_up_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(control, _SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(control, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | _IFF_UP))


def _relay(door: Path, port: int) -> None:
    """Carry connections from the Unix socket to the server."""
    door.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(door))
        listening.listen(64)
        while True:
            outer, _ = listening.accept()
            try:
                inner = socket.create_connection(("127.0.0.1", port), timeout=5)
            except OSError:
                outer.close()
                continue
            inner.settimeout(None)
            inner.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink in ((outer, inner), (inner, outer)):
                threading.Thread(target=_carry, args=(source, sink), daemon=True).start()


def _carry(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(1 << 16):
            sink.sendall(data)
    except OSError:
        pass
    finally:
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


if __name__ == "__main__":
    sys.exit(main())
