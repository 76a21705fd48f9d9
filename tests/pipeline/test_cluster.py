"""A batch on a Dask cluster: a real scheduler and workers as processes, one of which is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dictate.errors import EngineError, InputError
from dictate.pipeline.batch import Manner, import_all
from dictate.pipeline.cluster import Cluster, make
from dictate.pipeline.recording import Wish
from dictate.pipeline.sources import find_sources
from dictate.records import Interview
from dictate.store import Store
from dictate.transcribe.engine import EngineChoice, choose_engine
from dictate.transcribe.recording import Options
from tests.pipeline.conftest import kept_whole
from tests.pipeline.test_batch import Seen, texts

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning")

ROOT = Path(__file__).parents[2]


@dataclass
class Machines:
    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    file = tmp_path / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    local = ["--scheduler-file", str(file)]
    python = [sys.executable, "-m"]
    started = [
        subprocess.Popen(
            [*python, "distributed.cli.dask_scheduler", *local, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"],
            env=environment, stderr=subprocess.DEVNULL,
        )
    ]  # fmt: skip
    try:
        started += [
            subprocess.Popen(
                [*python, "distributed.cli.dask_worker", *local, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                 "--memory-limit", "0", "--local-directory", str(tmp_path / f"worker {number}")],
                env=environment, stderr=subprocess.DEVNULL, cwd=tmp_path,
            )
            for number in range(2)
        ]  # fmt: skip
        while not (file.exists() and file.stat().st_size):
            assert started[0].poll() is None
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"].replace("tcp://", "dask://")
        yield Machines(address, started[1:])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def test_a_lost_workers_memos_are_done_by_another(
    machines: Machines, folder_of_memos: Path, whisper_tiny: Path, store: Store
) -> None:
    choice: EngineChoice = choose_engine(whisper_tiny, device="cpu", name="tiny.en")
    cluster = Cluster(machines.address)
    while cluster.workers < 2:
        time.sleep(0.1)

    def kill_one() -> None:
        if machines.workers[0].poll() is None:
            os.kill(machines.workers[0].pid, signal.SIGKILL)

    def wish(_: object) -> Wish:
        return Wish(Interview(), copy_audio=False)

    manner = Manner(lambda: choice, Options("en"), cluster.workers, make(cluster))
    sources = find_sources([folder_of_memos]).files
    report = import_all(sources, manner, kept_whole, store, wish, Seen(each=kill_one))
    assert [result.state for result in report.results] == ["imported"] * 3
    heard = texts(store, report)
    assert heard["c.wav"].count("video call") == 1
    assert machines.workers[0].poll() is not None
    assert machines.workers[1].poll() is None


def test_a_cluster_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match="dask://HOST:PORT"):
        Cluster("ray://here")
    with pytest.raises(EngineError, match="no Dask cluster"):
        Cluster("dask://127.0.0.1:9")
