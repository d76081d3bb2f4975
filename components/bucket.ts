import { AccessKey } from "@pulumi/aws/iam/accessKey";
import { User } from "@pulumi/aws/iam/user";
import { UserPolicy } from "@pulumi/aws/iam/userPolicy";
import type { Bucket as S3Bucket } from "@pulumi/aws/s3/bucket";
import { BucketCorsConfiguration } from "@pulumi/aws/s3/bucketCorsConfiguration";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketLogging } from "@pulumi/aws/s3/bucketLogging";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import type { input } from "@pulumi/aws/types";
import * as pulumi from "@pulumi/pulumi";
import type { BucketSpec } from "../stagewright/environment/schema/bucket";
import { appPolicy, bucketPolicy, logBucketPolicy, prefixPolicy } from "./bucket/policies";
import { type SafeBucketArgs, safeBucket } from "./bucket/safe-bucket";
import { kept } from "./protection";

type LifecycleRule = input.s3.BucketLifecycleConfigurationRule;

export interface BucketArgs {
  spec: BucketSpec;
  /** The account that the given provider works in: 12 digits. */
  accountId: string;
  /** The region that the given provider works in. */
  region: string;
  /**
   * Origins (`https://gui.example.org`) whose pages may call the bucket from a browser. Empty:
   * none.
   */
  corsOrigins: pulumi.Input<string>[];
  /**
   * The bucket, its logs and their settings cannot be deleted by mistake, and stay when the stack
   * goes.
   */
  protected: boolean;
}

/**
 * The S3 bucket of an app with everything that makes it safe, and an IAM user of the app with
 * exactly the rights that it needs on exactly this bucket, both in the account of the AWS provider
 * in `opts`. Of a shared bucket only that user is made, with rights on its part.
 */
export class Bucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly region: pulumi.Output<string>;
  readonly accessKeyId: pulumi.Output<string>;
  /** Secret. */
  readonly secretAccessKey: pulumi.Output<string>;

  readonly #args: BucketArgs;

  constructor(name: string, args: BucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("stagewright:index:Bucket", name, {}, opts);
    this.#args = args;
    const { spec } = args;

    const bucket = spec.shared ? undefined : this.#own(name);
    this.bucketName = bucket?.bucket ?? pulumi.output(spec.name);
    this.arn = bucket?.arn ?? pulumi.output(`arn:aws:s3:::${spec.name}`);
    const key = this.#user(name);
    this.region = pulumi.output(args.region);
    this.accessKeyId = key.id;
    this.secretAccessKey = key.secret;
    this.registerOutputs({
      bucketName: this.bucketName,
      arn: this.arn,
      region: this.region,
      accessKeyId: this.accessKeyId,
      secretAccessKey: this.secretAccessKey,
    });
  }

  #own(name: string): S3Bucket {
    const { spec, corsOrigins } = this.#args;
    const { bucket } = this.#safeBucket(name, {
      bucket: spec.name,
      access: spec.access,
      policy: (physical) => bucketPolicy(physical, spec.access),
    });
    const versioning = this.#versioning(name, bucket);
    this.#lifecycle(name, bucket, dataRules(spec.lifecycle), [versioning]);
    if (corsOrigins.length > 0) this.#cors(name, bucket);
    if (spec.logs) this.#logging(name, bucket, spec.logs);
    return bucket;
  }

  #safeBucket(name: string, args: Omit<SafeBucketArgs, "forceDestroy">): ReturnType<typeof safeBucket> {
    // S3 does not delete a bucket with objects in it; a disposable environment goes away with its
    // data.
    return safeBucket(name, { ...args, forceDestroy: !this.#args.protected }, this.#data());
  }

  #versioning(name: string, bucket: S3Bucket): BucketVersioning {
    return new BucketVersioning(
      `${name}-versioning`,
      {
        bucket: bucket.bucket,
        // S3 does not go back from Enabled to Disabled, and Suspended does the same for new
        // objects.
        versioningConfiguration: { status: this.#args.spec.versioning ? "Enabled" : "Suspended" },
      },
      this.#data(),
    );
  }

  #lifecycle(name: string, bucket: S3Bucket, rules: LifecycleRule[], after: pulumi.Resource[]): void {
    new BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      { bucket: bucket.bucket, rules },
      this.#data(after),
    );
  }

  #cors(name: string, bucket: S3Bucket): void {
    new BucketCorsConfiguration(
      `${name}-cors`,
      {
        bucket: bucket.bucket,
        corsRules: [
          {
            // What a page needs for presigned URLs: downloads, uploads in parts, and the POST that
            // completes them.
            allowedMethods: ["GET", "HEAD", "POST", "PUT"],
            allowedOrigins: this.#args.corsOrigins,
            // A presigned URL may sign any header; which ones is up to the app.
            allowedHeaders: ["*"],
            // Completing an upload in parts takes the ETag of every part.
            exposeHeaders: ["ETag"],
            maxAgeSeconds: 3600,
          },
        ],
      },
      this.#data(),
    );
  }

  #logging(name: string, bucket: S3Bucket, { bucket: physical, days }: Logs): void {
    const { accountId, spec } = this.#args;
    const { bucket: logs, policy } = this.#safeBucket(`${name}-logs`, {
      bucket: physical,
      access: "private",
      policy: (target) => logBucketPolicy(target, { bucket: spec.name, accountId }),
    });
    this.#lifecycle(`${name}-logs`, logs, logRules(days), []);
    new BucketLogging(
      `${name}-logging`,
      { bucket: bucket.bucket, targetBucket: logs.bucket, targetPrefix: "access/" },
      // Without its policy the log bucket takes no logs.
      this.#data([policy]),
    );
  }

  #user(name: string): AccessKey {
    const { spec } = this.#args;
    const allowed = (physical: string) =>
      spec.shared ? prefixPolicy(physical, spec.shared.prefix) : appPolicy(physical, spec.versioning);
    const user = new User(
      `${name}-user`,
      // A key that somebody made by hand does not keep a disposable environment from going away.
      { name: spec.user, forceDestroy: !this.#args.protected },
      { parent: this },
    );
    const policy = new UserPolicy(
      `${name}-user`,
      {
        name: "bucket",
        user: user.name,
        policy: json(this.bucketName.apply(allowed)),
      },
      { parent: this },
    );
    return new AccessKey(`${name}-user`, { user: user.name }, { parent: this, dependsOn: [policy] });
  }

  #data(dependsOn: pulumi.Resource[] = []): pulumi.CustomResourceOptions {
    return { parent: this, dependsOn, ...kept(this.#args.protected) };
  }
}

type Logs = NonNullable<BucketSpec["logs"]>;

function json(value: pulumi.Output<unknown>): pulumi.Output<string> {
  return value.apply((plain) => JSON.stringify(plain));
}

function dataRules(lifecycle: BucketSpec["lifecycle"]): LifecycleRule[] {
  const { abortIncompleteUploadsAfterDays, expireOldVersionsAfterDays } = lifecycle;
  return [
    dropUploads(abortIncompleteUploadsAfterDays),
    ...(expireOldVersionsAfterDays === undefined
      ? []
      : [
          {
            id: "expire-old-versions",
            status: "Enabled",
            filter: {},
            noncurrentVersionExpiration: { noncurrentDays: expireOldVersionsAfterDays },
            // A marker whose versions are all gone hides nothing any more.
            expiration: { expiredObjectDeleteMarker: true },
          },
        ]),
  ];
}

function logRules(days: number): LifecycleRule[] {
  return [{ id: "expire-logs", status: "Enabled", filter: {}, expiration: { days } }];
}

function dropUploads(days: number): LifecycleRule {
  return {
    id: "drop-unfinished-uploads",
    status: "Enabled",
    filter: {},
    abortIncompleteMultipartUpload: { daysAfterInitiation: days },
  };
}
