import type { Rule } from "../rule";
import { bucketPublic, bucketTls } from "./buckets";
import { dataProtected } from "./data-protected";
import { deploysLimited, deploysReviewed } from "./deploys";
import { githubRights, leastPrivilege } from "./rights";
import { configSecrets, secretsMarked } from "./secrets";
import { budget, productionSizes } from "./sizes";
import { tags } from "./tags";
import { connectionTls, hostTls, portsClosed } from "./transport";
import { actionsPinned, versionsPinned } from "./versions";

/** Every rule of the pack, in the order in which they are told. */
export const rules: readonly Rule[] = [
  dataProtected,
  bucketPublic,
  bucketTls,
  hostTls,
  connectionTls,
  portsClosed,
  leastPrivilege,
  githubRights,
  secretsMarked,
  configSecrets,
  productionSizes,
  budget,
  tags,
  versionsPinned,
  actionsPinned,
  deploysLimited,
  deploysReviewed,
];
