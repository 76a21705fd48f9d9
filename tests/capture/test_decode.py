from __future__ import annotations

import struct
import subprocess
import sys
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dictate.capture.decode import Decoding
from dictate.capture.fingerprint import fingerprint
from dictate.capture.media import open_media
from dictate.errors import MediaError
from tests.capture.media_files import heard, likeness, speech, write

KINDS = {  # name: (codec, container, sample rate)
    "a.m4a": ("aac", "ipod", 16_000),
    "a.mp3": ("libmp3lame", "mp3", 16_000),
    "a.ogg": ("libopus", "ogg", 16_000),
    "a.webm": ("libopus", "webm", 16_000),
    "a.wav": ("pcm_s16le", "wav", 16_000),
    "a.flac": ("flac", "flac", 16_000),
    "a.amr": ("libopencore_amrnb", "amr", 8_000),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same recording in several formats, as bytes to be damaged; the m4a with its index in front."""
    folder = tmp_path_factory.mktemp("whole")
    whole = {}
    for name, (codec, container, rate) in KINDS.items():
        muxer = {"movflags": "faststart"} if name == "a.m4a" else None
        path = write(folder / name, speech(), codec=codec, container=container, rate=rate, muxer=muxer)
        whole[name] = path.read_bytes()
    return whole


def damaged(content: bytes, start: float, end: float) -> bytes:
    first, last = int(len(content) * start), int(len(content) * end)
    return content[:first] + bytes(last - first) + content[last:]


@pytest.mark.parametrize("block_s", [0.05, 1.0, 2.5, 600.0])
def test_blocks_are_of_one_length_and_lose_nothing(tmp_path: Path, block_s: float) -> None:
    path = write(tmp_path / "a.wav", speech(), codec="pcm_s16le", container="wav")
    blocks = list(Decoding(open_media(path), block_s=block_s))
    assert {len(block) for block in blocks[:-1]} <= {round(block_s * 16_000)}
    assert 0 < len(blocks[-1]) <= block_s * 16_000
    np.testing.assert_allclose(np.concatenate(blocks), speech(), atol=2e-4)


@pytest.mark.parametrize("name", ["a.m4a", "a.mp3", "a.ogg", "a.webm", "a.flac"])  # zeros are sound in wav and amr
@pytest.mark.parametrize("start", [0.3, 0.36])
def test_damage_in_the_middle_is_silence_and_what_follows_keeps_its_time(
    tmp_path: Path, files: dict[str, bytes], name: str, start: float
) -> None:
    path = tmp_path / name
    path.write_bytes(damaged(files[name], start, start + 0.15))
    samples, warnings = heard(path)
    correlation, late_s = likeness(samples[-32_000:], speech()[-32_000:])
    assert correlation > 0.6
    assert abs(late_s) < 0.3
    assert len(samples) / 16_000 == pytest.approx(9.075, abs=0.35)
    assert len(warnings) == 1
    assert warnings[0].startswith(("damaged at 0:0", "the file holds no sound for a while at 0:0"))


def test_damage_is_told_with_its_place_and_length(tmp_path: Path, files: dict[str, bytes]) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(damaged(files["a.mp3"], 0.5, 0.7))
    (warning,) = heard(path)[1]
    assert warning in {f"damaged at 0:04: {tenths / 10} s are silence" for tenths in range(17, 21)}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.77, 0.93])
def test_a_cut_file_gives_what_is_there(tmp_path: Path, files: dict[str, bytes], name: str, part: float) -> None:
    path = tmp_path / name
    path.write_bytes(files[name][: int(len(files[name]) * part)])
    samples, warnings = heard(path)
    correlation, late_s = likeness(samples, speech()[: len(samples)])
    assert 0.2 < len(samples) / 16_000 < 9.0
    assert correlation > 0.6
    assert -0.04 < late_s < 0.1
    if name != "a.amr":  # frames without a length told anywhere
        assert warnings[-1].startswith("ends too soon: ")


def test_a_cut_file_says_how_much_there_is(tmp_path: Path, files: dict[str, bytes]) -> None:
    (tmp_path / "a.flac").write_bytes(files["a.flac"][: len(files["a.flac"]) // 2])
    (tmp_path / "a.wav").write_bytes(files["a.wav"][: len(files["a.wav"]) // 2])
    assert heard(tmp_path / "a.flac")[1][-1] == "ends too soon: only 0:04 of 0:09 could be read"
    assert heard(tmp_path / "a.wav")[1] == ("ends too soon: what can be read is 0:04 long",)


@pytest.mark.parametrize("part", [0.01, 0.3, 0.9, 0.995])
def test_an_m4a_without_its_end_is_refused(tmp_path: Path, part: float) -> None:
    path = write(tmp_path / "a.m4a", speech(), codec="aac", container="ipod")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    with pytest.raises(MediaError) as caught:
        open_media(path)
    assert str(caught.value) == (
        f"{path}: ends before its index (moov), without which it cannot be played; copy it again from the phone"
    )


@pytest.mark.parametrize("container", ["amr", "3gp"])
def test_pauses_of_amr_are_decoded(tmp_path: Path, container: str) -> None:
    spoken = np.concatenate([speech(), np.zeros(48_000, np.float32), speech()])
    path = write(
        tmp_path / f"a.{container}",
        spoken,
        codec="libopencore_amrnb",
        container=container,
        rate=8_000,
        options={"dtx": "1"},
    )
    with av.open(str(path)) as opened:
        sizes = {packet.size for packet in opened.demux(audio=0)}
    samples, warnings = heard(path)
    assert {1, 6} <= sizes  # frames without data, and of comfort noise
    assert warnings == ()
    assert likeness(samples, spoken)[0] > 0.75
    assert len(samples) / 16_000 == pytest.approx(len(spoken) / 16_000, abs=0.1)


def box(content: bytes, kind: bytes) -> int:
    """Where a box's fields begin, after its type, version and flags."""
    return content.index(kind) + 8


def test_several_amr_frames_in_one_sample_are_all_heard(tmp_path: Path) -> None:
    path = write(tmp_path / "a.3gp", speech(), codec="libopencore_amrnb", container="3gp", rate=8_000)
    content = bytearray(path.read_bytes())
    size, count = struct.unpack_from(">II", content, box(content, b"stsz"))
    assert size > 0  # all frames are of one size
    struct.pack_into(">II", content, box(content, b"stsz"), size * 10, count // 10)
    struct.pack_into(">III", content, box(content, b"stts"), 1, count // 10, 1_600)
    assert struct.unpack_from(">III", content, box(content, b"stsc")) == (1, 1, count)  # all in one chunk
    struct.pack_into(">III", content, box(content, b"stsc"), 1, 1, count // 10)
    path.write_bytes(content)
    with av.open(str(path)) as opened:
        assert next(opened.demux(audio=0)).size in (size, size * 10)
    samples, _ = heard(path)
    assert likeness(samples, speech())[0] > 0.75
    assert len(samples) / 16_000 == pytest.approx(9.0, abs=0.25)


def shifted(source: Path, target: Path, container: str, pause_s: float) -> Path:
    """A copy whose clock jumps by a pause in its middle."""
    with av.open(str(source)) as inward, av.open(str(target), "w", format=container) as outward:
        stream = outward.add_stream_from_template(inward.streams.audio[0])
        for packet in inward.demux(audio=0):
            if packet.dts is None:
                continue
            if packet.pts * packet.time_base > 4.5:
                packet.pts = packet.dts = packet.pts + round(pause_s / packet.time_base)
            packet.stream = stream
            outward.mux(packet)
    return target


def test_a_paused_recorder_keeps_its_times(tmp_path: Path) -> None:
    source = write(tmp_path / "a.webm", speech(), codec="libopus", container="webm", rate=48_000)
    samples, warnings = heard(shifted(source, tmp_path / "b.webm", "webm", 7.0))
    assert len(samples) / 16_000 == pytest.approx(16.1, abs=0.1)
    assert likeness(samples[-64_000:], speech()[-64_000:])[0] > 0.9
    assert not samples[5 * 16_000 : 11 * 16_000].any()
    assert warnings == ("the file holds no sound for a while at 0:04: kept as silence",)


def test_a_clock_that_jumps_a_day_is_not_believed(tmp_path: Path) -> None:
    source = write(tmp_path / "a.webm", speech(), codec="libopus", container="webm", rate=48_000)
    samples, warnings = heard(shifted(source, tmp_path / "b.webm", "webm", 86_400.0))
    assert len(samples) / 16_000 == pytest.approx(9.1, abs=0.1)
    assert warnings[0] == "the file's clock jumps at 0:04: times after that are counted on"


@pytest.mark.parametrize("channels", [6, 9, 33])
def test_many_channels_are_mixed(tmp_path: Path, channels: int) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, 16_000, 0, "NONE", ""))
        file.writeframes((np.repeat(speech(), channels) * 32_767).astype("<i2").tobytes())
    np.testing.assert_allclose(heard(path)[0], speech(), atol=2e-4)


def test_a_rate_that_no_sound_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 1, 0, "NONE", ""))
        file.writeframes(bytes(9_000))
    with pytest.raises(MediaError, match="no sound in it can be decoded"):
        open_media(path)


def test_a_file_that_vanishes_is_a_media_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", speech(), codec="pcm_s16le", container="wav")
    media = open_media(path)
    path.unlink()
    with pytest.raises(MediaError, match="there is no such file; check the name"):
        list(Decoding(media))
    with pytest.raises(MediaError, match="there is no such file; check the name"):
        fingerprint(media)


def listen(path: Path) -> None:
    """All that import does with a file: samples that can be used, or a MediaError, and nothing else."""
    try:
        media = open_media(path)
        fingerprint(media)
        blocks = list(Decoding(media))
    except MediaError:
        return
    for block in blocks:
        assert np.isfinite(block).all()
        assert np.abs(block).max(initial=0.0) <= 1.0


unhurried = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HEADS = st.sampled_from(
    [b"", b"RIFF\xff\xff\xff\x7fWAVEfmt ", b"OggS", b"fLaC", b"ID3\x04", b"#!AMR\n", b"\0\0\0\x18ftypM4A "]
)


@unhurried
@given(head=HEADS, content=st.binary(min_size=1, max_size=4_000))
def test_random_bytes_are_refused_or_heard(tmp_path: Path, head: bytes, content: bytes) -> None:
    path = tmp_path / "memo.m4a"
    path.write_bytes(head + content)
    listen(path)


@unhurried
@given(
    name=st.sampled_from(sorted(KINDS)), hurt=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=40)), max_size=6)
)
def test_hurt_files_are_refused_or_heard(
    tmp_path: Path, files: dict[str, bytes], name: str, hurt: list[tuple[float, bytes]]
) -> None:
    content = bytearray(files[name])
    for at, scar in hurt:
        place = int(at**3 * len(content))  # oftener near the headers
        content[place : place + len(scar)] = scar
    path = tmp_path / name
    path.write_bytes(bytes(content))
    listen(path)


def test_an_hour_takes_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    path = tmp_path / "hour.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 8_000, 0, "NONE", ""))
        file.writeframes(np.tile(speech()[::2] * 127 + 128, 397).astype(np.uint8).tobytes())
    script = (
        "import sys, resource, pathlib\n"
        "from dictate.capture.decode import Decoding\n"
        "from dictate.capture.media import open_media\n"
        "blocks = iter(decoding := Decoding(open_media(pathlib.Path(sys.argv[1]))))\n"
        "next(blocks)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "assert sum(1 for _ in blocks) == 120 and decoding.duration_s > 3600\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 30_000  # kilobytes
    assert done.stderr == ""


def test_nothing_of_ffmpeg_reaches_the_screen(
    tmp_path: Path, files: dict[str, bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(damaged(content, 0.3, 0.5))
        heard(tmp_path / name)
    assert capfd.readouterr() == ("", "")
