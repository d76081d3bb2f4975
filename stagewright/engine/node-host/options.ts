import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";

/**
 * The `runtime.options` of a `Pulumi.yaml`, `PulumiPlugin.yaml` or `PulumiPolicy.yaml` that this
 * host supports.
 */
export interface RuntimeOptions {
  /** Whether `@pulumi/pulumi` compiles TypeScript itself (with ts-node); default: true. */
  typescript: boolean;
  /** Arguments for Node itself, before the program; default: none. */
  nodeargs: string[];
}

/** Reads the options that the engine sends with a program. */
export function runtimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
  const { typescript, nodeargs } = info?.getOptions()?.toJavaScript() ?? {};
  return {
    typescript: typescript !== false && typescript !== "false",
    nodeargs: typeof nodeargs === "string" ? words(nodeargs) : [],
  };
}

/**
 * Splits a line into words like a shell: blanks separate words, quotes join them, and a backslash
 * escapes the next character.
 */
export function words(line: string): string[] {
  const found = line.match(/(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\])+/gs) ?? [];
  return found.map((word) =>
    word.replace(
      /\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'/gs,
      (_, escaped, double, single) => escaped ?? single ?? String(double).replace(/\\(["\\])/g, "$1"),
    ),
  );
}
