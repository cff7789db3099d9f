"""How near two results have to be: to be right (`Near`), or to be one and the same (`same`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from grader.sandbox.wire import Numbers

# Wrong values differ from each other by far more than the rounding of float32; correct forms were seen within 2e-6 of
# the truth, and a match is within this much.
RTOL = 5e-5
ATOL = 1e-5
# Half precision is spaced 1e-3 apart, in proportion; a few roundings.
HALF = 2e-3


@dataclass(frozen=True)
class Near:
    """How near a value has to come: within `atol + rtol * |want|`.

    By default what single precision makes of a few dozen roundings, exp and log, five times over: it has a relative
    spacing of 1.2e-7, and correct forms of these exercises were seen within 2e-6 of the float64 oracle.
    `any_number`: a Python or NumPy number, or an array with one element, does as well as an MXNet array.
    """

    rtol: float = 1e-5
    atol: float = 1e-6
    any_number: bool = False

    def holds(self, got: Numbers | None, want: Numbers) -> bool:
        """Whether the shapes are equal and every number is near enough; a nan is near to a nan."""
        return got is not None and self.margin(got, want) <= 1

    def margin(self, got: Numbers, want: Numbers) -> float:
        """How far off the farthest number is, divided by what is allowed; infinite for another shape, or a nan."""
        if numpy.shape(got) != numpy.shape(want):
            return numpy.inf
        # In double precision: the difference of two float16 is no measure.
        got, want = numpy.asarray(got, float), numpy.asarray(want, float)
        with numpy.errstate(all="ignore"):
            alike = (got == want) | (numpy.isnan(got) & numpy.isnan(want))
            off = numpy.where(alike, 0.0, abs(got - want) / (self.atol + self.rtol * abs(want)))
        farthest = float(off.max(initial=0.0))
        return farthest if farthest == farthest else numpy.inf


def same(got: Numbers, other: Numbers, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Whether two results are one: alike where finite, and not finite in the same rows.

    MXNet's flavours spread a nan differently over the row that it spoils.
    """
    if numpy.asarray(got).dtype == numpy.float16:
        return bool(numpy.isfinite(got).all()) and got.shape == other.shape and numpy.allclose(got, other, HALF, HALF)
    got, other = numpy.asarray(got, float), numpy.asarray(other, float)
    if got.size == 1 and other.size == 1:
        got, other = got.reshape(()), other.reshape(())
    if got.shape != other.shape:
        return False
    finite = [numpy.isfinite(a) for a in (got, other)]
    if not all(each.all() for each in finite):
        rows = [each.all(axis=-1) for each in finite] if got.ndim > 1 else finite
        if not numpy.array_equal(*rows):
            return False
        both = finite[0] & finite[1]
        got, other = got[both], other[both]
    # What allclose does, without what makes it slow: thousands of these are compared.
    return bool((abs(got - other) <= atol + rtol * abs(other)).all())
