"""The data: what is found, in which order, and that damage of any kind is noticed, told and never used.

Everything is real: files, processes, and an HTTP server on this machine. The tests with the fixture `debian`
need the package dataset-fashion-mnist.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from grader.data import download, fashion_mnist
from grader.data.fashion_mnist import DEBIAN, EMBEDDED, EMBEDDED_FILE, FULL, FashionMNIST, load
from grader.data.files import DataError

NOWHERE = Path("/nonexistent/fashion-mnist")


class Server(ThreadingHTTPServer):
    """Serves `files`; `cut` ends a body early; resuming and Content-Length can be switched off."""

    daemon_threads = False  # closing the server waits for its last answer

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.cut: dict[str, int] = {}
        self.ranges = True
        self.lengths = True
        self.pause = 0.0
        self.requests: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers["Range"] if self.server.ranges else None
        self.server.requests.append((self.path, asked))
        body = self.server.files.get(self.path)
        if body is None:
            self.send_error(404)
            return
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        if asked and start >= len(body):
            self.send_error(416)
            return
        time.sleep(self.server.pause)
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if self.server.lengths:
            self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the client may have heard enough
            self.wfile.write(body[start : self.server.cut.get(self.path, len(body))])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the test's own, and none of the variables that name data."""
    monkeypatch.delenv("FASHION_MNIST", raising=False)
    monkeypatch.delenv("SOFTMARK_DATA_FASHION_MNIST", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "softmark"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def debian() -> Path:
    assert DEBIAN.is_dir(), "These tests need the full data: apt install dataset-fashion-mnist"
    return DEBIAN


def sums(data: FashionMNIST) -> list[str]:
    parts = FULL.parts if data.full else EMBEDDED.parts
    return [hashlib.sha256(p.idx_header + getattr(data, p.name).tobytes()).hexdigest() for p in parts]


FULL_SUMS = [part.sha256 for part in FULL.parts]
EMBEDDED_SUMS = [part.sha256 for part in EMBEDDED.parts]


def load_embedded() -> FashionMNIST:
    return load(download=False, packaged=NOWHERE)


def one_sentence(error: Exception | str) -> bool:
    text = str(error)
    return text.endswith(".") and ". " not in text and "\n" not in text


# --- the full set and the order of the search ---


def test_debians_package_is_found_then_the_cache_serves(debian: Path) -> None:
    data = load(download=False)
    assert data.name == "fashion-mnist full"
    assert "dataset-fashion-mnist" in data.source
    assert data.train_images.shape == (60000, 28, 28)
    assert sums(data) == FULL_SUMS
    again = load(download=False, packaged=NOWHERE)
    assert again.full
    assert "cached" in again.source
    assert again.directory == data.directory
    assert data.notes == again.notes == ()


def test_arrays_are_mapped_and_cannot_be_written() -> None:
    images = load_embedded().train_images
    assert isinstance(images, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        images[0, 0, 0] = 1


def test_fashion_mnist_names_a_directory_of_unpacked_files_and_comes_before_the_cache(
    debian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(download=False)
    named = tmp_path / "mine"
    named.mkdir()
    for part in FULL.parts:
        (named / part.idx).write_bytes(gzip.decompress((debian / f"{part.idx}.gz").read_bytes()))
    monkeypatch.setenv("FASHION_MNIST", str(named))
    data = load(download=False)
    assert str(named) in data.source
    assert sums(data) == FULL_SUMS
    (named / FULL.parts[3].idx).unlink()
    with pytest.raises(DataError, match="t10k-labels-idx1-ubyte"):
        load(download=False)


def test_a_damaged_package_is_told_and_the_download_serves(debian: Path, tmp_path: Path, server: Server) -> None:
    packaged = tmp_path / "packaged"
    packaged.mkdir()
    (packaged / "train-images-idx3-ubyte.gz").write_bytes(b"\x1f\x8b rubbish")
    server.files = {f"/{p.idx}.gz": (debian / f"{p.idx}.gz").read_bytes() for p in FULL.parts}
    images = "/train-images-idx3-ubyte.gz"
    server.cut[images] = 1_000_000
    broken = load(url=server.url, packaged=packaged)
    assert not broken.full
    assert len(broken.notes) == 3
    assert all(one_sentence(note) for note in broken.notes)
    assert str(packaged / "train-images-idx3-ubyte.gz") in broken.notes[0]
    assert "broke off" in broken.notes[1]

    server.cut.clear()
    data = load(url=server.url, packaged=NOWHERE)
    assert data.full
    assert server.url in data.source
    assert sums(data) == FULL_SUMS
    assert (images, "bytes=1000000-") in server.requests
    leftovers = [path.name for path in data.directory.parent.rglob("*") if path.suffix in {".gz", ".part", ".tmp"}]
    assert leftovers == []


@pytest.mark.parametrize("address", ["refused", "missing"])
def test_without_a_working_address_the_small_set_serves_and_says_so(address: str, server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        closed = f"http://127.0.0.1:{taken.getsockname()[1]}"
    data = load(url=closed if address == "refused" else server.url, packaged=NOWHERE)
    assert data.name == "fashion-mnist embedded (5000 train, 1000 test)"
    assert not data.full
    assert len(data.notes) == 2
    assert all(one_sentence(note) for note in data.notes)


def test_no_download_means_no_request(server: Server) -> None:
    assert not load(download=False, url=server.url, packaged=NOWHERE).full
    assert server.requests == []


# --- damage ---


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def extend(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def reshape(path: Path) -> None:
    np.save(path, np.load(path).reshape(-1))


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [flip, truncate, extend, reshape, empty])
@pytest.mark.parametrize("name", ["train_images", "test_labels"])
def test_a_damaged_cached_file_is_named_and_replaced(damage: Callable[[Path], None], name: str) -> None:
    before = load_embedded()
    damage(before.directory / f"{name}.npy")
    after = load_embedded()
    named = [note for note in after.notes if str(before.directory / f"{name}.npy") in note]
    assert len(named) == 1
    assert "damaged" in named[0]
    assert one_sentence(named[0])
    assert sums(after) == EMBEDDED_SUMS
    assert after.directory == before.directory
    assert not any("damaged" in note for note in load_embedded().notes)


def test_a_damaged_full_set_is_replaced_from_the_next_source(debian: Path) -> None:
    directory = load(download=False).directory
    flip(directory / "train_images.npy")
    (directory / "test_labels.npy").unlink()
    data = load(download=False)
    assert sums(data) == FULL_SUMS
    assert len(data.notes) == 1
    assert str(directory / "train_images.npy") in data.notes[0]
    assert load(download=False).notes == ()


def test_a_damaged_full_set_without_another_source_is_named_and_not_used(cache: Path) -> None:
    (cache / "fashion-mnist").mkdir(parents=True)
    path = cache / "fashion-mnist" / "train_labels.npy"
    np.save(path, np.zeros(60000, np.uint8))
    data = load_embedded()
    assert not data.full
    assert any(str(path) in note and "damaged" in note for note in data.notes)


def test_source_json_is_replaced_when_damaged(debian: Path) -> None:
    directory = load(download=False).directory
    (directory / "source.json").write_text("{")
    assert load(download=False).full
    assert json.loads((directory / "source.json").read_text())["full"] is True


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no train-images-idx3-ubyte.gz"),
        (b"", "0 bytes"),
        (b"not gzip", "8 bytes"),
        (gzip.compress(b"something else"), "14 bytes"),
        (gzip.compress(b"cut short")[:-4], "cannot be read"),
    ],
    ids=["missing", "empty", "rubbish", "other", "cut"],
)
def test_an_unusable_fashion_mnist_is_an_error_that_says_which_file_and_what_to_do(
    content: bytes | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FASHION_MNIST", str(tmp_path))
    if content is not None:
        (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(content)
    with pytest.raises(DataError, match=said) as raised:
        load(download=False)
    assert str(tmp_path) in str(raised.value)
    assert "unset FASHION_MNIST" in str(raised.value)
    assert one_sentence(raised.value)


def test_a_decompression_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASHION_MNIST", str(tmp_path))
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(bytes(10_000_000), 1) * 50)
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match="more than 47040016 bytes"):
            load(download=False)
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()


# --- several processes, odd machines ---

SHOW = """
from grader.data import fashion_mnist
from pathlib import Path
data = fashion_mnist.load(download=False, packaged=Path({packaged!r}))
print(data.directory, data.full, data.train_labels.sum(), data.notes, sep="|")
"""


def test_processes_that_fill_the_cache_at_once_do_not_disturb_each_other(debian: Path, cache: Path) -> None:
    command = [sys.executable, "-c", SHOW.format(packaged=str(debian))]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    answers = {process.communicate(timeout=60)[0] for process in running}
    assert answers == {f"{cache / 'fashion-mnist'}|True|270000|()\n"}
    names = sorted(path.name for path in (cache / "fashion-mnist").iterdir())
    assert names == sorted(["source.json", *(f"{part.name}.npy" for part in FULL.parts)])


def test_an_unwritable_cache_is_replaced_by_a_directory_that_goes_with_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a directory")  # refuses root too
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    command = [sys.executable, "-c", SHOW.format(packaged=str(NOWHERE))]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    directory, full, total, notes = shown.stdout.split("|")
    assert (full, total) == ("False", "22500")
    assert Path(directory).is_relative_to(tmp_path)
    assert not Path(directory).exists()
    assert "cannot be written" in notes
    assert shown.stderr == ""


def test_importing_the_module_leaves_requests_and_rich_alone() -> None:
    code = "import sys, grader.data.fashion_mnist; print({'requests', 'rich'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


# --- inside the sandbox ---


def test_softmark_data_is_opened_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounted = tmp_path / "mounted"
    shutil.copytree(load_embedded().directory, mounted)
    flip(mounted / "train_labels.npy")  # nobody hashes here: the outside did
    monkeypatch.setenv("SOFTMARK_DATA_FASHION_MNIST", str(mounted))
    monkeypatch.setenv("FASHION_MNIST", str(NOWHERE))
    data = load()
    assert data.directory == mounted
    assert data.name == "fashion-mnist embedded (5000 train, 1000 test)"
    assert data.source == "the small set that comes with softmark"


@pytest.mark.parametrize("facts", [None, "{", "[]", '{"source": "x"}', '{"source": "x", "full": true, "notes": []}'])
def test_softmark_data_that_is_not_what_it_says_is_refused(
    facts: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounted = tmp_path / "mounted"
    shutil.copytree(load_embedded().directory, mounted)
    (mounted / "source.json").unlink()
    if facts is not None:
        (mounted / "source.json").write_text(facts)
    monkeypatch.setenv("SOFTMARK_DATA_FASHION_MNIST", str(mounted))
    with pytest.raises(DataError, match="SOFTMARK_DATA_FASHION_MNIST") as raised:
        load()
    assert one_sentence(str(raised.value).replace("source.json", ""))


# --- the embedded set ---


def test_the_embedded_set_is_small_balanced_and_mixed() -> None:
    data = load_embedded()
    assert EMBEDDED_FILE.stat().st_size < 3_000_000
    assert sums(data) == EMBEDDED_SUMS
    assert np.bincount(data.train_labels).tolist() == [500] * 10
    assert np.bincount(data.test_labels).tolist() == [100] * 10
    assert np.bincount(data.train_labels[:256], minlength=10).min() > 0


def test_the_embedded_set_can_be_made_again(debian: Path, tmp_path: Path) -> None:
    made = [tmp_path / "first.npz", tmp_path / "second.npz"]
    for target in made:
        command = [sys.executable, "-m", "grader.data.make_embedded", str(target)]
        printed = subprocess.check_output(command, text=True)
        assert all(part.sha256 in printed for part in EMBEDDED.parts)
    assert made[0].read_bytes() == made[1].read_bytes()
    # Other releases of Python and zlib pack the same arrays otherwise.
    with np.load(made[0]) as again, np.load(EMBEDDED_FILE) as committed:
        assert sorted(again) == sorted(committed)
        assert all(np.array_equal(again[name], committed[name]) for name in committed)


def test_a_damaged_embedded_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy.npz"
    shutil.copy(EMBEDDED_FILE, copy)
    flip(copy)
    monkeypatch.setattr(fashion_mnist, "EMBEDDED_FILE", copy)
    with pytest.raises(DataError, match=r"damaged.*reinstall softmark"):
        load_embedded()


def test_labels_to_names() -> None:
    assert fashion_mnist.labels_to_names(np.array([9, 0], np.uint8)) == ["ankle boot", "t-shirt"]
    assert fashion_mnist.labels_to_names([1.0, 3]) == ["trouser", "dress"]
    for wrong in (-1, 10):
        with pytest.raises(ValueError, match="0 to 9"):
            fashion_mnist.labels_to_names([wrong])


# --- downloading one file ---

BODY = bytes(range(256)) * 1000


def expect_body(path: Path) -> bytes:
    content = path.read_bytes()
    if content != BODY:
        raise DataError("not it.")
    return content


def fetch(server: Server, target: Path) -> bytes:
    return download.fetch(f"{server.url}/f", target, max_bytes=len(BODY) + 10, read=expect_body)


@pytest.mark.parametrize("lengths", [True, False])
def test_a_download_is_verified_quiet_and_done_once(
    lengths: bool, server: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    server.files["/f"], server.lengths = BODY, lengths
    assert fetch(server, tmp_path / "f") == fetch(server, tmp_path / "f") == BODY
    assert server.requests == [("/f", None)]
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    assert capfd.readouterr() == ("", "")


def test_a_broken_download_is_resumed(server: Server, tmp_path: Path) -> None:
    server.files["/f"], server.cut["/f"] = BODY, 100_000
    with pytest.raises(DataError, match="broke off") as raised:
        fetch(server, tmp_path / "f")
    assert one_sentence(raised.value)
    assert not (tmp_path / "f").exists()
    assert (tmp_path / "f.part").stat().st_size == 100_000
    server.cut.clear()
    assert fetch(server, tmp_path / "f") == BODY
    assert server.requests[1:] == [("/f", "bytes=100000-")]


@pytest.mark.parametrize(
    ("kept", "requests"),
    [
        (BODY, ["bytes=256000-"]),
        (b"x" * 100, ["bytes=100-", None]),
        (b"x" * len(BODY), ["bytes=256000-", None]),
        (b"", [None]),
    ],
    ids=["whole", "another file's half", "another file", "empty"],
)
def test_what_an_earlier_download_left_is_used_only_if_it_is_right(
    kept: bytes, requests: list[str | None], server: Server, tmp_path: Path
) -> None:
    server.files["/f"] = BODY
    (tmp_path / "f.part").write_bytes(kept)
    assert fetch(server, tmp_path / "f") == BODY
    assert [asked for _, asked in server.requests] == requests


def test_a_server_that_cannot_resume_sends_everything_again(server: Server, tmp_path: Path) -> None:
    server.files["/f"], server.ranges = BODY, False
    (tmp_path / "f.part").write_bytes(BODY[:100])
    assert fetch(server, tmp_path / "f") == BODY


def test_a_damaged_file_from_an_earlier_download_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    server.files["/f"] = BODY
    (tmp_path / "f").write_bytes(b"damaged")
    assert fetch(server, tmp_path / "f") == BODY
    assert (tmp_path / "f").read_bytes() == BODY


@pytest.mark.parametrize("lengths", [True, False])
@pytest.mark.parametrize(
    ("body", "said"), [(b"<html>", "not the expected file"), (BODY * 2, "more than")], ids=["other", "large"]
)
def test_a_wrong_file_is_refused_and_not_kept(
    body: bytes, said: str, lengths: bool, server: Server, tmp_path: Path
) -> None:
    server.files["/f"], server.lengths = body, lengths
    with pytest.raises(DataError, match=said) as raised:
        fetch(server, tmp_path / "f")
    assert one_sentence(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_a_silent_server_is_given_up(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.files["/f"], server.pause = BODY, 1.0
    monkeypatch.setattr(download, "READ_SECONDS", 0.1)
    with pytest.raises(DataError, match="nothing came") as raised:
        fetch(server, tmp_path / "f")
    assert one_sentence(raised.value)


def test_a_target_that_cannot_be_written_is_an_error(server: Server, tmp_path: Path) -> None:
    server.files["/f"] = BODY
    with pytest.raises(DataError, match="could not be written"):
        fetch(server, tmp_path / "no" / "such" / "folder")
