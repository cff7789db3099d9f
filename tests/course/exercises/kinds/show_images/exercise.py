"""Images in rows and columns: a function that draws several pairs of axes."""

from __future__ import annotations

import numpy

from grader.checking import Exercise, Misconception, Numbers, Rng, Student, check, drawn, expect, misconception

EXERCISE = Exercise("show_images(imgs, num_rows, num_cols, titles)", "3.5.1")

SCALE = 1.5
ROWS, COLUMNS = 2, 3
AXES_SHOWN = Misconception(
    "axes_shown", "the axes' ticks and numbers are drawn around the images", "axes.set_axis_off()"
)
SIZE_SWAPPED = Misconception(
    "size_swapped", "the figure is as wide as it should be high", "figsize is (width, height), and not (rows, columns)."
)
ALL_IN_ONE = Misconception(
    "all_in_one", "the images are drawn over each other, into the same axes", "Each image has its own axes.imshow(…)."
)


@misconception("the images are turned: rows and columns are swapped", "imshow takes an image as it is.", of="image")
def turned(image: Numbers, place: int, images: Numbers) -> Numbers:
    return image.T


@misconception("every image is the first one", of="image")
def always_the_first(image: Numbers, place: int, images: Numbers) -> Numbers:
    return images[0]


@misconception("the places are filled column by column, and not row by row", of="image")
def column_by_column(image: Numbers, place: int, images: Numbers) -> Numbers:
    row, column = divmod(place, COLUMNS)
    return images[column * ROWS + row]


def draw(rng: Rng) -> tuple[Numbers, list[str]]:
    images = rng.uniform(size=(ROWS * COLUMNS, 4, 5)).astype(numpy.float32)
    return images, [f"image {number}" for number in rng.permutation(len(images))]


@check(points=2, hint="figure.subplots(num_rows, num_cols), and one axes.imshow(…) for each image.")
def each_in_its_place(student: Student, rng: Rng) -> None:
    """image i is in the i-th pair of axes, row by row, with its title"""
    images, titles = draw(rng)
    result = student.show_images.figure(images, ROWS, COLUMNS, titles)
    picture = drawn(result, axes=ROWS * COLUMNS)
    if len(picture.axes[-1].images) > 1:
        raise picture.failed("draws several images into one pair of axes.", ALL_IN_ONE)
    for place, image in enumerate(images):
        expect(picture.image(place), against=(image, place, images)).close_to(image)
    if (found := [axes.title for axes in picture.axes]) != titles:
        raise picture.failed(f"has the titles {', '.join(found) or 'none'}; they must be {', '.join(titles)}.")


@check(points=1, hint="figsize=(num_cols * 1.5, num_rows * 1.5)")
def size(student: Student, rng: Rng) -> None:
    """the figure is num_cols · 1.5 inches wide and num_rows · 1.5 inches high, and shows no ticks"""
    images, titles = draw(rng)
    picture = drawn(student.show_images.figure(images, ROWS, COLUMNS, titles), axes=ROWS * COLUMNS)
    wanted = COLUMNS * SCALE, ROWS * SCALE
    if not numpy.allclose(picture.size, wanted):
        known = SIZE_SWAPPED if numpy.allclose(picture.size, wanted[::-1]) else None
        raise picture.failed("is {:g} by {:g} inches; it must be {:g} by {:g}.".format(*picture.size, *wanted), known)
    if any(axes.visible and any(axes.shown) for axes in picture.axes):
        raise picture.failed("shows ticks around the images.", AXES_SHOWN)
    if not all(axes.visible for axes in picture.axes):
        raise picture.failed("hides the images together with the axes.")
