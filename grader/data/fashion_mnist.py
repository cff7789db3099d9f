"""Find, verify and open Fashion-MNIST as read-only memory-mapped arrays.

Whatever the source, its content is compared with known SHA-256 sums before it is used, every time. This file
is mounted into the sandbox too, where requests and rich are not: they are imported only to download.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import SupportsInt

import numpy as np
import numpy.typing as npt

from grader.data.files import DataError, Part, private_directory, read_idx, reason, replace_file, user_cache

ZALANDO = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com"
DEBIAN = Path("/usr/share/datasets/fashion-mnist")
EMBEDDED_FILE = Path(__file__).with_name("fashion_mnist_small.npz")
EMBEDDED_SHA256 = "e1446a99f705aea2093fc0a0674f0c715d1a8a40ab4475b443a721171600f9d3"
LABEL_NAMES = (
    "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip


@dataclass(frozen=True)
class _Set:
    folder: str  # below the cache's root
    full: bool
    parts: tuple[Part, ...]


def _set(folder: str, full: bool, sizes: tuple[int, int], *sums: str) -> _Set:
    train, test = sizes
    parts = (
        Part("train_images", "train-images-idx3-ubyte", (train, 28, 28), sums[0]),
        Part("train_labels", "train-labels-idx1-ubyte", (train,), sums[1]),
        Part("test_images", "t10k-images-idx3-ubyte", (test, 28, 28), sums[2]),
        Part("test_labels", "t10k-labels-idx1-ubyte", (test,), sums[3]),
    )
    return _Set(folder, full, parts)


FULL = _set(
    "fashion-mnist",
    True,
    (60000, 10000),
    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
)
# These four and EMBEDDED_SHA256 are printed by data/make_embedded.py.
EMBEDDED = _set(
    "fashion-mnist-embedded",
    False,
    (5000, 1000),
    "1dd28cf9e9a655249e09a866aad149692605969ccd1de4e8d6073f5a0e5be865",
    "7e8c98ef171574c4a61a0c79bfbf0a1e99f403ac63dbcb4f6c97359055111d96",
    "604687245eea080c620c7fee3a9cf26cb7fe7324bff2d7a5b8651eb75ac30ae8",
    "4b5de52217990f4b20f84af9336b9e062519c0d0150e5809c935ffe0aec63b1f",
)


@dataclass(frozen=True)
class FashionMNIST:
    """Four verified arrays in one directory, as `<array>.npy` files that can be mounted and mapped anywhere.

    `source` says in words where they came from; `full` is False for the small embedded set; `notes` holds one
    sentence for each thing the instructor should know about this load.
    """

    directory: Path
    source: str
    full: bool
    notes: tuple[str, ...] = ()

    @property
    def train_images(self) -> npt.NDArray[np.uint8]:
        """Training images, uint8 (n, 28, 28), memory-mapped, read-only."""
        return self._map("train_images")

    @property
    def train_labels(self) -> npt.NDArray[np.uint8]:
        """Training labels 0..9, uint8 (n,), memory-mapped, read-only."""
        return self._map("train_labels")

    @property
    def test_images(self) -> npt.NDArray[np.uint8]:
        """Test images, uint8 (n, 28, 28), memory-mapped, read-only."""
        return self._map("test_images")

    @property
    def test_labels(self) -> npt.NDArray[np.uint8]:
        """Test labels 0..9, uint8 (n,), memory-mapped, read-only."""
        return self._map("test_labels")

    @property
    def name(self) -> str:
        """What reports call this data: the full set, or the embedded one with its sizes."""
        if self.full:
            return "fashion-mnist full"
        return f"fashion-mnist embedded ({len(self.train_labels)} train, {len(self.test_labels)} test)"

    def _map(self, name: str) -> npt.NDArray[np.uint8]:
        array: npt.NDArray[np.uint8] = np.load(self.directory / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return array


EMBEDDED_SOURCE = "the small set that comes with softmark"


def load(download: bool = True, *, url: str = ZALANDO, packaged: Path = DEBIAN) -> FashionMNIST:
    """Open the first of: $FASHION_MNIST, the cache, Debian's package, a download, the small embedded set.

    `url` is what the four addresses begin with, `packaged` Debian's directory. With SOFTMARK_DATA_FASHION_MNIST set
    (the sandbox does that), the directory it names is opened as it is. Raises DataError if $FASHION_MNIST or
    SOFTMARK_DATA_FASHION_MNIST names an unusable directory, or if not even the embedded set can be unpacked.
    """
    if mounted := os.environ.get("SOFTMARK_DATA_FASHION_MNIST"):
        return _open_mounted(Path(mounted))
    notes: list[str] = []
    if named := os.environ.get("FASHION_MNIST"):
        directory = Path(named).absolute()
        contents = _read_directory(directory, "put Zalando's file there, or unset FASHION_MNIST")
        return _keep(FULL, contents, f"the directory {directory} that FASHION_MNIST names", notes)
    if cached := _open_cache(FULL):
        return cached
    if packaged.is_dir():
        try:
            contents = _read_directory(packaged, "reinstall the package dataset-fashion-mnist")
            return _keep(FULL, contents, "Debian's package dataset-fashion-mnist", notes)
        except DataError as error:
            notes.append(str(error))
    if download:
        try:
            return _download(url, notes)
        except DataError as error:
            notes.append(str(error))
    notes.append(
        "The full Fashion-MNIST was not found, so the small embedded set is used: install"
        " dataset-fashion-mnist, allow the download, or set FASHION_MNIST to a directory with the four files."
    )
    notes.extend(_damage(FULL, EMBEDDED_SOURCE))
    return _keep(EMBEDDED, _read_embedded(), EMBEDDED_SOURCE, notes)


def embedded() -> FashionMNIST:
    """Open the small set that comes with softmark, whatever else there is. Raises DataError as `load` does."""
    return _keep(EMBEDDED, _read_embedded(), EMBEDDED_SOURCE, [])


def labels_to_names(labels: Iterable[SupportsInt]) -> list[str]:
    """The book's names of n labels 0..9, of any number type, as n strings; ValueError for other labels."""
    numbers = [int(label) for label in labels]
    if wrong := [number for number in numbers if not 0 <= number < len(LABEL_NAMES)]:
        raise ValueError(f"Label {wrong[0]} is no Fashion-MNIST class: labels run from 0 to 9.")
    return [LABEL_NAMES[number] for number in numbers]


def _read_directory(directory: Path, remedy: str) -> dict[str, memoryview]:
    """The four arrays' bytes from idx files, gzipped or not, by array name."""
    contents = {}
    for part in FULL.parts:
        candidates = [directory / part.idx, directory / f"{part.idx}.gz"]
        path = next((path for path in candidates if path.is_file()), None)
        if path is None:
            raise DataError(f"There is no {part.idx}.gz (or {part.idx}) in {directory}: {remedy}.")
        contents[part.name] = read_idx(path, part, remedy)
    return contents


def _read_embedded() -> dict[str, memoryview]:
    """The four arrays' bytes of the small set, by array name."""
    try:
        packed = EMBEDDED_FILE.read_bytes()
    except OSError as error:
        raise DataError(f"{EMBEDDED_FILE} cannot be read ({reason(error)}): reinstall softmark.") from error
    if hashlib.sha256(packed).hexdigest() != EMBEDDED_SHA256:
        raise DataError(f"{EMBEDDED_FILE} is damaged (its SHA-256 is not the known one): reinstall softmark.")
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return {part.name: memoryview(arrays[part.name].tobytes()) for part in EMBEDDED.parts}


def _download(url: str, notes: list[str]) -> FashionMNIST:
    """Download the four files and keep their arrays; a second process waits, then finds them in the cache."""
    from grader.data.download import exclusive, fetch

    place = user_cache() / "downloads"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        place = private_directory() / "downloads"
        place.mkdir(exist_ok=True)
    with exclusive(place):
        if cached := _open_cache(FULL):
            return cached
        contents = {}
        for part in FULL.parts:
            read = functools.partial(read_idx, part=part, remedy="download it again")
            # Compressed data is never larger than its content, save for a header.
            contents[part.name] = fetch(
                f"{url}/{part.idx}.gz", place / f"{part.idx}.gz", max_bytes=part.count + 1024, read=read
            )
        data = _keep(FULL, contents, f"{url} (downloaded)", notes)
        for part in FULL.parts:  # the folder itself stays: others may be waiting for its lock
            (place / f"{part.idx}.gz").unlink(missing_ok=True)
    return data


def _open_mounted(directory: Path) -> FashionMNIST:
    """Open a directory that `load` prepared outside the sandbox; no hashing, it was verified there."""
    remedy = "unset SOFTMARK_DATA_FASHION_MNIST, which only the sandbox sets"
    try:
        facts = json.loads((directory / "source.json").read_text("utf-8"))
        data = FashionMNIST(directory, str(facts["source"]), bool(facts["full"]), tuple(map(str, facts["notes"])))
        whole = all(getattr(data, part.name).shape == part.shape for part in FULL.parts)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{directory} holds no data that softmark prepared ({reason(error)}): {remedy}.") from error
    if data.full != whole:
        raise DataError(f"The arrays in {directory} are not the set that its source.json names: {remedy}.")
    return data


def _open_cache(which: _Set) -> FashionMNIST | None:
    """The set in the user's cache if every byte of it is as it should be."""
    folder = user_cache() / which.folder
    if any(_state(folder, part) != "intact" for part in which.parts):
        return None
    try:
        source = str(json.loads((folder / "source.json").read_text("utf-8"))["source"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # filled again, like any other missing or damaged file
    return FashionMNIST(folder, f"{source}, cached in {folder}", which.full)


def _state(folder: Path, part: Part) -> str:
    """Whether the part's .npy file is "intact", "missing" or "damaged"."""
    try:
        with open(folder / f"{part.name}.npy", "rb") as file:
            if file.read(len(part.npy_header)) != part.npy_header:
                return "damaged"
            digest = hashlib.file_digest(file, lambda: hashlib.sha256(part.idx_header))
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except OSError:
        return "damaged"
    return "intact" if digest.hexdigest() == part.sha256 else "damaged"


def _damage(which: _Set, source: str) -> list[str]:
    """A note for each damaged file of the user's cache."""
    folder = user_cache() / which.folder
    return [
        f"The cached file {folder / part.name}.npy was damaged and not used; the data comes from {source}."
        for part in which.parts
        if _state(folder, part) == "damaged"
    ]


def _keep(which: _Set, contents: dict[str, memoryview], source: str, notes: list[str]) -> FashionMNIST:
    """Put verified contents in the user's cache, or in a private directory if it cannot be written."""
    notes.extend(_damage(which, source))
    folder = user_cache() / which.folder
    try:
        _fill(folder, which, contents, source)
    except OSError as error:
        notes.append(
            f"The cache {folder} cannot be written ({reason(error)}), so the data is unpacked anew for every"
            " run: make it writable, or set XDG_CACHE_HOME."
        )
        folder = private_directory() / which.folder
        try:
            _fill(folder, which, contents, source)
        except OSError as problem:
            raise DataError(
                f"The data cannot be unpacked in {folder} ({reason(problem)}): make space, or set TMPDIR."
            ) from problem
    return FashionMNIST(folder, source, which.full, tuple(notes))


def _fill(folder: Path, which: _Set, contents: dict[str, memoryview], source: str) -> None:
    """Make the folder hold the four .npy files and source.json; files that are intact stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in which.parts:
        if _state(folder, part) != "intact":
            replace_file(folder / f"{part.name}.npy", part.npy_header, contents[part.name])
    # Notes belong to one load; what the data is belongs to the folder, also when it is mounted elsewhere.
    facts = {"source": source, "full": which.full, "notes": []}
    replace_file(folder / "source.json", json.dumps(facts).encode())
