"""Make fashion_mnist_small.npz, a balanced sample of Fashion-MNIST, from the full set.

Run `python -m grader.data.make_embedded [FILE]`. The same full set gives the same arrays, and the same bytes with the
same Python and zlib. It prints the five SHA-256 sums that grader/fashion_mnist.py holds as constants.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

from grader.data import fashion_mnist

SEED = 2017
PER_CLASS = {"train": 500, "test": 100}
MAX_BYTES = 3_000_000  # what a git repository and a package carry without anyone minding


def sample(
    images: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8], per_class: int, rng: np.random.Generator
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """`per_class` random examples of each class, uint8 (k, 28, 28) and (k,), in the full set's order."""
    chosen = [rng.choice(np.flatnonzero(labels == number), per_class, replace=False) for number in range(10)]
    rows = np.sort(np.concatenate(chosen))  # that order mixes the classes, so any batch is fit to train on
    return images[rows], labels[rows]


def main(target: Path) -> None:
    """Write the sample to `target`; exit with a message if there is no full set or the file is too large."""
    data = fashion_mnist.load()
    if not data.full:
        sys.exit(f"The full Fashion-MNIST is needed to take the sample from it. {' '.join(data.notes)}")
    rng = np.random.default_rng(SEED)
    train_images, train_labels = sample(data.train_images, data.train_labels, PER_CLASS["train"], rng)
    test_images, test_labels = sample(data.test_images, data.test_labels, PER_CLASS["test"], rng)
    arrays = {
        "train_images": train_images,
        "train_labels": train_labels,
        "test_images": test_images,
        "test_labels": test_labels,
    }
    np.savez_compressed(target, **arrays)
    packed = target.read_bytes()
    if len(packed) >= MAX_BYTES:
        sys.exit(f"{target} has {len(packed)} bytes, {MAX_BYTES} or more: lower PER_CLASS['train'].")
    print(f"{target.name}: {len(packed)} bytes, SHA-256 {hashlib.sha256(packed).hexdigest()}")
    for part in fashion_mnist.EMBEDDED.parts:
        content = part.idx_header + arrays[part.name].tobytes()
        print(f"{part.name} {arrays[part.name].shape}: SHA-256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else fashion_mnist.EMBEDDED_FILE)
