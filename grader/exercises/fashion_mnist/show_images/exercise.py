"""Images in rows and columns (section 3.5.1): a function that draws, and returns what it has drawn into."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy

from grader.checking import (
    Budget,
    Exercise,
    Misconception,
    Numbers,
    Picture,
    Result,
    Rng,
    Student,
    check,
    describe_value,
    drawn,
    expect,
    misconception,
    no_failure,
)
from grader.checking.explanation import Fault
from grader.diagnosis import wrong_kinds
from grader.sandbox import wire

# A picture takes a tenth of a second, or several where the machine is busy.
EXERCISE = Exercise("show_images(imgs, num_rows, num_cols, titles, scale)", "3.5.1", Budget(seconds=30))

SCALE = 1.5
ROWS, COLUMNS = 2, 3

AXES_SHOWN = Misconception(
    "axes_shown", "the axes' ticks and numbers are drawn around the images", "ax.set_axis_off() hides both axes."
)
IMAGES_HIDDEN = Misconception(
    "images_hidden", "the images are hidden together with the axes", "ax.set_axis_off() leaves the image where it is."
)
SIZE_SWAPPED = Misconception(
    "size_swapped", "the figure is as wide as it should be high", "figsize is (width, height), and not (rows, columns)."
)
SCALE_IGNORED = Misconception(
    "scale_ignored", "scale makes no difference to the figure's size", "figsize=(num_cols * scale, num_rows * scale)"
)
GRID_SWAPPED = Misconception(
    "grid_swapped", "there are num_cols rows of num_rows images each", "plt.subplots takes the rows first."
)
ALL_IN_ONE = Misconception(
    "all_in_one",
    "everything is drawn into one pair of axes: plt.imshow and plt.title mean the one that was made last",
    "Each image has axes of its own: ax.imshow(…).",
)
FIGURE_EACH = Misconception(
    "figure_each",
    "each image gets a figure of its own",
    "plt.figure() and plt.subplots() begin a new one: call it once.",
)
NOTHING_OPEN = Misconception(
    "nothing_open", "nothing was drawn, or the figure was closed again before anybody saw it", "Leave the figure open."
)
MXNET_IMAGE = Misconception(
    "mxnet_image", "imshow is given an MXNet array, which matplotlib cannot read", "img.asnumpy() is what it reads."
)
AXES_IN_ROWS = Misconception(
    "axes_in_rows",
    "the axes are taken for a list; they are an array with rows and columns",
    "axes.flatten() puts the rows one behind the other.",
)
NEEDS_TITLES = Misconception(
    "needs_titles", "the function works with titles alone", "titles is None where nobody gives any: ask for that first."
)
NEEDS_ALL_IMAGES = Misconception(
    "needs_all_images",
    "there are as many images needed as there are axes",
    "zip(axes, imgs) ends where the first of the two does.",
)
TITLES_OFF_BY_ONE = Misconception("titles_off_by_one", "each image has the title of one of its neighbours")
RETURNS_ONE = Misconception("returns_one", "the last axes alone come back", "Return all of them.")
FAILURES = (
    (r"dtype object cannot be converted|Image data", MXNET_IMAGE),
    (r"ndarray' object has no attribute '(imshow|set_title|set_axis_off|axes|get_xaxis|axis|set_xticks)", AXES_IN_ROWS),
)


@misconception("the images are turned: rows and columns are swapped", "imshow takes an image as it is.", of="image")
def turned(image: Numbers, place: int, images: Numbers) -> Numbers:
    return image.T


@misconception("every image is the first one", "img, or imgs[i], is the image whose turn it is.", of="image")
def always_the_first(image: Numbers, place: int, images: Numbers) -> Numbers:
    return images[0]


@misconception("the places are filled column by column, and not row by row", of="image")
def column_by_column(image: Numbers, place: int, images: Numbers) -> Numbers:
    row, column = divmod(place, len(images) // ROWS)
    return images[column * ROWS + row]


@misconception("the images come in reverse order", of="image")
def backwards(image: Numbers, place: int, images: Numbers) -> Numbers:
    return images[len(images) - 1 - place]


def draw(rng: Rng, n: int = ROWS * COLUMNS) -> tuple[Numbers, list[str]]:
    """Small images, no two alike and none square, and titles."""
    images = rng.uniform(size=(n, 4, 5)).astype(numpy.float32)
    return images, [f"image {number}" for number in rng.permutation(n)]


def picture_of(result: Result, rows: int, columns: int, images: int) -> Picture:
    """The one figure, its axes in reading order, of which there may be as few as images."""
    no_failure(result, FAILURES)
    picture = drawn(result, axes=None, known=FIGURE_EACH if result.figures else NOTHING_OPEN).row_by_row()
    count = len(picture.axes)
    if not images <= count <= rows * columns:
        raise picture.failed(f"draws {count} pairs of axes; it must be {rows * columns}.")
    with_images = [axes for axes in picture.axes if axes.visible and axes.images]
    if len(with_images) == 1 < images:
        raise picture.failed("draws all images into one pair of axes.", ALL_IN_ONE)
    return picture


def expect_images(result: Result, images: Numbers, rows: int, columns: int) -> None:
    """Image i is in the i-th axes of that grid; its numbers, or others that give the same picture."""
    picture = picture_of(result, rows, columns, len(images))
    found = [_distinct([axes.place[side] for axes in picture.axes]) for side in (1, 0)]
    if found != [rows, columns]:
        known = GRID_SWAPPED if found == [columns, rows] else None
        raise picture.failed("has {} rows and {} columns; it must be {rows} and {columns}.".format(
            *found, rows=rows, columns=columns), known)  # fmt: skip
    if not all(axes.visible for axes in picture.axes[: len(images)]):
        raise picture.failed("hides the images together with the axes.", IMAGES_HIDDEN)
    for place, image in enumerate(images):
        part = picture.image(place)
        if not _looks_like(part.array, image):
            expect(part, against=(image, place, images)).close_to(image)


def _distinct(places: Sequence[float]) -> int:
    """How many rows, or columns, there are: places are the same up to rounding."""
    order = sorted(places)
    return 1 + sum(right - left > 0.005 for left, right in itertools.pairwise(order))


def _looks_like(got: Numbers | None, image: Numbers) -> bool:
    """Colours reach from the least number to the largest: a factor, and what is added everywhere, do not show."""
    if got is None or got.shape != image.shape:
        return False
    with numpy.errstate(all="ignore"):
        a, b = (each - each.min() for each in (got.astype(float), image.astype(float)))
        return bool(a.max() > 0) and numpy.allclose(a / a.max(), b / b.max(), atol=1e-3)


@check(points=1, hint="One ax.imshow(…) for each image, in axes.flatten() of plt.subplots(num_rows, num_cols).")
def each_in_its_place(student: Student, rng: Rng) -> None:
    """image i is drawn into the i-th of num_rows × num_cols places, row by row"""
    images, titles = draw(rng)
    expect_images(student.show_images.figure(images, ROWS, COLUMNS, titles, SCALE), images, ROWS, COLUMNS)
    many = rng.integers(256, size=(18, 28, 28)).astype(numpy.uint8)
    titles = [str(number) for number in range(len(many))]
    expect_images(student.show_images.figure(many, 2, 9, titles, SCALE), many, 2, 9)


@check(points=0.5, hint="ax.set_title(titles[i]) for image i; and none where titles is None.")
def with_titles(student: Student, rng: Rng) -> None:
    """title i is above image i, and where titles is None there is none"""
    images, titles = draw(rng)
    result = student.show_images.figure(images, ROWS, COLUMNS, titles, SCALE)
    picture = picture_of(result, ROWS, COLUMNS, len(images))
    found = [axes.title.strip() for axes in picture.axes]
    if found != titles:
        shifted = any(found == titles[by:] + titles[:by] for by in (-1, 1)) or titles[1:] == found[:-1]
        known = TITLES_OFF_BY_ONE if shifted else ALL_IN_ONE if [t for t in found if t] == titles[-1:] else None
        words = ", ".join(found) if any(found) else "none"
        raise picture.failed(f"has the titles {words}; they must be {', '.join(titles)}.", known)
    result = student.show_images.figure(images, ROWS, COLUMNS)
    no_failure(
        result, ((r"NoneType", NEEDS_TITLES), (r"missing 1 required positional argument: 'titles'", NEEDS_TITLES))
    )
    picture = picture_of(result, ROWS, COLUMNS, len(images))
    if words := ", ".join(filter(None, (axes.title.strip() for axes in picture.axes))):
        raise picture.failed(f"has the titles {words}, where titles is None.", NEEDS_TITLES)


@check(points=0.5, hint="figsize=(num_cols * scale, num_rows * scale)")
def size(student: Student, rng: Rng) -> None:
    """the figure is num_cols · scale inches wide and num_rows · scale inches high; scale is 1.5 unless it is given"""
    for (rows, columns), scale in (((1, 3), None), ((3, 2), 0.75)):
        images, titles = draw(rng, rows * columns)
        args = (images, rows, columns, titles) if scale is None else (images, rows, columns, titles, scale)
        picture = picture_of(student.show_images.figure(*args), rows, columns, len(images))
        width, height = columns * (scale or SCALE), rows * (scale or SCALE)
        if not numpy.allclose(picture.size, (width, height), rtol=1e-3):
            known = SIZE_SWAPPED if numpy.allclose(picture.size, (height, width)) else None
            if scale and numpy.allclose(picture.size, (columns * SCALE, rows * SCALE)):
                known = SCALE_IGNORED
            text = "is {:g} by {:g} inches; with scale={:g} it must be {:g} by {:g}."
            raise picture.failed(text.format(*picture.size, scale or SCALE, width, height), known)


@check(points=0.5, hint="ax.set_axis_off() for each; zip(axes, imgs) ends with the images.")
def images_alone(student: Student, rng: Rng) -> None:
    """no ticks or numbers are drawn around the images, of which there may be fewer than places"""
    images, titles = draw(rng)
    picture = picture_of(student.show_images.figure(images, ROWS, COLUMNS, titles, SCALE), ROWS, COLUMNS, len(images))
    if any(axes.visible and any(axes.shown) for axes in picture.axes):
        raise picture.failed("shows ticks around the images.", AXES_SHOWN)
    result = student.show_images.figure(images[:-1], ROWS, COLUMNS, titles[:-1], SCALE)
    no_failure(result, ((r"^IndexError|^ValueError: (zip|.*axis 0)|^StopIteration", NEEDS_ALL_IMAGES),))
    expect_images(result, images[:-1], ROWS, COLUMNS)


@check(points=0.5, trivial=True, hint="The last line is return axes, after axes = axes.flatten().")
def returns_axes(student: Student, rng: Rng) -> None:
    """show_images returns the axes, one after the other, in a list or an array without rows"""
    images, titles = draw(rng, 4)
    result = student.show_images.figure(images, 2, 2, titles, SCALE)
    no_failure(result, FAILURES)
    value = result.value
    if not isinstance(value, wire.Sequence):
        one = isinstance(value, wire.Opaque) and "Axes" in value.kind
        raise _returned(result, RETURNS_ONE if one else wrong_kinds.of_value(value))
    inner = [item for item in value.items if isinstance(item, wire.Sequence)]
    if inner or len(value.items) != len(images):
        whole = len(inner) == len(value.items) and sum(len(row.items) for row in inner) == len(images)
        raise _returned(result, AXES_IN_ROWS if whole else None)
    if not all(isinstance(item, wire.Opaque) and "Axes" in item.kind for item in value.items):
        raise expect(result).failure(Fault(f"returns {describe_value(value.items[0])} among others.", None), None, None)


def _returned(result: Result, known: Misconception | None) -> Exception:
    what = f"returns {describe_value(result.value)}; it must be the 4 pairs of axes."
    return expect(result).failure(Fault(what, None), None, known, hint=None)
