import { refuse } from "../errors";
import { BUCKET } from "./owner";
import { takesLogsOf } from "./policy";
import { ownerEnforced, setting } from "./settings";

export const LOGGING = "aws:s3/bucketLogging:BucketLogging";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
export const logging = setting(LOGGING, ({ inputs, things, caller }) => {
  const name = String(inputs.targetBucket);
  const target = things.named(BUCKET, "", name);
  if (!target) return no(`The target bucket for logging does not exist (${name})`);
  if (target.account !== caller.account) {
    no(`The owner for the bucket to be logged and the target bucket must be the same (${name})`);
  }
  const source = things.named(BUCKET, "", String(inputs.bucket));
  if (source?.properties.bucketRegion !== target.properties.bucketRegion) {
    refuse(
      403,
      "CrossLocationLoggingProhibitted",
      `Cross S3 location logging not allowed: ${String(inputs.bucket)} and ${name} are in different regions`,
    );
  }
  if (!ownerEnforced(things, name)) return;
  if (inputs.targetGrants !== undefined) {
    no(
      "The target bucket for logging has bucket owner enforced object ownership and does not support grants",
    );
  }
  // S3 itself accepts the setting and then silently delivers nothing; a rehearsal reports it.
  if (!takesLogsOf(things, name, { bucket: String(inputs.bucket), account: caller.account })) {
    no(
      `the policy of ${name} does not let logging.s3.amazonaws.com put the logs of ${String(inputs.bucket)} there`,
    );
  }
});

function no(why: string): never {
  return refuse(400, "InvalidTargetBucketForLogging", why);
}
