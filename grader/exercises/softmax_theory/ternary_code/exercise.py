"""A code for three classes (section 3.4, exercise 4): strings of bits for n of them at a time."""

from __future__ import annotations

import itertools
import math

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Student,
    check,
    describe_value,
    expect,
    known_failures,
)
from grader.diagnosis import habits, wrong_kinds
from grader.sandbox import wire

EXERCISE = Exercise("ternary_code(n)", "3.4")
# n, and the number of bits that words of one length need: the least b for which 2 ** b is at least 3 ** n.
LENGTHS = {n: (3**n - 1).bit_length() for n in range(1, 7)}

OTHER_SIGNS = Misconception(
    "other_signs",
    "the words are written in base 3, with three different signs: a channel for bits has only two",
    "Every word consists of the characters 0 and 1 alone.",
)
PREFIX_OF_PYTHON = Misconception(
    "prefix_of_python", "the 0b that Python's bin() puts in front is part of each word", "bin(i)[2:], or f'{i:b}'."
)
NUMBERS = Misconception(
    "numbers",
    "the words are numbers, which have lost the zeros in front and cannot be put one behind the other",
    "A word is a string, such as '001'.",
)
LISTS_OF_BITS = Misconception(
    "lists_of_bits", "the words are lists or tuples of bits", "''.join(…) makes a string of strings."
)
CUTS_THE_LENGTH = Misconception(
    "cuts_the_length",
    "n · log₂ 3 is rounded down: there are fewer strings of that length than words are needed",
    "Round up: 2 to the power of the length has to be at least 3ⁿ.",
)
ONE_OBSERVATION = Misconception(
    "one_observation",
    "there are 3 words, those of a single observation, whatever n is",
    "Each row of n observations gets a word of its own: 3 · 3 · … · 3 of them.",
)
THREE_TIMES_N = Misconception(
    "three_times_n", "there are 3 · n words: the numbers of classes are added up", "n observations have 3ⁿ results."
)
CUBES = Misconception("cubes", "there are n³ words: base and exponent have changed places", "3 ** n")
ALL_STRINGS = Misconception(
    "all_strings",
    "all strings of one length are returned, 2 to the power of it, where 3ⁿ are asked for",
    "Leave out those that are not needed: a shorter word can take the place of two of them.",
)
REPEATS = Misconception(
    "repeats", "some words come more than once: who receives one cannot know what was meant", "3ⁿ different words"
)
NO_LEADING_ZEROS = Misconception(
    "no_leading_zeros",
    "the numbers are written in base 2 as they are, with as many digits as each needs: 1 is how 10 begins",
    "Fill up with zeros in front, f'{i:0{length}b}' or zfill, so that all have one length.",
)
BEGINS_ANOTHER = Misconception(
    "begins_another",
    "a word is how another one begins: who receives a row of words cannot tell where one ends",
    "Words of one length never begin each other; a shorter one uses up all that begin with it.",
)
WORD_FOR_WORD = Misconception(
    "word_for_word",
    "the words of n single observations are put one behind the other: with 5/3 bits for each, or more, nothing is "
    "gained by taking them together",
    "Number the 3ⁿ results instead, and write the number in base 2.",
)
TWO_BITS_EACH = Misconception(
    "two_bits_each",
    "each word has 2 · n bits, two for each observation: nothing is gained by taking them together",
    "Number the 3ⁿ results instead, and write the number in base 2, with as few digits as suffice.",
)
TOO_MANY_DIGITS = Misconception(
    "too_many_digits",
    "all words have one length, and are longer than the numbers up to 3ⁿ − 1 need in base 2",
    "2 to the power of the length has to be at least 3ⁿ, and no more than just that.",
)
UNARY = Misconception(
    "unary",
    "the lengths grow by one from word to word, as of a code that counts: most words are far too long",
    "All results are equally likely: their words should be about equally long.",
)

# What a value's kind alone says; other kinds are not lists either, and the message says so.
KINDS = ("returns_nothing", "generator_not_run", "function_not_called")


def words_of(student: Student, n: int) -> list[str]:
    """The student's words, which are strings of 0 and 1."""
    result = student.ternary_code(n)
    known_failures([result], habits.FAILURES)
    expect(result).no_failure()
    value = result.value
    if not isinstance(value, wire.Sequence) or value.kind not in ("list", "tuple"):
        known = wrong_kinds.of_value(value)
        what = f"ternary_code({n}) returned {describe_value(value)}; it must be a list of strings."
        raise CheckFailed(what, known if known is not None and known.name in KINDS else None, hint="")
    words = [item.value for item in value.items if isinstance(item, wire.Scalar) and isinstance(item.value, str)]
    if len(words) < len(value.items):
        other = next(i for i in value.items if not (isinstance(i, wire.Scalar) and isinstance(i.value, str)))
        what = f"ternary_code({n}) has {describe_value(other)} among its words; each must be a string."
        raise CheckFailed(what, _of_kind(other), hint="")
    for word in words:
        if not word or set(word) - {"0", "1"}:
            what = f"ternary_code({n}) has the word {word[:40]!r}; a word consists of the characters 0 and 1."
            raise CheckFailed(what, _other_signs(words), hint="")
    return words


def _of_kind(word: wire.Value) -> Misconception | None:
    if isinstance(word, wire.Sequence):
        return LISTS_OF_BITS
    return NUMBERS if isinstance(word, wire.Scalar) else None


def _other_signs(words: list[str]) -> Misconception | None:
    if all(word.startswith("0b") for word in words):
        return PREFIX_OF_PYTHON
    return OTHER_SIGNS if set("".join(words)) == set("012") else None


def enough_words(student: Student, n: int) -> list[str]:
    """The same, where they are as many as there are results, and no two alike."""
    words = words_of(student, n)
    counts = {2 ** LENGTHS[n]: ALL_STRINGS, 2 ** (LENGTHS[n] - 1): CUTS_THE_LENGTH, n**3: CUBES, 3 * n: THREE_TIMES_N}
    if len(words) != 3**n:
        known = ONE_OBSERVATION if len(words) == 3 else counts.get(len(words))
        raise CheckFailed(f"ternary_code({n}) has {len(words)} words; there must be 3 ** {n} = {3**n}.", known)
    if len(set(words)) < len(words):
        twice = next(word for place, word in enumerate(words) if word in words[:place])
        raise CheckFailed(f"ternary_code({n}) has the word {twice[:40]!r} more than once.", REPEATS)
    return words


def beginnings(words: list[str]) -> tuple[str, str] | None:
    """A word and another that begins with it, if there are such; in order, they are next to each other."""
    ordered = sorted(words)
    return next(((a, b) for a, b in itertools.pairwise(ordered) if b.startswith(a)), None)


def why_beginnings(words: list[str], n: int) -> Misconception:
    """Why some begin others."""
    for length, known in ((1, NO_LEADING_ZEROS), (LENGTHS[n] - 1, CUTS_THE_LENGTH)):
        if any(set(words) == {f"{i + first:0{length}b}" for i in range(3**n)} for first in (0, 1)):
            return known
    return BEGINS_ANOTHER


def why_long(words: list[str], n: int) -> Misconception | None:
    """Why they are longer than they need be."""
    lengths = sorted(map(len, words))
    if set(lengths) == {2 * n}:
        return TWO_BITS_EACH
    if len(set(lengths)) == 1:
        return TOO_MANY_DIGITS
    if lengths[:-1] == list(range(lengths[0], lengths[0] + len(lengths) - 1)):
        return UNARY
    # For a single observation, one word of 1 bit and two of 2.
    each = sorted(n + twos for twos in range(n + 1) for _ in range(math.comb(n, twos) * 2**twos))
    return WORD_FOR_WORD if lengths == each else None


# Where n is 5, the numbers of words, and their lengths, tell all ways apart.
TRIED = (5, 1, 2, 3, 4, 6)


@check(points=0.75, hint="n observations of three classes have 3ⁿ results, and each gets a word of its own.")
def words(student: Student) -> None:
    """ternary_code(n) is a list of 3ⁿ different strings of 0 and 1"""
    for n in TRIED:
        enough_words(student, n)


@check(points=1.25, hint="Where one word is 0, no other may begin with 0. Words of one length make no such trouble.")
def prefix_free(student: Student) -> None:
    """no word is how another begins"""
    for n in TRIED:
        words = enough_words(student, n)
        if pair := beginnings(words):
            first, second = (word[:40] for word in pair)
            what = f"ternary_code({n}) has the words {first!r} and {second!r}: the second begins with the first."
            raise CheckFailed(what, why_beginnings(words, n))


@check(points=1, hint="How many bits does the number 3ⁿ − 1 have in base 2?")
def short(student: Student) -> None:
    """the words have ⌈n · log₂ 3⌉ bits on average, or fewer"""
    for n in TRIED:
        words = enough_words(student, n)
        average = sum(map(len, words)) / len(words)
        if average > LENGTHS[n] + 1e-9:
            what = f"the words of ternary_code({n}) have {average:.4g} bits on average; {LENGTHS[n]} are enough."
            raise CheckFailed(what[:1].upper() + what[1:], why_long(words, n))
