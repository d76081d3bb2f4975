import { withSchemas } from "../../schema";
import type { Vendor } from "../../vendor";
import { caller } from "./caller";
import { roles } from "./iam/roles";
import { users } from "./iam/users";
import { kms } from "./kms";
import { members } from "./members";
import { getZone, record } from "./route53";
import { bucket } from "./s3/bucket";
import { LIFECYCLE, lifecycle } from "./s3/lifecycle";
import { LOGGING, logging } from "./s3/logging";
import { OBJECT, object } from "./s3/object";
import { BUCKET } from "./s3/owner";
import { POLICY, policy } from "./s3/policy";
import { settings } from "./s3/settings";
import { schemas } from "./schema";

export { seedZone } from "./route53";

/** Amazon Web Services: S3, IAM, KMS and Route 53. An account is one of its 12-digit ids. */
export const aws: Vendor = {
  name: "aws",
  version: "7.48.0",
  caller,
  // The provider adds its own region to regional resources that set none, so that a change of the
  // provider's region moves them. Global ones (IAM, Route 53) have no such input.
  // https://github.com/pulumi/pulumi-aws/blob/master/provider/region.go
  fills: ({ optional }, { config: { region } }) => (optional.includes("region") ? { region } : {}),
  kinds: withSchemas(
    {
      [BUCKET]: bucket,
      ...settings,
      [POLICY]: policy,
      [LIFECYCLE]: lifecycle,
      [LOGGING]: logging,
      [OBJECT]: object,
      ...users,
      ...roles,
      ...kms,
      "aws:route53/record:Record": record,
    },
    schemas,
    members,
  ),
  functions: {
    "aws:route53/getZone:getZone": getZone,
    "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({
      accountId: account,
      arn: `arn:aws:iam::${account}:root`,
      id: account,
      userId: account,
    }),
  },
};
