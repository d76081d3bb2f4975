import type { Change, ValueChange } from "../change/change";
import type { Review, StackReview } from "../summary/model";

/** Version of the format below; a higher one may lack fields that a lower one has. */
const SHAPE = 1;

/**
 * Formats a review for programs, as one line of JSON without the values of secrets. Characters that
 * could act in a terminal or a log are escaped as JSON escapes, so that a reader gets every value
 * unchanged. `docs/review.md` describes the format.
 */
export function reviewJson({ system, base, packages, stacks }: Review): string {
  return jsonLine({ shape: SHAPE, system, base, packages, stacks: stacks.map(stackJson) });
}

/** Formats the drift of a stack for programs in the same way. */
export function driftJson(system: string, stack: StackReview): string {
  return jsonLine({ shape: SHAPE, system, ...stackJson(stack) });
}

function jsonLine(shape: object): string {
  return JSON.stringify(shape).replace(ACTING, escaped);
}

function stackJson(stack: StackReview): object {
  const { policy, changes, ...rest } = stack;
  return {
    ...rest,
    policy: policy && {
      added: policy.added.map(({ name, severity, says, resource }) => ({
        rule: name,
        severity,
        says,
        resource: resource?.urn,
      })),
      gone: policy.gone.map(({ name, severity, says, resource }) => ({
        rule: name,
        severity,
        says,
        resource: resource?.urn,
      })),
      standing: policy.standing,
    },
    changes: changes.map(changeJson),
  };
}

function changeJson({ urn, type, name, component, operation, before, after, values }: Change): object {
  const options = (side: Change["before"]) => side && { protect: side.protect, retain: side.retain };
  return {
    urn,
    type,
    name,
    component,
    operation,
    before: options(before),
    after: options(after),
    values: values.map(valueJson),
  };
}

function valueJson({ path, before, after, secret, computed, forces }: ValueChange): object {
  if (secret) return { path, secret, forces };
  return { path, before, after: computed ? undefined : after, computed: computed || undefined, forces };
}

// JSON.stringify leaves these as they are; a GitHub runner acts on `##[` anywhere in a line.
const ACTING = /[\u007f-\u009f]|\p{Cf}|[\u2028\u2029]|(?<=##)\[/gu;

function escaped(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}
