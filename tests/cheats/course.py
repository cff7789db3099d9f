"""A course into which all the cheats are handed in, and with them somebody honest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import notebooks
from tests.cheats import ALONE, FULL, Cheat, handed_out, shortened
from tests.nbgrader_course import NbgraderCourse, nbgrader_course

# Stands in the environment, in files beside the course, in the gradebook and in a neighbour's work.
CANARY = "belongs-to-somebody-else"
# Whose work is honest; the names come first, in the middle and last.
HONEST = ("_honest", "m_honest", "zz_honest")

RIGHT = f"""
def softmax(X):
    "{CANARY}"
    e = np.exp(X - X.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
"""


@contextmanager
def course_with(cheats: list[Cheat], folder: Path) -> Iterator[NbgraderCourse]:
    with nbgrader_course(folder, of=notebooks.KIT) as course:
        for name in ("private.txt", "tests.py"):
            (course.root / name).write_text(CANARY)
        course.teacher.environment["SOFTMARK_TEST_CANARY"] = CANARY
        for name in (ALONE, FULL):
            source = course.root / "solutions" / name / f"{name}.ipynb"
            notebooks.write(shortened(notebooks.solution("np"), name), source)
            course.teacher.nbgrader("generate_assignment", name)
        course.teacher.nbgrader("db", "student", "add", HONEST[0], f"--last-name={CANARY}")
        for name in HONEST:
            course.hand_in(name, ALONE, handed_out(ALONE, softmax=RIGHT))
        for cheat in cheats:
            hand_in(course, cheat)
        yield course


def hand_in(course: NbgraderCourse, cheat: Cheat) -> None:
    notebook = cheat.notebook(str(course.root))
    files = notebook.pop("files", {})
    course.hand_in(cheat.name, cheat.assignment, notebook)
    for name, text in files.items():
        path = course.submitted(cheat.name, cheat.assignment).parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def everything_in(folder: Path, but: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in but
    }
