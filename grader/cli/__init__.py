"""The `grader` command; each module here adds some of its commands."""

from grader.cli import authoring, classes, grading, handing_out, machine
from grader.cli.common import app

__all__ = ["app", "authoring", "classes", "grading", "handing_out", "machine"]
