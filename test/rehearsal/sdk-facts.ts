import { readFileSync } from "node:fs";
import path from "node:path";
import type { Facts } from "../../stagewright/rehearsal/vendor";

/**
 * What an npm SDK of Pulumi says of one resource type; it does not say what forces a replacement.
 */
export type SdkFacts = Omit<Facts, "replaces">;

/**
 * Reads the generated files of a type, `aws:s3/bucket:Bucket` from
 * `@pulumi/aws/s3/bucket.{d.ts,js}`: the interface of its arguments, the interface of its state,
 * and the outputs that the constructor marks as secret. Lists are sorted.
 */
export function sdkFacts(type: string): SdkFacts {
  const [pkg = "", file = "", name = ""] = type.split(":");
  const stem = path.join(__dirname, "../../node_modules/@pulumi", pkg, file.replace(/^index\//, ""));
  const declarations = readFileSync(`${stem}.d.ts`, "utf8");
  const program = readFileSync(`${stem}.js`, "utf8");
  const inputs = membersOf(declarations, `${name}Args`);
  const outputs = membersOf(declarations, `${name}State`);
  const marked = /additionalSecretOutputs: (\[[^\]]*\])/.exec(program)?.[1] ?? "[]";
  return {
    required: inputs.filter(({ optional }) => !optional).map(nameOf),
    optional: inputs.filter(({ optional }) => optional).map(nameOf),
    computed: outputs.map(nameOf).filter((output) => !inputs.map(nameOf).includes(output)),
    secrets: (JSON.parse(marked) as string[]).sort(),
  };
}

interface Member {
  name: string;
  optional: boolean;
}

const nameOf = ({ name }: Member) => name;

function membersOf(declarations: string, name: string): Member[] {
  const body = new RegExp(`^export interface ${name} \\{\\n(.*?)^\\}`, "ms").exec(declarations)?.[1];
  if (body === undefined) throw new Error(`no interface ${name}`);
  return [...body.matchAll(/^ {4}(\w+)(\??): /gm)]
    .map(([, member = "", mark]) => ({ name: member, optional: mark === "?" }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
