"""nbgrader's settings for this course: run any nbgrader command in this directory."""

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions

from grader.nbgrader_stub import NamedStubs

c = get_config()  # type: ignore[name-defined]  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.course_id = "softmark"
c.CourseDirectory.source_directory = "solutions"  # solutions/<assignment>/<assignment>.ipynb
c.CourseDirectory.release_directory = "assignments"  # assignments/<assignment>/<assignment>.ipynb

# nbgrader's own steps, with our stub in place of its anonymous one.
c.GenerateAssignment.preprocessors = [
    NamedStubs if step is ClearSolutions else step
    for step in GenerateAssignment.class_traits()["preprocessors"].default()
]
