#!/usr/bin/env bash
# Makes the shell line of PROGRAM with the typed ARGUMENTS. The vendor hands it to a shell, in which nothing that was typed may be more
# than an argument: each is taken apart as a shell would, without running anything, and quoted again. Where the arguments had to be
# typed twice, ARGUMENTS_AGAIN are the second ones.
# shellcheck source=stagewright/release/steps/step.sh
source "${BASH_SOURCE%/*}/../../steps/step.sh"

[[ $ARGUMENTS != *[[:cntrl:]]* ]] || fail "The arguments hold a line break or another control character"
if [ -n "${ARGUMENTS_AGAIN+stated}" ]; then
  [ "$ARGUMENTS_AGAIN" = "$ARGUMENTS" ] || fail "Not confirmed: the arguments were not typed the same twice"
fi
words=$(python3 -c '
import shlex, sys
try:
    print(shlex.join(shlex.split(sys.argv[1])))
except ValueError as error:
    sys.exit(str(error))
' "$ARGUMENTS") || fail "The arguments have a quote that is not closed"
command=$PROGRAM${words:+ $words}
output command "$command"
output arguments "$words"
summary "$SAYS: \`${command//\`/ }\`"
