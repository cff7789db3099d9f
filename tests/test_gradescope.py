"""The zip for Gradescope, unpacked and run as Gradescope does, on what students hand in there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.checking.outcomes import DIAGNOSIS
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import NoSandbox
from tests.command import Finished, embedded_data
from tests.command import in_small_course as grader
from tests.notebooks import SMALL, write

NAME = SMALL["np"]

# "Autograder Specifications", "Output format"; what is optional there and of no use here is left out.
RESULTS = {
    "score": float, "output": str, "execution_time": float, "output_format": str, "visibility": str,
    "stdout_visibility": str, "tests": list,
}  # fmt: skip
TEST = {
    "number": str, "name": str, "status": str, "output": str, "tags": list, "score": float, "max_score": float,
    "output_format": str, "name_format": str, "visibility": str,
}  # fmt: skip
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}

# Wrong for large numbers alone, which only the grader tries.
QUOTIENT = "def sigmoid(X):\n    return np.exp(X) / (1 + np.exp(X))"


@dataclass(frozen=True)
class Run:
    """One run of run_autograder: what students see, and what is printed for the instructor."""

    results: dict[str, Any]
    printed: str

    @property
    def shown(self) -> str:
        """All that a student can read."""
        return json.dumps(self.results, ensure_ascii=False)


@dataclass(frozen=True)
class Autograder:
    """What Gradescope makes of the zip: /autograder, here in a folder of the tests'."""

    root: Path
    path: str

    def __call__(self, files: Mapping[str, Any], **environment: str) -> Run:
        """Hand in `files`, notebooks or text by name, and run."""
        submission, results = self.root / "submission", self.root / "results"
        for folder in (submission, results):
            shutil.rmtree(folder, ignore_errors=True)
        submission.mkdir()
        for name, content in files.items():
            if isinstance(content, str):
                (submission / name).parent.mkdir(parents=True, exist_ok=True)
                (submission / name).write_text(content)
            else:
                write(content, submission / name)
        done = subprocess.run(
            [self.root / "run_autograder"], cwd=submission, capture_output=True, text=True, check=False, timeout=120,
            env={
                "PATH": self.path, "AUTOGRADER_ROOT": str(self.root), "AUTOGRADER_PYTHON": sys.executable,
                **embedded_data(), **environment,
            },
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert [path.name for path in results.iterdir()] == ["results.json"]
        return Run(json.loads((results / "results.json").read_text()), done.stdout)


def make_zip(*args: str | Path) -> Finished:
    return grader("gradescope", *args)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    path = tmp_path_factory.mktemp("zip") / "autograder.zip"
    done = make_zip(NAME, "--to", path)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"{path}: an autograder worth 19 points")
    assert "The written answers, worth 4 more, are for a person" in done.out
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def autograder(archive: zipfile.ZipFile) -> Iterator[Autograder]:
    # Not below pytest's folder, into which the sandbox's own user may not look.
    root = Path(tempfile.mkdtemp(prefix="softmark-autograder-"))
    root.chmod(0o755)
    for entry in archive.infolist():
        path = Path(archive.extract(entry, root / "source"))
        path.chmod(entry.external_attr >> 16)
    shutil.copy(root / "source" / "run_autograder", root)
    yield Autograder(root, _path_without_bubblewrap(root / "bin"))
    shutil.rmtree(root)


def _path_without_bubblewrap(folder: Path) -> str:
    """Gradescope's containers refuse user namespaces, so that Landlock has to do; as usual where there is none."""
    try:
        find_confinement(("landlock",))
    except NoSandbox:
        return os.environ["PATH"]
    folder.mkdir()
    for tool in ("bash", "env", "mkdir", "mv", "chmod", "rm", "timeout"):
        found = shutil.which(tool)
        assert found is not None, tool
        (folder / tool).symlink_to(found)
    return str(folder)


@pytest.fixture(scope="module")
def solved(autograder: Autograder) -> Run:
    return autograder({"My homework (final).ipynb": SMALL.solution("np")})


def exercise(run: Run, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(test for test in run.results["tests"] if test["name"] == name)
    return found


# -- the zip


def test_the_zip_has_what_gradescope_and_the_kit_need_and_no_more(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    assert {"setup.sh", "run_autograder", "grader/cli/common.py", "grader/data/fashion_mnist_small.npz",
            "pyproject.toml", "README.md", "LICENSE", f"solutions/{NAME}/{NAME}.ipynb",
            "exercises/first_steps/double/exercise.py"} <= set(names)  # fmt: skip
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests/", "/", "."))]
    assert not [name for name in names if name.startswith("solutions/") and f"/{NAME}/" not in name]
    assert not [name for name in names if name.startswith("exercises/kinds/")], "another assignment's"
    assert "nbgrader_config.py" not in names, "a course's own may hold passwords"
    modes = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
    assert {name for name, mode in modes.items() if mode & 0o111} == {"setup.sh", "run_autograder"}
    assert all(mode & 0o444 == 0o444 for mode in modes.values())


@pytest.mark.parametrize("script", ["setup.sh", "run_autograder"])
def test_the_scripts_are_bash(archive: zipfile.ZipFile, script: str) -> None:
    text = archive.read(script)
    assert text.startswith(b"#!/usr/bin/env bash\n")
    assert b"\r" not in text
    subprocess.run(["bash", "-n"], input=text, check=True)


def test_the_setup_finds_the_data_and_a_sandbox(archive: zipfile.ZipFile, autograder: Autograder) -> None:
    """That is its last part; the others install packages."""
    code = archive.read("setup.sh").decode().partition("<<'PYTHON'\n")[2].partition("\nPYTHON\n")[0]
    code = f"import sys\nsys.path.insert(0, sys.argv[1])\n{code}"
    environment = {"PATH": autograder.path, "SOFTMARK_SECRET_FILE": str(autograder.root / "secret"), **embedded_data()}
    done = subprocess.run([sys.executable, "-I", "-c", code, autograder.root / "source"], env=environment,
                          cwd=autograder.root, capture_output=True, text=True, check=False)  # fmt: skip
    assert re.match(r"setup\.sh: ready\. Data: fashion-mnist .*\. Sandbox: \w+\n", done.stdout), done
    assert (autograder.root / "secret").exists()


def test_what_stands_in_the_way_of_a_zip_is_said(tmp_path: Path) -> None:
    assert "this course has no assignment 'sigmoid'; it has first-steps" in make_zip("sigmoid").refused()
    target = tmp_path / "no" / "such.zip"
    assert "No such file or directory" in make_zip(NAME, "--to", target).refused()


# -- one submission


def test_a_right_solution_of_any_name_gets_full_marks(solved: Run) -> None:
    assert solved.results["score"] == 19
    assert [test["name"] for test in solved.results["tests"]] == list(SMALL.exercises)
    assert {test["status"] for test in solved.results["tests"]} == {"passed"}
    assert "19 of 19 points" in solved.results["output"]


def test_the_document_is_as_gradescope_documents_it(solved: Run) -> None:
    results = solved.results
    assert list(results) == list(RESULTS)
    for record, fields in [(results, RESULTS), *[(test, TEST) for test in results["tests"]]]:
        assert list(record) == list(fields)
        for name, kind in fields.items():
            assert isinstance(record[name], kind), (name, record[name])
            assert not name.endswith("format") or record[name] in FORMATS
            assert not name.endswith("visibility") or record[name] in VISIBILITIES
    assert {test["status"] for test in results["tests"]} <= {"passed", "failed"}
    assert sum(test["score"] for test in results["tests"]) == results["score"]
    assert sum(test["max_score"] for test in results["tests"]) == 19
    assert results["stdout_visibility"] == "hidden"


@pytest.fixture(scope="module")
def stub(autograder: Autograder) -> Run:
    """A folder full of things beside the notebook, which is as it was released."""
    touch = f"open({str(autograder.root / 'imported')!r}, 'w')"
    modules = ("grader/__init__.py", "sitecustomize.py", "numpy.py", "json.py", "nbgrader_config.py", "conftest.py")
    others = ("notes.ipynb", ".ipynb_checkpoints/x-checkpoint.ipynb", "__MACOSX/._x.ipynb")
    files = {**dict.fromkeys(modules, touch), **dict.fromkeys(others, "{}")}
    return autograder({**files, f"hw/{NAME}.ipynb": SMALL.released("np")})


def test_a_stub_gets_nothing_and_is_told_so(stub: Run) -> None:
    assert stub.results["score"] == 0
    assert {test["output"].partition(". ")[2] for test in stub.results["tests"]} == {"The function is not written yet."}


def test_of_several_notebooks_the_one_with_the_assignments_name_counts(stub: Run) -> None:
    assert len(stub.results["tests"]) == len(SMALL.exercises)


def test_files_that_are_handed_in_along_with_the_notebook_are_never_imported(stub: Run, autograder: Autograder) -> None:
    assert "tests" in stub.results
    assert not (autograder.root / "imported").exists()


@pytest.fixture(scope="module")
def naive(autograder: Autograder) -> Run:
    return autograder(
        {
            f"{NAME}.ipynb": SMALL.with_cells(
                "np",
                sigmoid=QUOTIENT,
                double="def double(X):\n    return 0 * X",
                scale="def scale(params, factor):\n    pass",
            )
        }
    )


def test_a_student_reads_what_is_wrong_and_a_hint(naive: Run) -> None:
    wrong = exercise(naive, "double")
    assert wrong["status"] == "failed"
    assert wrong["score"] < wrong["max_score"]
    for words in ("returned: ", "expected:", "Hint:", "(0 of 1)"):
        assert words in wrong["output"]


def test_a_student_reads_nothing_of_what_only_the_grader_knows(naive: Run, tmp_path: Path) -> None:
    """Neither the inputs of hidden checks, nor the seed, nor the notes; the instructor finds all of it."""
    seed = re.search(r"seed (\d+)", naive.printed)
    assert seed is not None
    assert seed[1] not in naive.shown
    path = write(SMALL.with_cells("np", sigmoid=QUOTIENT), tmp_path / "again.ipynb")
    again = ("grade", path, "--format", "json", "--only", "sigmoid", "--seed", seed[1])
    (report,) = grader(*again, environment=embedded_data()).reports
    secret = [check for check in report["exercises"][0]["checks"] if check["hidden"] and check["outcome"] == "failed"]
    assert secret
    for check in secret:
        _, *facts = check["message"].partition(DIAGNOSIS)[0].splitlines()
        assert facts
        assert check["title"] in naive.shown
        assert not [line for line in facts if line.strip() in naive.shown]
        assert not [line for line in facts if line.strip() not in naive.printed]
    note = "descend was graded with the solution's scale in place of the submission's"
    assert f"note: {note}" in naive.printed
    assert note not in naive.shown


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "it holds no notebook: hand in the .ipynb file"),
        ({"hw.py": "print()"}, "it holds no notebook: hand in the .ipynb file"),
        ({"hw.ipynb": "Dear teacher, my dog ate it."}, "hw.ipynb is not a notebook"),
        ({"a.ipynb": "{}", "b/c.ipynb": "{}"}, f"it holds 2 notebooks (a.ipynb, b/c.ipynb): hand in one, {NAME}.ipynb"),
        ({"hw.ipynb": SMALL.released("nd")}, f"hw.ipynb is a notebook of the assignment {NAME}-nd, not of {NAME}"),
    ],
)
def test_what_cannot_be_graded_scores_0_and_says_why(autograder: Autograder, files: dict[str, Any], says: str) -> None:
    run = autograder(files)
    assert run.results["score"] == 0
    assert run.results["output"].startswith(f"This submission could not be graded: {says}")
    assert str(autograder.root) not in run.shown


# -- what students try


SPY = """
import os
found = {}
def attempt(what, action):
    try:
        found[what] = repr(action())[:40]
    except OSError:
        pass
for name in ("secret", "submission", "results/results.json", f"source/grader/judge.py", "source/solutions"):
    attempt(name, lambda: (os.listdir if "." not in name and name != "secret" else open)(f"ROOT/{name}"))
for name in ("results/results.json", "results/new.json", "run_autograder", "source/grader/evil.py"):
    attempt("write " + name, lambda: open(f"ROOT/{name}", "w").write('{"score": 1000}'))
attempt("move", lambda: os.rename("ROOT/results", "ROOT/elsewhere"))
def sigmoid(X):
    raise ValueError(f"found {found}")
"""


def test_a_submission_can_neither_read_the_secret_nor_write_its_own_results(autograder: Autograder) -> None:
    secret = autograder.root / "secret"
    run = autograder({"hw.ipynb": SMALL.with_cells("np", sigmoid=SPY.replace("ROOT", str(autograder.root)))})
    assert "ValueError: found {}" in exercise(run, "sigmoid")["output"]
    assert run.results["score"] == 19 - 5
    assert secret.stat().st_mode & 0o077 == 0
    assert not (autograder.root / "source" / "grader" / "evil.py").exists()


# -- the grader's own troubles


def test_a_grader_that_breaks_leaves_results_that_say_so(autograder: Autograder) -> None:
    run = autograder({"hw.ipynb": SMALL.released("np")}, AUTOGRADER_PYTHON="/no/such/python")
    assert run.results["score"] == 0
    assert "The grader failed, which is no fault of yours" in run.results["output"]
    broken = autograder({"hw.ipynb": SMALL.released("np")}, SOFTMARK_DATA_FASHION_MNIST="/no/such/folder")
    assert broken.results == run.results
    assert "/no/such/folder" in broken.printed


def test_a_run_that_takes_too_long_leaves_results_that_say_so(autograder: Autograder) -> None:
    endless = SMALL.with_cells("np", sigmoid="def sigmoid(X):\n    while True:\n        pass")
    run = autograder({"hw.ipynb": endless}, AUTOGRADER_SECONDS="4")
    assert run.results["score"] == 0
    assert "Grading took longer than 4 seconds in all and was ended" in run.results["output"]


# -- grader grade --format gradescope


def test_grade_prints_the_same_document(tmp_path: Path) -> None:
    path = write(SMALL.solution("np"), tmp_path / "hw.ipynb")
    done = grader("grade", path, "--format", "gradescope", "--no-training", environment=embedded_data())
    results = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert list(results) == list(RESULTS)
    assert results["score"] == 13
    left_out = results["tests"][-1]
    assert (left_out["name"], left_out["output"]) == ("descend", "Left out of this run.")
    assert "max_score" not in left_out


def test_grade_prints_it_for_a_submission_that_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hw.ipynb").write_text("{")
    done = grader("grade", tmp_path / "hw.ipynb", "--format", "gradescope", environment=embedded_data())
    assert done.status == 1
    assert json.loads(done.out)["score"] == 0


def test_grade_prints_it_for_one_submission_alone(tmp_path: Path) -> None:
    for name in ("a", "b"):
        nbformat.write(SMALL.released("np"), tmp_path / f"{name}.ipynb")
    said = grader("grade", tmp_path, "--format", "gradescope", environment=embedded_data()).refused()
    assert "--format gradescope is for one submission at a time; there are 2: name one notebook" in said
