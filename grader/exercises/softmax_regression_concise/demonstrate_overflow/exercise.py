"""Where the two functions of the section before break (section 3.7.2): an example that a student has to find."""

from __future__ import annotations

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Student,
    check,
    describe_value,
    expect,
    parts,
    show,
)
from grader.diagnosis.wrong_kinds import nested_numbers
from grader.exercises.shared.arithmetic import divide, exp32

EXERCISE = Exercise("demonstrate_overflow()", "3.7.2")

NOT_FINITE = Misconception(
    "not_finite_to_begin_with",
    "nan or infinity stands among the logits already",
    "Ordinary numbers do it: how large may x be, so that exp(x) is below 3.4e38?",
)
TOO_SMALL = Misconception(
    "too_small",
    "the numbers are too close to 0: float32 can hold their exponentials, and the quotient",
    "How large may x be, so that exp(x) is below 3.4e38? And how small, so that it is not rounded to 0?",
)
OTHER_CLASS = Misconception(
    "other_class_vanishes",
    "it is another class whose probability is rounded to 0: that does the loss of this label no harm",
    "Choose the class whose probability vanishes as the label.",
)
ONE_BASED = Misconception("one_based", "the classes are counted from 1", "The first class has the number 0.")
COUNTS_FROM_THE_END = Misconception(
    "counts_from_the_end", "the label is negative, which is no class", "The classes are 0, 1, 2 and so on."
)
LABEL_FIRST = Misconception("label_first", "the label comes first, and the logits second", "return logits, label")
ONE_LOGIT = Misconception("one_logit", "there is one logit alone: softmax makes 1 of it, which is no choice at all",
                          "Two classes are the least.")  # fmt: skip
FOR_FLOAT16 = Misconception(
    "for_float16",
    "float16 would overflow with these numbers, which ends at 65,504; float32 goes on to 3.4e38",
    "exp passes that between 88 and 89.",
)

# exp(11.09) is the largest number of float16.
FLOAT16_ENDS = 11.09
# Numbers below this may be rounded to 0 on some processors, and not on others: either is right here.
TINY = float(numpy.finfo(numpy.float32).tiny)


def naive_losses(logits: Numbers, label: int) -> list[float]:
    """-log(softmax), as float32 computes it step by step, with and without the smallest numbers."""
    losses = []
    for least in (0.0, TINY):
        E = exp32(logits)
        p = divide(E, E.sum())
        with numpy.errstate(all="ignore"):
            losses.append(float(-numpy.log(numpy.where(p < least, numpy.float32(0), p)[label])))
    return losses


@check(points=1, hint="What is exp(100) in float32? And exp(-200)?")
def breaks_the_pair(student: Student) -> None:
    """demonstrate_overflow() returns finite logits and a label for which log after softmax gives nan or inf"""
    result = student.demonstrate_overflow()
    logits_part, label_part = parts(result, "logits", "label")
    logits, label = nested_numbers(logits_part.value), nested_numbers(label_part.value)
    if logits is None or not logits.size or logits.dtype.kind not in "iuf":
        raise expect(logits_part).failed(
            f"is {describe_value(logits_part.value)}; it must be a row of numbers.", hint=""
        )
    if label is None or label.dtype.kind not in "iuf" or label.size != 1:
        swapped = LABEL_FIRST if label is not None and label.size > 1 and logits.size == 1 else None
        raise CheckFailed(f"The label is {describe_value(label_part.value)}; it must be a number.", swapped)
    if logits.ndim > 2 or (logits.ndim == 2 and 1 not in logits.shape):
        raise CheckFailed(f"The logits have the shape {logits.shape}; they must be one row.")
    with numpy.errstate(over="ignore"):  # what float32 cannot hold becomes infinite
        _judge(logits.astype("float32").ravel(), float(label.reshape(())))


def _judge(logits: Numbers, label: float) -> None:
    text = f"The logits are {show(logits)} and the label is {label:g}"
    if logits.size < 2:
        raise CheckFailed(f"{text}.", ONE_LOGIT)
    if not numpy.isfinite(logits).all():
        raise CheckFailed(f"{text}: in float32, not all of them are finite.", NOT_FINITE)
    if not 0 <= label < logits.size or label != round(label):  # in this order: nan and infinity cannot be rounded
        known = ONE_BASED if label == logits.size else COUNTS_FROM_THE_END if label < 0 else None
        raise CheckFailed(f"{text}, which is none of the classes 0 to {logits.size - 1}.", known)
    if numpy.isfinite(naive := naive_losses(logits, int(label))).all():
        raise CheckFailed(f"{text}: -log(softmax) is {naive[0]:.4g}, and nothing breaks.", _why(logits, int(label)))


def _why(logits: Numbers, label: int) -> Misconception:
    others = [k for k in range(logits.size) if k != label]
    if not all(numpy.isfinite(naive_losses(logits, k)).all() for k in others):
        return OTHER_CLASS
    return FOR_FLOAT16 if FLOAT16_ENDS < abs(logits).max() < 2 * FLOAT16_ENDS else TOO_SMALL
