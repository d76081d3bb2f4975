import { z } from "zod";

/** The maximum number of something per account. */
const most = z.int().min(0).max(1_000_000);

/**
 * The vendors' limits per account; the defaults are the published limits of a new account, if the
 * vendor publishes one.
 */
export const quotas = z
  .strictObject({
    herokuApps: most
      .default(100)
      .describe(
        "Apps of a Heroku account or team (https://devcenter.heroku.com/articles/limits). Default: 100.",
      ),
    droplets: most
      .optional()
      .describe(
        "Droplets of a DigitalOcean team, which has a number of its own (https://docs.digitalocean.com/reference/doctl/reference/account/get/). Default: no limit is known.",
      ),
    reservedAddresses: most
      .default(3)
      .describe(
        "Reserved IPs of a DigitalOcean team; one for each droplet (https://docs.digitalocean.com/products/networking/reserved-ips/details/limits/). Default: 3.",
      ),
    databaseClusters: most
      .default(10)
      .describe(
        "Database clusters of a DigitalOcean team (https://docs.digitalocean.com/products/databases/postgresql/details/limits/). Default: 10.",
      ),
    buckets: most
      .default(10_000)
      .describe(
        "S3 buckets of an AWS account; logs take one more (https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html). Default: 10000.",
      ),
    iamUsers: most
      .default(5000)
      .describe(
        "IAM users of an AWS account (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). Default: 5000.",
      ),
    netlifySites: most.optional().describe("Sites of a Netlify team. Default: no limit is known."),
    cloudamqpInstances: most
      .optional()
      .describe(
        "Instances of a CloudAMQP account; add-ons of Heroku apps do not count. Default: no limit is known.",
      ),
    sentryProjects: most
      .optional()
      .describe("Projects of a Sentry organization. Default: no limit is known."),
  })
  .describe(
    "How many of each thing one account may have at its vendor. An ephemeral environment that would need one more than that, with all stacks of the system counted that use the same account, is refused before anything is created. State less where others use the account too, and more where the vendor has granted it.",
  );

export type QuotasSpec = z.infer<typeof quotas>;
