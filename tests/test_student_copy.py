"""`grader release`: the zip that a student unpacks at home, where there is no course and nothing of the kit."""

from __future__ import annotations

import ast
import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import yaml  # type: ignore[import-untyped]
from bs4 import BeautifulSoup

from grader.course import catalogue
from grader.course.course import Course
from grader.platforms.student_wheels import engine_files, exercise_files
from tests.command import embedded_data, grader, in_small_course
from tests.notebooks import ROOT, SMALL, cell, write

NAME = SMALL["np"]
NO_MINUS = "def sigmoid(X):\n    return 1 / (1 + np.exp(X))"
SQUARES = "def double(X):\n    return X * X"
# One of the kit's own, which lies beside the small course's in the same environment.
OTHER = "linear-regression"

# Of these rooms everything: what exercises are written with, and what they share.
WHOLE = ("checking", "diagnosis", "data", "exercises/shared")
# Of all others this, and whoever adds to it should know why students need it.
ENGINE = {
    "": ("__init__.py",),
    "course/": ("__init__.py", "catalogue.py", "course.py", "layout.py", "notebook.py", "pins.py"),
    "exercises/": ("__init__.py",),
    "judging/": ("__init__.py", "check_run.py", "png.py", "render.py", "report.py", "selfcheck.py",
                 "under_validate.py"),
    "sandbox/": ("__init__.py", "blocks.py", "counting.py", "encoding.py", "failures.py", "figures.py", "frames.py",
                 "given.py", "runner.py", "standpoints.py", "wire.py"),
}  # fmt: skip
# What is an answer, or says how answers fared.
ANSWERS = ("forms*", "outcomes.txt", "harmless.txt", "figures.json", "students.toml", "*.ipynb", "*.md")

# macOS has no pyseccomp, and Windows none of these.
LINUX_ONLY = ("fcntl", "resource", "pwd", "grp", "termios", "pyseccomp")
# What an instructor needs, and a student does not.
NOT_STUDENTS = ("nbgrader", "nbformat", "nbclient", "nbconvert", "bleach", "typer", "psutil", "platformdirs",
                "hatchling")  # fmt: skip
SCRIPT = f"""
import sys
sys.modules.update(dict.fromkeys({(*LINUX_ONLY, *NOT_STUDENTS)!r}))  # to import them fails
import grader
from grader import checks
from mxnet import np, npx
npx.set_np()
{NO_MINUS}
checks({NAME!r})("sigmoid")
def linreg(X, w, b):
    return np.dot(X, w) + b
checks({OTHER!r})("linreg")
print(grader.__file__)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a student has unpacked two assignments: the small course's, and one of the kit's."""
    folder = tmp_path_factory.mktemp("home")
    for released in (in_small_course("release", NAME, "--to", folder / "one.zip"),
                     grader("release", OTHER, "--to", folder / "other.zip")):  # fmt: skip
        assert (released.status, released.err) == (0, "")
    for name in ("one.zip", "other.zip"):
        with zipfile.ZipFile(folder / name) as archive:
            archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def python(home: Path) -> Path:
    """That of an environment with both assignments, and with what they need from elsewhere; the kit is not in it."""
    venv.create(home / "env", with_pip=False)
    interpreter = home / "env" / "bin" / "python"
    libraries = home / "env" / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    # What lies there can be imported. What .pth files there add to the path, such as a kit in work, cannot.
    (libraries / "needed.pth").write_text(sysconfig.get_path("purelib"))
    wheels = {path.name: str(path) for path in sorted(home.glob("*/*.whl"))}
    pip = [sys.executable, "-m", "pip", "--python", str(interpreter)]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", *wheels.values()], check=True)
    return interpreter


def at_home(*command: str | Path, cwd: Path) -> str:
    """What a command prints where nothing leads to the kit."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        command, cwd=cwd, env=environment | embedded_data(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# -- what is in it


def entries(wheel: Path) -> list[str]:
    """The names of a wheel's files below `grader`; there are none elsewhere, but for what says which wheel it is."""
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert all(name.startswith("grader/") for name in names)
    return [name.removeprefix("grader/") for name in names]


def the_wheel(folder: Path, prefix: str) -> Path:
    (found,) = folder.glob(f"{prefix}-*.whl")
    return found


def test_the_zip_holds_one_folder_with_all_that_one_needs(home: Path) -> None:
    names = zipfile.ZipFile(home / "one.zip").namelist()
    wheels = [name for name in names if name.endswith(".whl")]
    assert names == [f"{NAME}/{file}" for file in
                     ("start.html", f"{NAME}.ipynb", "requirements.txt", "environment.yml")] + wheels  # fmt: skip
    assert [re.sub(r"-[\d.]+\+\w+-", "-…-", Path(name).name) for name in wheels] == [
        "softmark_student-…-py3-none-any.whl", "softmark_student_first_steps-…-py3-none-any.whl",
    ]  # fmt: skip
    released = SMALL.root / "assignments" / NAME / f"{NAME}.ipynb"
    assert (home / NAME / f"{NAME}.ipynb").read_bytes() == released.read_bytes()


def test_the_engines_wheel_holds_what_checks_and_nothing_that_grades(home: Path) -> None:
    found = entries(the_wheel(home / NAME, "softmark_student"))
    others = [name for name in found if not name.startswith(tuple(f"{room}/" for room in WHOLE))]
    assert sorted(others) == sorted(f"{room}{file}" for room, files in ENGINE.items() for file in files)
    for room in WHOLE:
        files = [path for path in (ROOT / "grader" / room).rglob("*") if "__pycache__" not in path.parts]
        known = {path.relative_to(ROOT / "grader").as_posix() for path in files if path.is_file()}
        kept = {name for name in known if not is_answer(name)}
        assert {name for name in found if name.startswith(f"{room}/")} == kept


def test_an_assignments_wheel_holds_its_exercises_alone(home: Path) -> None:
    folder = "course_exercises/first_steps/first_steps"
    exercises = [f"{folder}/{name}/{file}" for name in SMALL.exercises for file in ("__init__.py", "exercise.py")]
    found = entries(the_wheel(home / NAME, "softmark_student_first_steps"))
    assert sorted(found) == sorted([f"{folder}/__init__.py", f"{folder}/assignment.toml", *exercises])


def test_wheels_lie_side_by_side(home: Path) -> None:
    one, other = (home / name for name in (NAME, OTHER))
    assert the_wheel(one, "softmark_student").read_bytes() == the_wheel(other, "softmark_student").read_bytes()
    every = [*entries(the_wheel(one, "softmark_student")), *entries(the_wheel(one, "softmark_student_first_steps")),
             *entries(the_wheel(other, "softmark_student_linear_regression"))]  # fmt: skip
    assert len(every) == len(set(every))


def is_answer(name: str) -> bool:
    return any(fnmatch.fnmatch(Path(name).name, pattern) for pattern in ANSWERS)


def functions(code: str | bytes) -> Iterator[str]:
    """What each function of a text does, without its name and its docstring."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef):
            described = ast.get_docstring(node) is not None
            yield "\n".join(ast.unparse(line) for line in node.body[described:])


def test_none_of_the_kits_wheels_holds_an_answer() -> None:
    """No form and no evidence, and no function that is a solution's."""
    files = engine_files()
    for facts in catalogue.assignments(catalogue.KIT):
        files |= exercise_files(facts)
    assert [name for name in files if is_answer(name)] == []
    held = {each for name, content in files.items() if name.endswith(".py") for each in functions(content)}
    answers = 0
    for path in (ROOT / "solutions").glob("*/*.ipynb"):
        for each in nbformat.read(path, as_version=4).cells:
            if each.cell_type == "code" and each.metadata.get("nbgrader", {}).get("solution"):
                for answer in functions(each.source):
                    answers += 1
                    assert answer not in held, f"{path.stem}: {answer}"
    assert answers > 50


def test_the_same_release_is_the_same_zip(home: Path, tmp_path: Path) -> None:
    assert in_small_course("release", NAME, "--to", tmp_path / "again.zip").status == 0
    assert (tmp_path / "again.zip").read_bytes() == (home / "one.zip").read_bytes()


# -- what students are told


def test_pip_and_conda_are_told_the_same_versions(home: Path) -> None:
    lines = (home / NAME / "requirements.txt").read_text().splitlines()
    wanted = [line for line in lines if not line.startswith("#")]
    environment = yaml.safe_load((home / NAME / "environment.yml").read_text())
    python, pip, by_pip = environment["dependencies"]
    assert (environment["name"], python, pip) == (NAME, f"python=3.{sys.version_info.minor}", "pip")
    assert by_pip["pip"] == wanted
    wheels = [f"./{path.name}" for path in (home / NAME).glob("*.whl")]
    assert sorted(wanted[:2]) == sorted(wheels)
    assert "mxnet==1.9.1" in wanted
    names = {line.partition("==")[0] for line in wanted}
    assert names >= {"jupyterlab", "ipykernel", "matplotlib", "numpy", "pytest"}
    assert not names & set(NOT_STUDENTS)


def test_a_page_says_how_to_start(home: Path) -> None:
    page = BeautifulSoup((home / NAME / "start.html").read_text(), "html.parser")
    assert page.h1 is not None
    assert page.h1.text == "First steps: how to start"
    commands = "\n".join(block.text for block in page.find_all("pre"))
    for command in ("python -m pip install -r requirements.txt", "conda env create -f environment.yml",
                    f"jupyter lab {NAME}.ipynb"):  # fmt: skip
        assert command in commands
    for system in ("Linux", "Intel Mac", "Windows", "Apple silicon"):
        assert system in page.text


# -- at home


def test_check_needs_neither_linux_nor_what_instructors_install(python: Path, tmp_path: Path) -> None:
    (tmp_path / "homework.py").write_text(SCRIPT)
    said = at_home(python, "homework.py", cwd=tmp_path)
    assert "This is what you get when the minus before X is forgotten" in said
    assert "linreg: 3 of 3 checks passed" in said
    assert Path(said.splitlines()[-1]).is_relative_to(python.parents[1])


EXECUTE = """
import sys, nbformat, nbclient
notebook = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[1])
"""


def test_check_says_at_home_what_grading_finds(home: Path, python: Path) -> None:
    """A student writes the functions, one of them wrong, runs the notebook from the top, and hands it in."""
    path = home / NAME / f"{NAME}.ipynb"
    notebook, solution = nbformat.read(path, as_version=4), SMALL.solution("np")
    for name in SMALL.exercises:
        cell(notebook, name).source = SQUARES if name == "double" else cell(solution, name).source
    write(notebook, path)
    at_home(python, "-c", EXECUTE, path.name, cwd=path.parent)
    run = nbformat.read(path, as_version=4)
    told = {name: str(cell(run, f"check-{name}").outputs) for name in SMALL.exercises}
    (report,) = in_small_course("grade", path, "--format", "json", "--seed", "1").reports
    for exercise in report["exercises"]:
        for check in exercise["checks"]:
            if not check["hidden"]:
                sign = "✓" if check["outcome"] == "passed" else "✗"
                assert f"{sign} {check['title']}" in told[exercise["name"]]
    assert "This is what you get when each entry is multiplied by itself" in told["double"]
    outcomes = {exercise["name"]: exercise["outcome"] for exercise in report["exercises"]}
    assert outcomes == {name: "failed" if name == "double" else "passed" for name in SMALL.exercises}


# -- a course of one's own


@pytest.fixture
def own_course(tmp_path: Path) -> Course:
    """A copy of the small course, to be spoilt."""
    shutil.copytree(SMALL.root, tmp_path / "course")
    return Course(tmp_path / "course")


def test_what_a_courses_exercises_share_goes_along_without_forms(own_course: Course, tmp_path: Path) -> None:
    exercises = own_course.root / "exercises"
    double = exercises / "first_steps" / "double" / "exercise.py"
    double.write_text(double.read_text() + "\n\nfrom ...shared.twice import TWICE  # noqa\n")
    (double.parent / "forms.py").write_text("#: right doubles\ndef double(X):\n    return 2 * X\n")
    (exercises / "shared").mkdir()
    (exercises / "shared" / "twice.py").write_text("TWICE = 2\n")
    done = in_small_course("release", NAME, "--to", tmp_path / "out.zip", cwd=own_course.root)
    assert (done.status, done.err) == (0, "")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path)
    wheel = the_wheel(tmp_path / NAME, "softmark_student_first_steps")
    assert "course_exercises/first_steps/shared/twice.py" in entries(wheel)
    assert [name for name in entries(wheel) if is_answer(name)] == []
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    facts = catalogue.facts_of(NAME, tmp_path / "installed" / "grader" / "course_exercises" / "first_steps")
    assert facts is not None
    folder = catalogue.find(facts, "double")
    assert folder is not None
    assert folder.is_relative_to(tmp_path / "installed")
    assert vars(catalogue.module_of(catalogue.load(folder)))["TWICE"] == 2


# -- what is refused


def refused(course: Course) -> str:
    said = in_small_course("release", NAME, "--to", course.root / "out.zip", cwd=course.root).refused()
    assert not (course.root / "out.zip").exists()
    return said


def test_what_nbgrader_has_not_made_yet_is_not_given_away(own_course: Course) -> None:
    shutil.rmtree(own_course.root / "assignments" / NAME)
    assert f"make it with nbgrader generate_assignment {NAME} --force" in refused(own_course)


def test_a_release_that_holds_a_solution_is_refused(own_course: Course) -> None:
    path = own_course.root / "assignments" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell(notebook, "sigmoid").source = cell(SMALL.solution("np"), "sigmoid").source
    write(notebook, path)
    assert "holds the solution of sigmoid" in refused(own_course)


def test_a_release_older_than_its_solution_is_refused(own_course: Course) -> None:
    path = own_course.root / "assignments" / NAME / f"{NAME}.ipynb"
    released = json.loads(path.read_text())
    released["cells"] = [each for each in released["cells"]
                         if each["metadata"].get("nbgrader", {}).get("grade_id") != "check-sigmoid"]  # fmt: skip
    path.write_text(json.dumps(released))
    assert "lacks the cell check-sigmoid of the solution" in refused(own_course)


def test_an_exercise_that_needs_the_judge_is_refused(own_course: Course) -> None:
    exercise = own_course.root / "exercises" / "first_steps" / "double" / "exercise.py"
    exercise.write_text(exercise.read_text() + "\n\nfrom grader.judging import session\n")
    assert "imports grader/judging/session.py, which students do not have" in refused(own_course)


def test_a_notebook_that_needs_what_is_not_installed_is_refused(own_course: Course) -> None:
    path = own_course.root / "assignments" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("%matplotlib inline\nimport no_such_thing.at_all"))
    write(notebook, path)
    assert "no_such_thing is imported and not installed here" in refused(own_course)
