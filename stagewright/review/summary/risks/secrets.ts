import type { ByType } from "../../../resources/types";
import { listed } from "../../../text/words";
import type { Change, ValueChange } from "../../change/change";
import type { Finder, Occasion, Risk } from "./risk";

/** The secrets that change: their names, never their values. */
export const secretRisks: Finder = (occasion) =>
  occasion.changes.flatMap((change) => [...drawn(change), ...places(change), ...held(change, occasion)]);

// Values that the engine or a vendor generates: a recreated resource is a new secret.
const DRAWN: ByType<string> = {
  "random:index/randomPassword:RandomPassword": "generated secret",
  "aws:iam/accessKey:AccessKey": "access key",
  "sentry:index/sentryKey:SentryKey": "DSN",
  "tls:index/privateKey:PrivateKey": "private key",
};

function drawn({ type, operation, name }: Change): Risk[] {
  const what = DRAWN[type];
  if (what === undefined) return [];
  switch (operation) {
    case "replace":
      return [
        risk(
          "warning",
          `The ${what} ${name} is drawn anew: whatever was signed or opened with the old one no longer is.`,
        ),
      ];
    case "delete":
      return [risk("warning", `The ${what} ${name} is deleted.`)];
    case "create":
      return [risk("notice", `The ${what} ${name} is drawn.`)];
    default:
      return [];
  }
}

// Resources that set one secret in one place, such as a secret of GitHub Actions.
function places({ type, before, after, operation, values }: Change): Risk[] {
  if (!/Secret$/.test(type)) return [];
  const { secretName = "", environment, repository } = (after ?? before)?.inputs ?? {};
  const where =
    environment === undefined
      ? `repository ${String(repository)}`
      : `GitHub environment ${String(environment)}`;
  const what = `The secret ${String(secretName)} of the ${where}`;
  switch (operation) {
    case "create":
      return [risk("notice", `${what} is set.`)];
    case "delete":
      return [risk("warning", `${what} is deleted.`)];
    case "replace":
      return [
        risk("warning", `${what} is set in place of ${String(before?.inputs.secretName ?? "another")}.`),
      ];
    case "update":
      return values.length > 0 ? [risk("notice", `${what} changes.`)] : [];
    default:
      return [];
  }
}

function held({ type, operation, values, name }: Change, { secretVariables }: Occasion): Risk[] {
  if (operation !== "update" || /Secret$/.test(type)) return [];
  const secrets = values.filter(({ secret }) => secret);
  // If a part of a map is not known yet, the provider names only the map.
  const named = ({ path }: ValueChange) =>
    WHOLE_MAP.test(path) ? secretVariables : [path.replace(/^\w*(?:[Vv]ars|[Ss]ecrets)\./, "")];
  const names = (kept: (value: ValueChange) => boolean) => secrets.filter(kept).flatMap(named);
  const [added, gone, changed] = [
    names(({ before }) => before === undefined),
    names(({ after }) => after === undefined),
    names(({ before, after }) => before !== undefined && after !== undefined),
  ];
  return [
    ...(added.length > 0 ? [risk("notice", `${name} gets the ${secretWord(added)} ${listed(added)}.`)] : []),
    ...(gone.length > 0 ? [risk("warning", `${name} loses the ${secretWord(gone)} ${listed(gone)}.`)] : []),
    ...(changed.length > 0
      ? [
          risk(
            "notice",
            `The ${secretWord(changed)} ${listed(changed)} of ${name} ${changed.length === 1 ? "changes" : "change"}.`,
          ),
        ]
      : []),
  ];
}

const WHOLE_MAP = /^\w*(?:[Vv]ars|[Ss]ecrets)$/;
const secretWord = ({ length }: readonly string[]) => (length === 1 ? "secret" : "secrets");
const risk = (level: Risk["level"], says: string): Risk => ({ kind: "secrets", level, says });
