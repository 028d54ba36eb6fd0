"""A Ray cluster to run a batch on: one that is there, or one of this machine for the run alone."""

import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from ocrpipe.errors import EngineUnavailableError

LOCAL = "local"
_OBJECT_STORE_BYTES = 100 << 20
"""Only tasks and messages go through it; Ray takes no less than 75 MiB."""
_LOOPBACK = "127.0.0.1"
_CONNECT_SECONDS = 20.0
"""For a host that drops what it gets; one that refuses says so at once."""
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # Else it prints a warning about GPUs.
}
_KEPT_TO_LOOPBACK = {
    # Ray's own switch, whatever the system; it is read when ray is imported. Without it every port
    # of a local cluster, which does what it is told, is open to the network.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is known of a cluster when a run begins; `cpus` is at least 1."""

    cpus: int
    is_local: bool


def load_ray(address: str | None) -> Any:
    """The package ray, to be used with the cluster at `address`.

    Raises:
        EngineUnavailableError: it is not installed.
    """
    os.environ.update(_QUIET)
    if address == LOCAL:
        os.environ.update(_KEPT_TO_LOOPBACK)
    try:
        import ray
    except ImportError as error:
        raise EngineUnavailableError(
            f"--ray needs the package ray ({error})",
            remedy="Install it with: pip install 'ocrpipe[ray]'",
        ) from error
    return ray


@contextmanager
def ray_cluster(address: str, cpus: int) -> Iterator[Cluster]:
    """Be connected to the cluster at `address`.

    "local" starts one of `cpus` workers, which listens to this machine alone and ends with the
    block. Where this process is connected to a cluster already, that one is used and left as it is.

    Raises:
        EngineUnavailableError: ray is not installed, or there is no such cluster.
    """
    ray = load_ray(address)
    if ray.is_initialized():
        yield _cluster(ray, is_local=False)
        return
    with _own_folder() as folder, _signals_kept():
        local = {
            "num_cpus": cpus,
            "include_dashboard": False,
            "object_store_memory": _OBJECT_STORE_BYTES,
            "_memory": psutil.virtual_memory().total,
            "_node_ip_address": _LOOPBACK,
            "_temp_dir": folder,
        }
        try:
            _knock(address)
            ray.init(
                address=address,
                log_to_driver=False,
                logging_level=logging.ERROR,
                **(local if address == LOCAL else {}),
            )
        except Exception as error:  # Of many kinds, some of them of packages of Ray's own.
            ray.shutdown()
            raise EngineUnavailableError(
                f"no Ray cluster can be used ({type(error).__name__}: {error})",
                source=address,
                remedy="Check the address, and that ray and Python there are of the same versions",
            ) from error
        try:
            yield _cluster(ray, is_local=address == LOCAL)
        finally:
            ray.shutdown()


def _knock(address: str) -> None:
    """See whether anything listens there: Ray itself would go on trying for minutes.

    Raises:
        OSError: nothing does.
    """
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), _CONNECT_SECONDS).close()


def _cluster(ray: Any, *, is_local: bool) -> Cluster:
    return Cluster(max(1, int(ray.cluster_resources().get("CPU", 1))), is_local)


@contextmanager
def _own_folder() -> Iterator[str | None]:
    """For the sockets and logs of a local cluster; removed at the end.

    Paths of sockets may have no more than about 100 characters, which $TMPDIR may use up.
    """
    if sys.platform == "win32":
        yield None
        return
    folder = tempfile.mkdtemp(prefix="ocrpipe-", dir="/tmp" if Path("/tmp").is_dir() else None)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray puts a handler of its own on SIGTERM."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
