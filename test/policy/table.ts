import { rules } from "../../stagewright/policy/rules";

/** The rules as `docs/policy.md` lists them. */
export function rulesTable(): string {
  const rows = rules.map(({ name, severity, title, because, fix, source }) =>
    [
      `\`${name}\``,
      severity,
      title,
      because,
      fix,
      /^https:/.test(source) ? `[source](${source})` : `[source](${source.replace(/^docs\//, "")})`,
    ]
      .map((cell) => cell.replaceAll("|", "\\|"))
      .join(" | "),
  );
  return [
    "| rule | severity | what must hold | why | fix | source |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
}
