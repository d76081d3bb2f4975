#!/usr/bin/env bash
# Assumes the AWS role ROLE as this job, by OpenID Connect, for the steps that follow; no key is kept anywhere.
# shellcheck source=stagewright/release/steps/aws.sh
source "${BASH_SOURCE%/*}/../../stagewright/release/steps/aws.sh"

assume "${ROLE:-}"
for pair in $aws_credentials; do
  name=${pair%%:*}
  printf '%s=%s\n' "$name" "${!name}" >>"$GITHUB_ENV"
done
