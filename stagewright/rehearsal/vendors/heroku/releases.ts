import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Properties } from "../../../../providers/protocol/provider";
import { dynoSizes, dynoTier, herokuStacks } from "../../../environment/vendors/heroku";
import type { ByType } from "../../../resources/types";
import type { Things } from "../../store";
import { digits, type Kind, uuid } from "../../vendor";
import { error, findApp, ofApp, refuse, texts } from "./api";
import { facts } from "./facts";

const SLUG = "heroku:slug/slug:Slug";
const FORMATION = "heroku:formation/formation:Formation";

/**
 * The type of an app's current code. The vendor keeps it even though the provider only forgets
 * slugs and releases and cannot delete them.
 */
export const CURRENT_RELEASE = "heroku:currentRelease";

const slug: Kind = {
  facts: facts[SLUG],
  // Heroku creates a new slug each time; its content distinguishes two slugs of an app.
  identity: ({ inputs }) => ({
    name: digits(12, JSON.stringify(Object.entries(inputs).sort())),
    scope: String(inputs.appId),
  }),
  overwrites: () => true,
  rules({ things, inputs }) {
    findApp(things, inputs.appId);
    // https://devcenter.heroku.com/articles/stack
    if (inputs.stack !== undefined && !(herokuStacks as readonly unknown[]).includes(inputs.stack))
      refuse(404, "Couldn't find that stack.");
    // The provider's own checks: exactly one of both, a file over TLS, and a readable archive that
    // can be uploaded.
    if ((inputs.filePath === undefined) === (inputs.fileUrl === undefined))
      refuse(422, "Error creating slug: requires either `file_path` or `file_url` attribute");
    if (inputs.fileUrl !== undefined && !String(inputs.fileUrl).startsWith("https://"))
      refuse(422, `"file_url" must be a secure URL, start with \`https://\`. Value is ${inputs.fileUrl}`);
    archiveOf(inputs);
  },
  defaults({ things, inputs }) {
    const archive = archiveOf(inputs);
    return {
      checksum: archive && `SHA256:${createHash("sha256").update(archive).digest("hex")}`,
      stack: findApp(things, inputs.appId).properties.stack,
    };
  },
  outputs({ things, inputs }, id) {
    const stack = String(inputs.stack ?? findApp(things, inputs.appId).properties.stack);
    return {
      blobs: [
        { method: "put", url: `https://herokuslugs.s3.amazonaws.com/heroku.com/v1/${uuid("blob", id)}` },
      ],
      size: archiveOf(inputs)?.length ?? 0,
      stackId: uuid("stack", stack),
    };
  },
  latency: { create: 3 },
};

// A slug of another app may be released:
// https://devcenter.heroku.com/articles/platform-api-copying-slugs
const release: Kind = {
  facts: facts["heroku:app/release:Release"],
  identity: ({ inputs, urn }) => ({ name: `${inputs.slugId} ${urn}`, scope: String(inputs.appId) }),
  alike: ["appId", "slugId"],
  overwrites: () => true,
  rules({ things, inputs }) {
    findApp(things, inputs.appId);
    if (!things.get(SLUG, String(inputs.slugId))) refuse(404, "Couldn't find that slug.");
  },
  // The provider's rule: a release cannot be changed.
  refuses: (before, after) =>
    after.description === undefined || after.description === before.description
      ? undefined
      : {
          says: error(422, "you cannot update an existing release's description."),
          instead: "Please create a new release instead.",
        },
  defaults: ({ inputs }) => ({ description: `Deploy ${String(inputs.slugId).slice(0, 8)}` }),
  after(things, event, { account, properties }) {
    if (event !== "create") return;
    const { appId, slugId } = properties;
    setCurrentRelease(things, String(appId), account, {
      slugId,
      processTypes: things.get(SLUG, String(slugId))?.properties.processTypes,
    });
  },
  latency: { create: 4 },
};

const formation: Kind = {
  facts: facts[FORMATION],
  identity: ({ inputs }) => ({ name: String(inputs.type), scope: String(inputs.appId) }),
  // A formation exists from the release on; the provider only sets it.
  overwrites: () => true,
  rules({ things, inputs }, existing) {
    const { id } = findApp(things, inputs.appId);
    const [size, quantity] = [String(inputs.size).toLowerCase(), Number(inputs.quantity)];
    // https://devcenter.heroku.com/articles/platform-api-reference#formation
    if (!(String(inputs.type) in currentProcessTypes(things, id)))
      refuse(404, `Couldn't find that process type (${inputs.type}).`);
    // https://devcenter.heroku.com/articles/dyno-types
    if (!(dynoSizes as readonly string[]).includes(size))
      refuse(422, `No such size as ${inputs.size}. Available dyno sizes are ${dynoSizes.join(", ")}.`);
    if (!Number.isInteger(quantity) || quantity < 0)
      refuse(422, `Quantity ${inputs.quantity} is not a number of dynos.`);
    // https://devcenter.heroku.com/articles/dynos: eco and basic dynos do not scale horizontally
    if (quantity > 1 && dynoTier(size) !== "professional")
      refuse(422, `Cannot scale ${inputs.type} to ${quantity}: ${size} dynos run once per process type.`);
    // https://devcenter.heroku.com/articles/dyno-types. A change of one formation may be a step in
    // moving all of them to another tier.
    const other = existing
      ? undefined
      : ofApp(things, FORMATION, id).find(
          ({ name, properties }) =>
            name !== inputs.type && dynoTier(String(properties.size).toLowerCase()) !== dynoTier(size),
        );
    if (other)
      refuse(
        422,
        `Cannot use the following dyno types in the same app: ${other.properties.size} and ${size}.`,
      );
  },
  latency: { create: 2, update: 2, delete: 0 },
};

/** The code and the dynos of an app. */
export const releaseKinds: ByType<Kind> = {
  [SLUG]: slug,
  "heroku:app/release:Release": release,
  [FORMATION]: formation,
};

/** Returns the commands of an app's current release by process type; empty before the first. */
function currentProcessTypes(things: Things, appId: string): Record<string, string> {
  const current = things.get(CURRENT_RELEASE, appId);
  return current ? texts(current.properties, "processTypes") : {};
}

/** Makes a slug the app's current code, as every release does. */
function setCurrentRelease(things: Things, appId: string, account: string, release: Properties): void {
  const properties = { appId, ...release };
  things.put({
    type: CURRENT_RELEASE,
    id: appId,
    account,
    scope: "",
    name: appId,
    properties,
    written: properties,
  });
}

// Reads the archive where the provider runs, relative to the project's folder. `undefined` for one
// that Heroku's provider would download.
function archiveOf({ filePath }: Properties): Buffer | undefined {
  if (filePath === undefined) return undefined;
  let archive: Buffer;
  try {
    archive = readFileSync(String(filePath));
  } catch {
    return refuse(422, `Error opening slug file_path: open ${filePath}: no such file or directory`);
  }
  // https://devcenter.heroku.com/articles/platform-api-deploying-slugs: gzip-compressed tar
  if (archive[0] !== 0x1f || archive[1] !== 0x8b)
    refuse(422, `The slug ${filePath} is not a gzip-compressed tar archive.`);
  return archive;
}
