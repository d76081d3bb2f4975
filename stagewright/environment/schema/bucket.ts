import { z } from "zod";
import { bucketName } from "../vendors/aws";
import { sharedBucket } from "./shared";

/** The S3 bucket of the API. */
export const bucket = z
  .strictObject({
    name: z
      .string()
      .regex(bucketName.pattern, bucketName.accepted)
      .describe("Name of the bucket, unique over all of S3."),
    account: z
      .string()
      .min(1)
      .describe("Which of `accounts` the bucket is in, by its name there, for example project or sponsored."),
    access: z
      .enum(["private", "public-read"])
      .describe("private: the API's user alone. public-read: anybody may read objects and list them."),
    user: z
      .string()
      .regex(/^[\w+=,.@-]{1,64}$/, "an IAM user name")
      .describe("Name of the API's IAM user in the bucket's account."),
    versioning: z.boolean().default(true).describe("Keep old versions of overwritten and deleted objects."),
    logs: z
      .strictObject({
        bucket: z
          .string()
          .regex(bucketName.pattern, bucketName.accepted)
          .describe("Name of the bucket that takes the access logs."),
        days: z.int().min(1).max(3650).default(90).describe("Days after which an access log is deleted."),
      })
      .optional()
      .describe("Access logs. Default: none."),
    lifecycle: z
      .strictObject({
        abortIncompleteUploadsAfterDays: z
          .int()
          .min(1)
          .default(7)
          .describe("Days after which an unfinished multipart upload is dropped."),
        expireOldVersionsAfterDays: z
          .int()
          .min(1)
          .optional()
          .describe("Days after which a noncurrent version is deleted. Default: never."),
      })
      .prefault({})
      .describe("What is cleaned up by itself."),
    shared: sharedBucket.optional(),
  })
  .refine(({ versioning, lifecycle }) => versioning || lifecycle.expireOldVersionsAfterDays === undefined, {
    path: ["lifecycle", "expireOldVersionsAfterDays"],
    message: "nothing without versioning: there are no old versions",
  })
  .refine(({ shared, logs }) => !shared || !logs, {
    path: ["logs"],
    message: "nothing with a shared bucket, whose logs are its owner's",
  })
  .describe("The S3 bucket of the API.");

export type BucketSpec = z.infer<typeof bucket>;
