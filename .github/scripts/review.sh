#!/usr/bin/env bash
# Reviews every system of this repository and writes what would change, one file a system, into the folder OUT. No account, no secret.
# BASE: the commit to compare with. FAIL_ON: what stops the merge though it could be applied, of `danger policy cost`; default: nothing.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../../stagewright/release/steps/step.sh"

mkdir -p "$OUT"
read -ra fail_on <<<"${FAIL_ON:-}"
failed=0
for project in Pulumi.yaml systems/*/Pulumi.yaml; do
  [ -f "$project" ] || continue
  folder=$(dirname "$project")
  name=$(basename "$(realpath "$folder")")
  [ "$folder" != . ] || name=root
  code=0
  npx --no-install stagewright review --all --dir "$folder" --base "$BASE" --format markdown \
    ${fail_on[@]+--fail-on "${fail_on[@]}"} >"$OUT/$name.md" || code=$?
  cat "$OUT/$name.md" >>"$GITHUB_STEP_SUMMARY"
  # 1: the review says no, and why. Anything else that is not 0 is a failure of ours.
  [ "$code" -le 1 ] || fail "the review of $name ended with $code"
  [ "$code" = 0 ] || failed=1
done
[ "$failed" = 0 ] || fail "the review says no; the reasons are on the run's page"
