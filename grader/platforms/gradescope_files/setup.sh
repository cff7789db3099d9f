#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image. Ubuntu 22.04 and later, or Debian 12.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
export SOFTMARK_SECRET_FILE=$root/secret XDG_CACHE_HOME=$root/cache
export DEBIAN_FRONTEND=noninteractive

apt-get update -q
install() { apt-get install -yq --no-install-recommends "$@"; }

python=
for version in 3.12 3.11; do
    # The virtual environment's package comes first: where there is none, this Python is of no use here.
    if apt-get install --simulate -q "python$version-venv" >/dev/null 2>&1 && install "python$version-venv" "python$version"; then
        python=python$version
        break
    fi
done
if [ -z "$python" ]; then
    echo "setup.sh: this base image has neither Python 3.12 nor 3.11: choose Ubuntu 22.04 or later" >&2
    exit 1
fi

install libgomp1 libquadmath0 libseccomp2
install bubblewrap || echo "setup.sh: no bubblewrap; Landlock will serve"
install dataset-fashion-mnist || echo "setup.sh: no package with Fashion-MNIST; trying to download it"

"$python" -m venv "$root/venv"
"$root/venv/bin/pip" install --quiet --no-cache-dir --disable-pip-version-check --editable "$root/source"
rm -rf /var/lib/apt/lists/*

# What every run needs, made once: the data, verified, and the secret that the inputs are drawn from.
"$root/venv/bin/python" -I - "$root/source" <<'PYTHON'
import sys
from pathlib import Path

from grader.course.course import Course
from grader.data import load
from grader.judging import seeds
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import NoSandbox

course = Course(Path(sys.argv[1]))
(assignment,) = course.assignment_names
data = load(course.assignment(assignment).facts.data)
seeds.course_secret()
try:
    sandbox = find_confinement()
except NoSandbox as error:
    sandbox = f"none while building the image; each submission looks again ({error})"
names = ", ".join(one.name for one in data.values()) or "none"
print(f"setup.sh: ready. Data: {names}. Sandbox: {sandbox}")
PYTHON
