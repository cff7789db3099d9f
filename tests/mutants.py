"""Changes the right forms of exercises, one small step each, and tells which changes no check minds.

    python -m tests.mutants [--exercise softmax_regression/softmax] [--flavour np] [--form row_max] [--keep]

An operator, a number, a comparison, the name of a reduction, an argument, a call or a statement is changed or left out:
nearly always that makes wrong code, which has to lose points (with one seed). What keeps them is harmless, as axis=-1
is for the last of two axes; or a check is missing. Those that a person has found harmless are in harmless.txt in the
exercise's folder, by the form, line and column; others are listed, and make the exit status 1. With --keep they are
added to the file: look at what is added. Half an hour on two cores for all exercises.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from concurrent.futures import as_completed
from typing import NamedTuple

from grader.authors import forms
from grader.authors.trials import Taught
from tests import flakiness

# What an endless loop is given, as a share of the time that an exercise has.
PATIENCE = 0.5

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq, ast.GtE),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt,),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt,),
}
NAMES = {
    "max": ("min", "sum", "mean"),
    "sum": ("mean", "max"),
    "mean": ("sum",),
    "argmax": ("argmin",),
    "exp": ("log", "tanh"),
    "log": ("exp", "log2", "log10", "log1p"),
    "shuffle": ("sorted",),
}


class Mutant(NamedTuple):
    what: str
    code: str


def mutants(code: str) -> Iterator[Mutant]:
    """Every change of one node, each text once."""
    tree = ast.parse(code)
    seen = {ast.unparse(tree)}
    for parent in _outside_of_prints(tree):
        for name, value in ast.iter_fields(parent):
            places = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
            for index, node in places:
                for other in _instead_of(node) if isinstance(node, ast.AST) else ():
                    _put(parent, name, index, other)
                    text = ast.unparse(tree)
                    _put(parent, name, index, node)
                    if text not in seen:
                        seen.add(text)
                        what = f"{ast.unparse(node)} -> {ast.unparse(other)}".replace("\n", "; ")
                        yield Mutant(f"{node.lineno}:{node.col_offset} {what}", text)  # type: ignore[attr-defined]


def _put(parent: ast.AST, name: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[index] = node


def _outside_of_prints(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes, but those of a statement that only says something."""
    yield node
    for child in ast.iter_child_nodes(node):
        call = child.value if isinstance(child, ast.Expr) else None
        if not (isinstance(call, ast.Call) and ast.unparse(call.func).endswith(("print", "warn"))):
            yield from _outside_of_prints(child)


def _instead_of(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, operator, right):
            yield from (ast.BinOp(left, other(), right) for other in OPERATORS.get(type(operator), ()))
            yield from (left, right)
        case ast.AugAssign(target, operator, value):
            yield from (ast.AugAssign(target, other(), value) for other in OPERATORS.get(type(operator), ()))
            yield ast.Pass()
        case ast.Compare(left, [comparison], right):
            yield from (ast.Compare(left, [other()], right) for other in COMPARISONS.get(type(comparison), ()))
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield from (ast.Constant(other) for other in (value + 1, value - 1, -value, 10 * value, 0))
        case ast.UnaryOp(ast.USub(), operand):
            yield operand
        case ast.Attribute(value, name, ast.Load()):
            yield from (ast.Attribute(value, other, ast.Load()) for other in NAMES.get(name, ()))
        case ast.Name(name, ast.Load()):
            yield from (ast.Name(other, ast.Load()) for other in NAMES.get(name, ()))
        case ast.Call(function, arguments, keywords):
            for left_out in keywords:
                yield ast.Call(function, arguments, [word for word in keywords if word is not left_out])
            if len(arguments) > 1:
                first, second, *others = arguments
                yield ast.Call(function, [second, first, *others], keywords)
            yield from arguments[:1]
            if isinstance(function, ast.Attribute):
                yield function.value
        case ast.Subscript(value, _, ast.Load()):
            yield value
        case ast.IfExp(_, body, orelse):
            yield from (body, orelse)
        case ast.FunctionDef() | ast.ClassDef() | ast.Import() | ast.ImportFrom():
            return
        case ast.stmt():
            yield ast.Pass()


def survivors(one: Taught, form: str | None, jobs: int) -> tuple[int, list[str]]:
    """How many changes there are, of one right form or all; a line for each that keeps full marks, in order."""
    right = [each for each in forms.forms(one.exercise.folder, one.flavour) if each.kind == "right"]
    every = [
        (f"{each.name} {mutant.what}", mutant)
        for each in right
        if form in (None, each.name)
        for mutant in mutants(each.code)
    ]
    found = set()
    with flakiness.pool(jobs) as processes:
        running = {}
        for line, mutant in every:
            task = flakiness.Task(one.title, "wrong", line, mutant.code, (1,), PATIENCE)
            running[processes.submit(flakiness.outcomes, task)] = line
        for future in as_completed(running):
            if future.result()[0].full_marks:
                found.add(running[future])
    return len(every), [line for line, _ in every if line in found]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("--form", help="the right form of that name alone")
    parser.add_argument("--keep", action="store_true", help=f"add what is found to {forms.HARMLESS}")
    args, groups = flakiness.chosen(parser)
    news = 0
    for one in groups:
        harmless = forms.harmless(one.exercise.folder, one.flavour)
        count, found = survivors(one, args.form, args.jobs)
        unknown = [line for line in found if line not in harmless]
        print(f"{one.title}: {len(found)} of {count} changes keep full marks, {len(unknown)} of them not known to be "
              "harmless", *unknown, sep="\n  ", flush=True)  # fmt: skip
        news += len(unknown)
        if args.keep and unknown:
            forms.add_harmless(one.exercise.folder, one.flavour, unknown)
    sys.exit(bool(news) and not args.keep)


if __name__ == "__main__":
    main()
