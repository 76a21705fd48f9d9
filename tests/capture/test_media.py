from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dictate.capture.media import open_media
from dictate.errors import MediaError
from tests.capture.media_files import heard, likeness, speech, write

MEMOS: dict[str, dict[str, Any]] = {
    "iphone.m4a": {"codec": "aac", "container": "ipod", "rate": 48_000},
    "android.m4a": {"codec": "aac", "container": "mp4", "rate": 44_100, "stereo": True},
    "sound.mp4": {"codec": "aac", "container": "mp4", "rate": 16_000},
    "sound.mov": {"codec": "alac", "container": "mov", "rate": 44_100},
    "memo.qta": {"codec": "alac", "container": "mov", "rate": 48_000, "stereo": True},
    "memo.mp3": {"codec": "libmp3lame", "container": "mp3", "rate": 44_100, "stereo": True},
    "low.mp3": {"codec": "libmp3lame", "container": "mp3", "rate": 11_025},
    "messenger.ogg": {"codec": "libopus", "container": "ogg", "rate": 48_000},
    "messenger.opus": {"codec": "libopus", "container": "ogg", "rate": 16_000},
    "browser.webm": {"codec": "libopus", "container": "webm", "rate": 48_000, "stereo": True},
    "old.amr": {"codec": "libopencore_amrnb", "container": "amr", "rate": 8_000},
    "old.3gp": {"codec": "libopencore_amrnb", "container": "3gp", "rate": 8_000},
    "newer.3gp": {"codec": "aac", "container": "3gp", "rate": 16_000},
    "plain.aac": {"codec": "aac", "container": "adts", "rate": 22_050},
    "cd.wav": {"codec": "pcm_s16le", "container": "wav", "rate": 44_100, "stereo": True},
    "eight.wav": {"codec": "pcm_u8", "container": "wav", "rate": 8_000},
    "studio.wav": {"codec": "pcm_s24le", "container": "wav", "rate": 48_000},
    "float.wav": {"codec": "pcm_f32le", "container": "wav", "rate": 32_000},
    "lossless.flac": {"codec": "flac", "container": "flac", "rate": 24_000},
    "apple.caf": {"codec": "alac", "container": "caf", "rate": 12_000},
    "mac.aiff": {"codec": "pcm_s16be", "container": "aiff", "rate": 22_050},
}


@pytest.mark.parametrize("name", MEMOS)
def test_speech_comes_out_of_every_container_at_its_time(tmp_path: Path, name: str) -> None:
    how = dict(MEMOS[name])
    spoken = speech()
    channels = 2 if how.pop("stereo", False) else 1
    path = write(tmp_path / name, np.tile(spoken, (channels, 1)), **how)
    media = open_media(path)
    samples, warnings = heard(path)
    correlation, late_s = likeness(samples, spoken)
    assert (media.sample_rate, media.channels) == (48_000 if "libopus" in how["codec"] else how["rate"], channels)
    assert samples.dtype == np.float32
    assert len(samples) / 16_000 == pytest.approx(len(spoken) / 16_000, abs=0.16)
    assert correlation > 0.75
    assert -0.04 < late_s < 0.1  # an encoder's own delay, where the container does not tell it
    assert warnings == ()


def test_of_several_tracks_the_first_that_decodes(tmp_path: Path) -> None:
    spoken = speech()
    path = write(tmp_path / "spatial.qta", spoken[::-1].copy(), spoken, codec="alac", container="mov")
    assert open_media(path).track == 0
    content = path.read_bytes()
    of_one_track = content.count(b"alac") // 2
    path.write_bytes(content.replace(b"alac", b"apac", of_one_track))  # Apple's spatial codec: no decoder anywhere
    media = open_media(path)
    samples, _ = heard(path)
    assert media.track == 1
    assert likeness(samples, spoken)[0] > 0.9


def test_tags_are_read_in_whatever_encoding(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", speech()[:16_000], codec="libmp3lame", container="mp3", tags={"title": "Ein Wort"})
    path.write_bytes(path.read_bytes().replace(b"Ein Wort", b"E\xff\xfe\xc3W\xf0\x80t"))
    assert open_media(path).tags["title"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.m4a", b"", "is empty (0 bytes); copy it again from the phone"),
        ("a.m4a", b"\0" * 9_000, "holds only zeros where its sound should begin; copy it again from the phone"),
        (
            "a.m4a",
            "Dear all, she said „nein“.\n".encode() * 99,
            "is a text, not a sound file; name the recording itself",
        ),
        ("a.mp3", b"<!DOCTYPE html><p>Sign in", "is a web page, not a sound file; name the recording itself"),
        ("a.wav", b"%PDF-1.4\n\xff\xfe", "is a PDF, not a sound file; name the recording itself"),
        (
            ".a.m4a.icloud",
            b"bplist00\x01",
            "is only iCloud's placeholder; open it once in Files so that it is downloaded",
        ),
        (
            "a.m4a",
            bytes(range(128, 256)) * 40,
            "is damaged, or no sound file that can be read; copy it again from the phone or export it as m4a or wav",
        ),
    ],
)
def test_what_is_no_sound_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(MediaError) as caught:
        open_media(path)
    assert str(caught.value) == f"{path}: {message}"


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"is a folder; name a recording in it$"):
        open_media(tmp_path)
    with pytest.raises(MediaError, match=r"there is no such file; check the name$"):
        open_media(tmp_path / "gone.m4a")


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(MediaError, match=r"is a device or a pipe; name a file$"):
        open_media(tmp_path / "pipe.wav")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.wav"
    path.write_bytes(b"RIFF")
    path.chmod(0)
    with pytest.raises(MediaError, match=r"may not be read; check its permissions$"):
        open_media(path)


@pytest.mark.parametrize("protection", [b"drms", b"enca"])
def test_protected_sound_is_told_apart(tmp_path: Path, protection: bytes) -> None:
    path = write(tmp_path / "shop.m4a", speech(), codec="aac", container="ipod")
    path.write_bytes(path.read_bytes().replace(b"mp4a", protection))
    with pytest.raises(MediaError, match=r"is copy-protected \(DRM\); export it without protection"):
        open_media(path)


def test_a_codec_without_a_decoder(tmp_path: Path) -> None:
    path = write(tmp_path / "spatial.qta", speech(), codec="alac", container="mov")
    path.write_bytes(path.read_bytes().replace(b"alac", b"apac"))
    with pytest.raises(
        MediaError, match=r"its sound is in a codec that cannot be decoded here; export it as m4a or wav$"
    ):
        open_media(path)


def test_a_playlist_under_a_memos_name_opens_nothing(tmp_path: Path) -> None:
    sound = write(tmp_path / "real.aac", speech(), codec="aac", container="adts")
    path = tmp_path / "memo.m4a"
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{sound}\n#EXT-X-ENDLIST\n")
    with pytest.raises(MediaError, match="is a text, not a sound file"):
        open_media(path)


def test_an_awkward_name_is_no_address(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", speech(), codec="pcm_s16le", container="wav")
    named = path.rename(tmp_path / "http:14:05 #1?ü%20.wav")
    assert open_media(named).duration_s == pytest.approx(9.075)
