"""Data made from a known line (section 3.2.1): random, so that it is judged by its statistics.

All bounds are six standard deviations of what is measured wide, or more: right code misses one of them less than once
in 10⁸ times.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy

from grader.checking import CheckFailed, Exercise, Misconception, Numbers, Rng, Student, check, expect, parts, show

EXERCISE = Exercise("synthetic_data(w, b, num_examples)", "3.2.1")

NOISE = 0.01
# The noise that is left, y − X·w − b, carries float32's rounding of labels up to 40: 4e-6.
NO_NOISE = 1e-5
N, SIGMAS = 4000, 6.0


def _known(name: str, sentence: str, hint: str) -> Misconception:
    return Misconception(name, sentence, hint)


SWAPPED = _known("swapped", "the labels come first and the features second", "return X, y")
SHAPES = [
    _known("column_of_labels", "the labels stand in a column, (n, 1), and not in a vector",
           "w has the shape (d,): np.dot(X, w) then has the shape (n,)."),
    _known("one_label_per_feature", "* multiplies entry by entry: there is a label for each feature of an example",
           "np.dot(X, w) adds up over the features."),
    _known("features_transposed", "examples and features have changed places: X has a row for each feature",
           "One row per example: (num_examples, len(w))."),
    _known("two_features", "X has two features, whatever w says", "The number of features is len(w)."),
    _known("thousand_examples", "there are 1,000 examples, whatever num_examples says", "(num_examples, len(w))."),
]  # fmt: skip
FEATURES = [
    _known("uniform_features", "the features are spread evenly over an interval, and not normally distributed",
           "np.random.normal(0, 1, size), not uniform or rand."),
    _known("narrow_features", "the features have the standard deviation 0.01, which is the noise's",
           "The features have the standard deviation 1."),
    _known("columns_repeated", "all features of an example are the same number: one column is drawn and repeated",
           "Draw num_examples × len(w) numbers."),
    _known("examples_repeated", "the same examples come again: fewer are drawn than num_examples, and repeated",
           "Draw num_examples × len(w) numbers."),
    _known("rows_repeated", "all examples have the same features: one row is drawn and repeated",
           "Draw num_examples × len(w) numbers."),
]  # fmt: skip
LABELS = [
    _known("no_noise", "there is no noise: the labels are X·w + b exactly", "Add np.random.normal(0, 0.01, y.shape)."),
    _known("one_draw_for_all", "all labels have the same noise: one number is drawn and added to every one",
           "np.random.normal(0, 0.01, y.shape) draws one for each."),
    _known("variance_for_deviation", "0.01 is taken for the variance of the noise: its standard deviation is 0.1",
           "np.random.normal takes the standard deviation: np.random.normal(0, 0.01, …)."),
    _known("deviation_squared", "the standard deviation is squared: the noise is a hundred times too small",
           "np.random.normal takes the standard deviation: np.random.normal(0, 0.01, …)."),
    _known("noise_of_one", "the noise has the standard deviation 1", "np.random.normal(0, 0.01, …)."),
    _known("noise_has_a_sign", "the noise is never negative", "np.random.normal(0, 0.01, …) as it is, without abs."),
    _known("uniform_noise", "the noise is spread evenly over an interval, and not normally distributed",
           "np.random.normal(0, 0.01, …), not uniform or rand."),
    _known("noise_on_features", "the noise is added before the product, to the features: the weights make it larger",
           "Add it to the labels: X·w + b + noise."),
    _known("noise_of_the_labels_size", "the noise is multiplied with the labels: large ones have more of it",
           "Add noise of one size to all labels."),
    _known("leaves_out_b", "b is left out", "X·w + b + noise."),
    _known("other_weights", "the labels do not follow from X, w and b: other weights, or other features, made them",
           "Use the arguments w and b, and the X that is returned."),
]  # fmt: skip
ROUNDED = _known("rounded", "the labels have been through float16, which holds three digits", "Leave them in float32.")
CHANGES_WEIGHTS = _known("changes_weights", "the caller's w is written to", "Make a new array instead.")
FIXED_SEED = _known("fixed_seed", "every call gives the same data: a seed is set inside", "Leave the seed alone.")
DRAWN_ONCE = _known("drawn_once", "the noise is the same in every call: it was drawn once",
                    "Draw the noise inside the function.")  # fmt: skip


def _named(name: str) -> Misconception:
    return next(one for one in (*SHAPES, *FEATURES, *LABELS) if one.name == name)


class Sample(NamedTuple):
    """What one call returned, in float64, and the noise that is left of its labels."""

    X: Numbers
    y: Numbers
    noise: Numbers


def _weights(rng: Rng, d: int) -> tuple[Numbers, float]:
    """Weights and a bias, all clearly different from 0 and from each other."""
    w = rng.permutation(numpy.arange(2, 2 + d)) * rng.choice([-1, 1], size=d) + rng.uniform(-0.3, 0.3, size=d)
    return w.astype(numpy.float32), round(float(rng.uniform(2, 5)), 2)


def _sample(student: Student, w: Numbers, b: float, n: int, any_kind: bool = True) -> Sample:
    """Raises `CheckFailed` where what comes back cannot be read as n examples; `any_kind`: NumPy's arrays will do."""
    result = student.synthetic_data(w, b, n)
    both = parts(result, "X", "y")
    X, y = (expect(part).numbers() if any_kind else expect(part).array() for part in both)
    if X.shape == (n, len(w)) and y.shape == (n,):
        for part, array in zip(both, (X, y), strict=True):
            if array.dtype.kind != "f" or not numpy.isfinite(array).all():
                raise expect(part).failed("holds other things than finite floats.")
        X, y = X.astype(float), y.astype(float)
        return Sample(X, y, numpy.asarray(y - X @ w - b))
    text = f"synthetic_data(w, b, {n}) with {len(w)} weights returns arrays of the shapes {X.shape} and {y.shape}; "
    raise CheckFailed(f"{text}{(n, len(w))} and {(n,)} are expected.", _why_shapes([X.shape, y.shape], len(w), n))


def _why_shapes(shapes: list[tuple[int, ...]], d: int, n: int) -> Misconception | None:
    if shapes == [(n,), (n, d)]:
        return SWAPPED
    names = {
        "features_transposed": shapes[0] == (d, n) and d != n, "two_features": shapes[0] == (n, 2) and d != 2,
        "thousand_examples": shapes[0][:1] == (1000,), "one_label_per_feature": shapes == [(n, d)] * 2 and d > 1,
        "column_of_labels": shapes == [(n, d), (n, 1)],
    }  # fmt: skip
    return next((_named(name) for name, is_so in names.items() if is_so), None)


def _deviation(of: Numbers) -> float:
    return float(of.std())


def _kurtosis(of: Numbers) -> float:
    """3 for a normal distribution, 1.8 for an even one; of m draws, with a standard deviation of √(24 / m)."""
    apart = of - of.mean()
    if not apart.any():
        return 0.0
    return float((apart**4).mean() / (apart**2).mean() ** 2)


@check(points=0.5, hint="X: (num_examples, len(w)); y: (num_examples,), as np.dot(X, w) is.")
def shapes(student: Student, rng: Rng) -> None:
    """it returns X of shape (num_examples, len(w)) and y of shape (num_examples,), two arrays of floats"""
    for d, n in ((2, 7), (5, 3), (1, 6), (3, 1), (4, 301)):
        _sample(student, *_weights(rng, d), n, any_kind=False)


@check(points=1, hint="np.random.normal(0, 1, (num_examples, len(w))).")
def features_are_normal(student: Student, rng: Rng) -> None:
    """the entries of X are independent normal draws, with mean 0 and standard deviation 1"""
    X = _sample(student, *_weights(rng, 2), N).X
    m = X.size
    found = (
        ("mean", X.mean(), 0, m**-0.5),
        ("standard deviation", _deviation(X), 1, (2 * m) ** -0.5),
        ("correlation of the two columns", _correlation(*X.T), 0, N**-0.5),
        ("correlation of neighbouring rows", _correlation(X[1:, 0], X[:-1, 0]), 0, N**-0.5),
        # Far from the middle, this is no normal variable itself: twice the margin.
        ("kurtosis", _kurtosis(X), 3, 2 * (24 / m) ** 0.5),
    )
    for what, value, want, deviation in found:
        if not abs(value - want) <= SIGMAS * deviation:
            text = f"Of {N} examples with 2 features the {what} is {value:.3g}; it should be near {want}."
            raise CheckFailed(text, _why_features(X))
    if (different := len(numpy.unique(X, axis=0))) < 0.99 * N:
        raise CheckFailed(f"Of {N} examples only {different} are different.", _named("examples_repeated"))


def _correlation(first: Numbers, second: Numbers) -> float:
    if not first.std() * second.std():
        return 1.0
    return float(numpy.corrcoef(first, second)[0, 1])


def _why_features(X: Numbers) -> Misconception | None:
    if numpy.ptp(X, axis=0).max() == 0:
        return _named("rows_repeated")
    if numpy.ptp(X, axis=1).max() == 0:
        return _named("columns_repeated")
    if abs(_kurtosis(X) - 1.8) < 0.1:
        return _named("uniform_features")
    return _named("narrow_features") if abs(_deviation(X) / NOISE - 1) < 0.1 else None


@check(points=1, hint="y = np.dot(X, w) + b, and then np.random.normal(0, 0.01, y.shape) added.")
def labels_follow(student: Student, rng: Rng) -> None:
    """y is X·w + b, with noise of mean 0 and standard deviation 0.01 for each example"""
    for d in (2, 5):
        w, b = _weights(rng, d)
        sample = _sample(student, w, b, N)
        noise = sample.noise
        mean, deviation = float(noise.mean()), _deviation(noise)
        text = f"With {N} examples, w={show(w)} and b={b}, y − X·w − b has the mean {mean:.3g} and the standard "
        text += f"deviation {deviation:.3g}; 0 and {NOISE} are expected"
        near = abs(deviation / NOISE - 1) <= SIGMAS * (2 * N) ** -0.5 and abs(mean) <= SIGMAS * NOISE * N**-0.5
        if not near:
            raise CheckFailed(f"{text}.", _why_labels(sample, w, b))
        if abs(_kurtosis(noise) - 3) > 2 * SIGMAS * (24 / N) ** 0.5:
            known = _named("uniform_noise") if _kurtosis(noise) < 2.2 else None
            raise CheckFailed(f"{text}, and they are, but it is not normally distributed.", known)
        # Noise that depends on the labels, or on a feature; where these are alike, nothing can be said.
        if sample.X.std(axis=0).min() < NOISE:
            continue
        if (sample.y == sample.y.astype(numpy.float16)).all():
            raise CheckFailed(f"{text}, and they are, but the labels are rounded to three digits.", ROUNDED)
        size = max(abs(_correlation(abs(noise), abs(sample.y))), *(abs(_correlation(noise, x)) for x in sample.X.T))
        if size > SIGMAS * N**-0.5:
            raise CheckFailed(f"{text}, and they are, but it depends on the features or on the labels.")


def _why_labels(sample: Sample, w: Numbers, b: float) -> Misconception | None:
    noise = sample.noise
    mean, deviation = float(noise.mean()), _deviation(noise)
    wide = float(numpy.linalg.norm(w.astype(float)))
    without_b = abs(mean + b) < 0.05 * b and deviation < 2 * NOISE
    uniform = deviation < 1 and abs(_kurtosis(noise) - 1.8) < 0.1

    def has(size: float) -> bool:
        return abs(deviation / size - 1) < 0.08

    names = {
        "leaves_out_b": without_b, "no_noise": abs(noise).max() < NO_NOISE,
        "one_draw_for_all": deviation < NO_NOISE and abs(mean) < 1,
        "noise_has_a_sign": NO_NOISE < deviation < NOISE and (noise.min() > -NO_NOISE or noise.max() < NO_NOISE),
        "uniform_noise": uniform, "variance_for_deviation": has(NOISE**0.5), "deviation_squared": has(NOISE**2),
        "noise_of_one": has(1), "noise_on_features": has(NOISE * wide),
        "noise_of_the_labels_size": deviation < 1 and _correlation(abs(noise), abs(sample.y)) > 0.3,
        "other_weights": deviation > 1.2,
    }  # fmt: skip
    return next((_named(name) for name, is_so in names.items() if is_so), None)


@check(points=0.5, hint="Draw features and noise inside the function, with no seed.")
def draws_anew(student: Student, rng: Rng) -> None:
    """every call draws other features, and other noise, and leaves w as it is"""
    w, b = _weights(rng, 2)
    first, second = (_sample(student, w, b, 50) for _ in range(2))
    if numpy.array_equal(first.X, second.X):
        raise CheckFailed("Two calls of synthetic_data(w, b, 50) return the same features.", FIXED_SEED)
    if numpy.allclose(first.noise, second.noise, atol=NO_NOISE) and numpy.ptp(first.noise) > NO_NOISE:
        raise CheckFailed("The labels of two calls of synthetic_data(w, b, 50) have the same noise.", DRAWN_ONCE)
    expect(student.synthetic_data(w, b, 3)).argument_unchanged(0, "w", CHANGES_WEIGHTS)
