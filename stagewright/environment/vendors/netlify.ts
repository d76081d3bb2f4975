/** A site's name is a label of `<name>.netlify.app` (RFC 1035 §2.3.4), so at most 63 characters. */
export const netlifySiteName = {
  pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  accepted: "a site name: 1 to 63 of a-z, 0-9 and -, not starting or ending with -",
};

/**
 * https://docs.netlify.com/manage/domains/configure-domains/configure-external-dns/: for a host
 * that cannot be a CNAME.
 */
export const netlifyLoadBalancer = "75.2.60.5";
