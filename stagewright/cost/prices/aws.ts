import { monthly, type PriceList, type Source } from "./price";

const written: Omit<Source, "url"> = { basis: "memory", date: "2026-11-21" };

/** A customer-managed key in the Key Management Service. */
export const keys = monthly({ ...written, url: "https://aws.amazon.com/kms/pricing/" }, { key: 1 });

/** Products charged purely by use, which a stack's declaration cannot predict. */
export const byUse: PriceList = {
  bucket: {
    kind: "by use",
    of: "storage, requests and traffic",
    source: { ...written, url: "https://aws.amazon.com/s3/pricing/" },
  },
  records: {
    kind: "by use",
    of: "queries of its records (and 0.50 USD a month for the zone, which is there before)",
    source: { ...written, url: "https://aws.amazon.com/route53/pricing/" },
  },
};
