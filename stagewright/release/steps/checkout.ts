import { action } from "../actions";
import { noted } from "../document";
import type { PlainStep } from "../jobs/job";

/** Checks a commit out, with its files alone. */
export function checkout(commit: string): PlainStep {
  return {
    step: {
      name: "Check out the commit",
      uses: action("actions/checkout"),
      with: {
        ref: noted("The pinned one, whatever its branch or tag points at by now.", commit),
        "persist-credentials": false,
      },
    },
    permissions: { contents: { access: "read", why: "to check the commit out" } },
  };
}
