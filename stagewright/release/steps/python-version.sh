#!/usr/bin/env bash
# Looks whether the commit COMMIT asks for PYTHON, or a patch of it: its .python-version is what Heroku installs.
# https://devcenter.heroku.com/articles/python-runtimes
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/step.sh"

asked=$(git show "$COMMIT:.python-version" 2>"$work/missing" | sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' | head -n 1) ||
  fail "$COMMIT has no .python-version, and this environment runs Python $PYTHON: without one Heroku takes its newest"
[[ $asked == "$PYTHON" || $asked == "$PYTHON".* ]] ||
  fail "The .python-version of $COMMIT says '$asked', and this environment runs Python $PYTHON: change one of both"
