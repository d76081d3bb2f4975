import { resourceType } from "../../stagewright/resources/types";
import type { Change } from "../../stagewright/review/change/change";
import type { Review } from "../../stagewright/review/summary/model";

/** Texts that would act if one format let them through. */
export const HOSTILE = [
  "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
  "\n::error::forged\n::add-mask::x\n##[error]forged ##[set-env name=X]y",
  "</code></li><script>alert(1)</script><img src=x onerror=alert(1)>",
  "``` `x` ```` <!-- --> **bold** [link](https://evil.example) ![i](https://evil.example/i.png) | cell |",
  "@dandi/admins @octocat #1 dandi/dandi-api#2 GH-3 deadbeefdeadbeef https://evil.example www.evil.example :tada:",
  "safe\u202Etxt.exe\u2066\u200B\u00AD\u{E0041}\u2028\u0085\u009b31m\ud800",
  "- item\n# heading\n> quote\n---\n1. one\n    code",
];

/**
 * A review in which every text that comes from outside is this one.
 * @param count how many changes it has
 */
export function hostileReview(text: string, count = 1): Review {
  const change: Change = {
    urn: `urn:pulumi:s::p::t::${text}`,
    type: resourceType(`aws:s3/${text}:${text}`),
    name: text,
    component: text,
    operation: "update",
    before: { inputs: { bucket: text }, protect: true, retain: false },
    after: { inputs: { bucket: text, name: text }, protect: false, retain: false },
    values: [
      { path: `tags.${text}`, before: text, after: `${text}2`, secret: false, computed: false, forces: true },
      {
        path: `lines.${text}`,
        before: `a\n${text}`,
        after: `b\n${text}\n${text}`,
        secret: false,
        computed: false,
        forces: false,
      },
      {
        path: `map.${text}`,
        before: { [text]: text },
        after: [text],
        secret: false,
        computed: false,
        forces: false,
      },
    ],
    alike: 0,
  };
  const item = { kind: "data", level: "danger", says: text } as const;
  return {
    system: text,
    base: { called: text, commit: text },
    packages: { named: [{ name: text, before: text, after: text }], others: 1 },
    stacks: [
      {
        stack: text,
        environment: text,
        stands: "both",
        byHand: false,
        verdict: { level: "danger", says: text },
        risks: [item],
        rules: [text],
        changes: Array.from({ length: count }, () => change),
        unchanged: 1,
        alike: 1,
        providers: [text],
        relations: [{ kind: "parity", with: text, before: [], after: [text] }],
        notes: [text],
        errors: [text],
        misconfigured: false,
        baseErrors: [text],
        live: { agreed: 1, differences: [text], errors: [text] },
      },
    ],
  };
}

/** A review of a change that changes nothing. */
export function emptyReview(): Review {
  const { stacks, ...rest } = hostileReview("staging");
  return {
    ...rest,
    packages: { named: [], others: 0 },
    stacks: stacks.map((stack) => ({
      ...stack,
      verdict: { level: "nothing", says: "Nothing changes." },
      risks: [],
      rules: [],
      changes: [],
      providers: [],
      relations: [],
      notes: [],
      errors: [],
      baseErrors: [],
      live: undefined,
    })),
  };
}
