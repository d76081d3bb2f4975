import type { Thing } from "../../../store";
import type { Occasion } from "../../../vendor";
import { regionOf } from "../caller";
import { refuse } from "../errors";

export const BUCKET = "aws:s3/bucket:Bucket";

/**
 * Returns a bucket by name for its owner. Refuses, like S3, a bucket that does not exist, belongs
 * to somebody else, or is in another region.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function ownBucket(occasion: Occasion, name: unknown = occasion.inputs.bucket): Thing {
  const found = occasion.things.named(BUCKET, "", String(name));
  if (!found) return refuse(404, "NoSuchBucket", `The specified bucket does not exist (${String(name)})`);
  if (found.account !== occasion.caller.account) {
    refuse(403, "AccessDenied", `Access Denied: the bucket ${found.name} is in another account`);
  }
  if (found.properties.bucketRegion !== regionOf(occasion)) {
    refuse(
      301,
      "PermanentRedirect",
      `The bucket you are attempting to access must be addressed using the specified endpoint: ${found.name} is in ${String(found.properties.bucketRegion)}`,
    );
  }
  return found;
}
