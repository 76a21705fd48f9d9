from __future__ import annotations

import re
from pathlib import Path

import pytest

from dictate.capture.fingerprint import fingerprint
from dictate.capture.media import open_media
from dictate.capture.tags import ending
from tests.capture.media_files import heard, remux, speech, write


def print_of(path: Path) -> str:
    return fingerprint(open_media(path))


@pytest.mark.parametrize(
    ("codec", "container", "others"),
    [
        ("aac", "ipod", ["mov", "mp4", "ipod"]),
        ("libmp3lame", "mp3", ["mp3"]),
        ("libopus", "ogg", ["ogg", "webm"]),
        ("flac", "flac", ["flac", "ogg"]),
        ("pcm_s16le", "wav", ["wav"]),
        ("pcm_f32le", "wav", ["wav"]),
    ],
)
def test_new_tags_a_new_name_and_a_new_container_change_nothing(
    tmp_path: Path, codec: str, container: str, others: list[str]
) -> None:
    rate = 48_000 if codec == "libopus" else 16_000
    first = write(tmp_path / f"a.{container}", speech(), codec=codec, container=container, rate=rate)
    for number, other in enumerate(others):
        tags = {"title": "Interview at Acme " * 40, "artist": str(number), "date": "2024-01-31"}
        assert print_of(remux(first, tmp_path / f"{number}.{other}", other, tags)) == print_of(first)


def test_an_old_id3_tag_at_the_end_and_a_list_chunk_change_nothing(tmp_path: Path) -> None:
    mp3 = write(tmp_path / "a.mp3", speech(), codec="libmp3lame", container="mp3")
    tagged = tmp_path / "b.mp3"
    tagged.write_bytes(mp3.read_bytes() + b"TAG" + b"Interview".ljust(125, b"\0"))
    assert print_of(tagged) == print_of(mp3)
    wav = write(tmp_path / "a.wav", speech(), codec="pcm_s16le", container="wav")
    content = wav.read_bytes()
    chunk = b"LIST" + (18).to_bytes(4, "little") + b"INFOINAM" + (6).to_bytes(4, "little") + b"Acme!\0"
    retagged = tmp_path / "b.wav"
    size = (len(content) + len(chunk) - 8).to_bytes(4, "little")
    retagged.write_bytes(content[:4] + size + content[8:36] + chunk + content[36:])
    assert print_of(retagged) == print_of(wav)


ID3V1 = b"TAG" + b"Interview".ljust(125, b"\0")
LYRICS = b"LYRICSBEGIN" + b"IND0000310" + b"000021LYRICS200"


def ape() -> bytes:
    item = (8).to_bytes(4, "little") + bytes(4) + b"Title\0" + b"My title"

    def edge(flags: int) -> bytes:
        numbers = (2000, len(item) + 32, 1, flags)
        return b"APETAGEX" + b"".join(number.to_bytes(4, "little") for number in numbers) + bytes(8)

    return edge(0xA000_0000) + item + edge(0x8000_0000)


@pytest.mark.parametrize("container", ["mp3", "flac"])
@pytest.mark.parametrize(
    "tag", [ID3V1, ape(), ape() + ID3V1, LYRICS + ID3V1], ids=["id3v1", "ape", "ape and id3v1", "lyrics"]
)
def test_tags_after_the_sound_change_nothing(tmp_path: Path, container: str, tag: bytes) -> None:
    codec = {"mp3": "libmp3lame"}.get(container, container)
    plain = write(tmp_path / f"a.{container}", speech(), codec=codec, container=container)
    tagged = tmp_path / f"b.{container}"
    tagged.write_bytes(plain.read_bytes() + tag)
    assert print_of(tagged) == print_of(plain)


def test_a_wav_with_id3_before_it_is_read(tmp_path: Path) -> None:
    plain = write(tmp_path / "a.wav", speech(), codec="pcm_s16le", container="wav")
    tagged = tmp_path / "b.wav"
    frame = b"TIT2" + (6).to_bytes(4, "big") + b"\0\0\0Title" + bytes(2000)
    size = bytes([0, 0, len(frame) >> 7, len(frame) & 127])
    tagged.write_bytes(b"ID3\x03\0\0" + size + frame + plain.read_bytes())
    assert print_of(tagged) == print_of(plain)
    assert len(heard(tagged)[0]) == len(heard(plain)[0])


@pytest.mark.parametrize("tail", [b"APETAGEX" + b"\xff" * 24, b"999999LYRICS200"], ids=["ape", "lyrics"])
def test_what_only_looks_like_a_tag_is_left_alone(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(bytes(1000) + tail)
    assert ending(path) == 1000 + len(tail)


def test_another_sound_is_another_recording(tmp_path: Path) -> None:
    spoken = speech()
    first = write(tmp_path / "a.wav", spoken, codec="pcm_s16le", container="wav")
    second = write(tmp_path / "b.wav", spoken[:-1], codec="pcm_s16le", container="wav")
    assert print_of(first) != print_of(second)
    assert re.fullmatch(r"[0-9a-f]{64}", print_of(first))


def test_a_cut_file_has_a_fingerprint(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", speech(), codec="libmp3lame", container="mp3")
    whole = print_of(path)
    path.write_bytes(path.read_bytes()[:9_000])
    assert print_of(path) not in ("", whole)
