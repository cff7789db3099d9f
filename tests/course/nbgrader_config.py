"""nbgrader's settings for this course: run any nbgrader command in this directory."""

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, Execute

from grader.nbgrader.pages import FILTERS
from grader.nbgrader.stubs import NamedStubs

c = get_config()  # type: ignore[name-defined]  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.course_id = "softmark"
c.CourseDirectory.source_directory = "solutions"  # solutions/<assignment>/<assignment>.ipynb
c.CourseDirectory.release_directory = "assignments"  # assignments/<assignment>/<assignment>.ipynb

# nbgrader's own steps, with our stub in place of its anonymous one.
c.GenerateAssignment.preprocessors = [
    NamedStubs if step is ClearSolutions else step
    for step in GenerateAssignment.class_traits()["preprocessors"].default()
]

# nbgrader's own steps, with the judge in place of a kernel of the submission's own.
_steps = {name: trait.default() for name, trait in Autograde.class_traits().items() if name.endswith("preprocessors")}
c.Autograde.exporter_class = "grader.nbgrader.preprocessors.SubmissionExporter"
c.Autograde.sanitize_preprocessors = ["grader.nbgrader.preprocessors.RestoreCells", *_steps["sanitize_preprocessors"]]
c.Autograde.autograde_preprocessors = [
    "grader.nbgrader.preprocessors.JudgeSubmission" if step is Execute else step
    for step in _steps["autograde_preprocessors"]
]

# formgrader and the feedback pages show no HTML of a student's own making: its scripts would run in your name.
c.HTMLExporter.filters = FILTERS
c.HTMLExporter.exclude_anchor_links = True

# The page that students get back says first what is right, what to try next and the points.
c.GenerateFeedback.exporter_class = "grader.nbgrader.feedback.FeedbackExporter"
