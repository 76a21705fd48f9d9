"""Pulling from a publisher's server."""

from __future__ import annotations

import hashlib
import resource
import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest

from dictate.errors import WeightsError
from dictate.weights import Progress, pull, verify
from dictate.weights.download import why_unreachable
from dictate.weights.folder import open_for_writing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.weights.conftest import Publisher, Shelf


@pytest.fixture
def nowhere() -> str:
    """An address of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"


def ranges(publisher: Publisher, path: str = "nested/model.bin") -> list[str]:
    return [asked for name, asked in publisher.asked if name == path]


def test_a_pull_places_every_file_for_its_owner_alone(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    folder = pull("toy")
    assert folder == shelf.weights / "toy"
    assert shelf.placed() == publisher.files
    assert shelf.parts() == []
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {(folder / name).stat().st_mode & 0o777 for name in publisher.files} == {0o600}


def test_a_second_pull_fetches_nothing(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    pull("toy")
    publisher.asked.clear()
    pull("toy")
    assert publisher.asked == []


def test_progress_tells_bytes_of_the_total(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    told: list[Progress] = []
    pull("toy", progress=told.append)
    done = [progress.done for progress in told if progress.item == "nested/model.bin"]
    size = len(publisher.files["nested/model.bin"])
    assert len(done) > 1
    assert done == sorted(done)
    assert done[-1] == size
    assert {progress.total for progress in told if progress.item == "nested/model.bin"} == {size}


def test_a_cut_connection_is_taken_up_at_its_byte(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    publisher.cuts = [16, 1_000_000, 500_000]
    pull("toy")
    assert ranges(publisher) == ["", "bytes=1000000-", "bytes=1500000-"]
    assert shelf.placed() == publisher.files


def test_what_a_failed_pull_brought_is_kept_for_the_next(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    publisher.cuts = [16, 1_000_000, 1, 1]
    with pytest.raises(WeightsError, match="connection lost at 1000002 of 3000000 bytes"):
        pull("toy")
    assert shelf.placed() == {"config.json": publisher.files["config.json"]}
    publisher.asked.clear()
    pull("toy")
    assert ranges(publisher) == ["bytes=1000002-"]
    assert shelf.placed() == publisher.files


def test_an_interrupted_pull_is_taken_up_at_its_byte(shelf: Shelf, publisher: Publisher) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.item == "nested/model.bin":
            raise KeyboardInterrupt

    shelf.offer(publisher.source)
    with pytest.raises(KeyboardInterrupt):
        pull("toy", progress=interrupt)
    publisher.asked.clear()
    pull("toy")
    assert ranges(publisher) == ["bytes=1048576-"]
    assert shelf.placed() == publisher.files


def test_a_server_that_knows_no_ranges_is_asked_from_the_start(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    publisher.cuts, publisher.ranges = [16, 1_000_000], False
    pull("toy")
    assert shelf.placed() == publisher.files


def test_a_bad_part_from_before_does_no_harm(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    partial = shelf.weights / "toy" / ".partial"
    partial.mkdir(parents=True)
    (partial / "nested__model.bin.part").write_bytes(b"other bytes")
    pull("toy")
    assert ranges(publisher) == ["bytes=11-", ""]
    assert shelf.placed() == publisher.files


def test_other_bytes_are_refused_removed_and_had_from_the_next_source(shelf: Shelf, publisher: Publisher) -> None:
    good = publisher.files["nested/model.bin"]
    publisher.files |= {"bad/config.json": publisher.files["config.json"], "bad/nested/model.bin": good[:-1] + b"\0"}
    shelf.offer(f'url = "{publisher.url}bad/{{path}}"')
    with pytest.raises(WeightsError, match=r"\(its nested/model.bin has another sha256 and was refused\)"):
        pull("toy")
    assert list(shelf.placed()) == ["config.json"]
    assert shelf.parts() == []
    shelf.offer(f'url = "{publisher.url}bad/{{path}}"', publisher.source)
    pull("toy")
    assert shelf.placed()["nested/model.bin"] == good


@pytest.mark.parametrize(
    ("served", "reason"),
    [
        ({}, "HTTP 404 Not Found"),
        ({"config.json": b"a page that asks for a password"}, "its file has 31 bytes instead of 16"),
    ],
)
def test_a_source_without_the_file_says_so(
    shelf: Shelf, publisher: Publisher, served: dict[str, bytes], reason: str
) -> None:
    shelf.offer(publisher.source)
    publisher.files = served
    with pytest.raises(WeightsError, match=reason):
        pull("toy")
    assert shelf.placed() == {}


def test_nothing_reachable_is_one_message_with_the_way_by_hand(shelf: Shelf, nowhere: str) -> None:
    shelf.offer(
        f'url = "{nowhere}{{path}}"', 'packages = { "toy-weights==1.0" = 9 }\nmember = "{path}"', files={"a": b"12"}
    )
    with pytest.raises(WeightsError) as caught:
        pull("toy")
    host = nowhere.split("/")[2]
    assert str(caught.value) == (
        f"cannot fetch toy; tried {host} (connection refused), "
        "toy-weights==1.0 (No matching distribution found for toy-weights==1.0)\n"
        f"try again when there is a network, or place by hand in {shelf.weights / 'toy'}\n"
        f"  a  2 bytes  sha256 {hashlib.sha256(b'12').hexdigest()}"
    )


def test_a_file_placed_by_hand_is_taken(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    place = shelf.weights / "toy" / "nested"
    place.mkdir(parents=True)
    (place / "model.bin").write_bytes(publisher.files["nested/model.bin"])
    pull("toy")
    assert [path for path, _ in publisher.asked] == ["config.json"]


def test_a_damaged_file_is_found_and_fetched_again(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    file = pull("toy") / "nested/model.bin"
    data = bytearray(file.read_bytes())
    data[2_000_000] ^= 1
    file.write_bytes(data)
    assert [state.state for state in verify("toy")] == ["ok", "damaged"]
    pull("toy")
    assert [state.state for state in verify("toy")] == ["ok", "ok"]


def test_two_pulls_at_once_take_turns(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    waits = Event()

    def waiting(progress: Progress) -> None:
        if progress.remark:
            waits.set()

    with ThreadPoolExecutor(1) as pool:
        with open_for_writing(shelf.weights / "toy", lambda: None):
            second = pool.submit(pull, "toy", progress=waiting)
            assert waits.wait(10)
            assert publisher.asked == []
        second.result(10)
    assert shelf.placed() == publisher.files


def test_pulls_at_once_fetch_each_file_once(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(pull, ["toy"] * 4))
    assert sorted(publisher.asked) == [("config.json", ""), ("nested/model.bin", "")]


def test_a_full_disk_is_one_clear_line(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, before[1]))
    try:
        with pytest.raises(WeightsError, match=r"^cannot write weights in .*/toy: File too large; make room"):
            pull("toy")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    pull("toy")
    assert shelf.placed() == publisher.files


def test_more_than_the_disk_holds_is_not_begun(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    text = shelf.manifest.read_text().replace("size = 3000000", "size = 3000000000000000")
    shelf.manifest.write_text(text)
    with pytest.raises(WeightsError, match=r"MB free, and 3000000000 MB are needed: make room, or name another folder"):
        pull("toy")
    assert publisher.asked == []


def test_a_folder_that_cannot_be_made_is_one_clear_line(
    shelf: Shelf, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DICTATE_MODELS", str(tmp_path / "file" / "weights"))
    shelf.offer(publisher.source)
    with pytest.raises(WeightsError, match=r"^cannot write weights in .*/file/weights/toy: Not a directory; make room"):
        pull("toy")


def test_an_unreachable_host_is_named_with_the_proxy_that_led_to_it(
    index: object, nowhere: str, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert why_unreachable(publisher.url) == ""
    assert why_unreachable(nowhere) == "connection refused"
    assert why_unreachable("http://weights.invalid/") in {"its name cannot be resolved", "no answer within 5 s"}
    monkeypatch.setenv("http_proxy", nowhere)
    assert why_unreachable("http://weights.invalid/") == "connection refused by way of the proxy 127.0.0.1"
