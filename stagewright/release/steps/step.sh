# shellcheck shell=bash
# What every step has: an error ends it, a folder that is gone afterwards, and words for GitHub's log.
set -euo pipefail
shopt -s inherit_errexit

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# line TEXT: the text on one line, so that no part of it can command the runner.
line() { tr '\r\n' '  ' <<<"$1" | sed 's/ *$//'; }

notice() { echo "::notice::$(line "$1")"; }

warn() { echo "::warning::$(line "$1")"; }

# Ends the step, with the reason where GitHub shows it first.
fail() {
  echo "::error::$(line "$1")" >&2
  exit 1
}

# output NAME VALUE: for the steps and jobs that follow.
output() { printf '%s=%s\n' "$1" "$(line "$2")" >>"$GITHUB_OUTPUT"; }

# summary TEXT: a paragraph on the run's page.
summary() { printf '%s\n\n' "$1" >>"$GITHUB_STEP_SUMMARY"; }

# unwatched COMMAND...: runs it with its output shown and powerless: no line of it may command the runner.
unwatched() {
  local stop code=0
  stop=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$stop"
  "$@" || code=$?
  echo
  echo "::$stop::"
  return "$code"
}
