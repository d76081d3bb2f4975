/**
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, excluding dots,
 * which break TLS for virtual-hosted addresses.
 */
export const bucketName = {
  pattern:
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|--x-s3|--table-s3)$)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  accepted: "a bucket name: 3 to 63 of a-z, 0-9 and -, starting and ending with a letter or digit",
};

/**
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html: the regions
 * enabled by default, and those commonly opted into.
 */
export const awsRegions = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "sa-east-1",
  "eu-central-1",
  "eu-north-1",
  "eu-south-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "af-south-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
] as const;
