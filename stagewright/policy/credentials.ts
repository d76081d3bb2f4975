/**
 * What credentials look like, by who issues them. No library: the well-kept one (secretlint) needs
 * a newer Node than this project. Only forms that the issuer documents, so that nothing else is
 * taken for one.
 */
const FORMS: readonly { what: string; form: RegExp }[] = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes:
  // the id alone opens nothing, so it counts only beside something of a secret's length.
  {
    what: "an AWS access key",
    form: /\b(AKIA|ASIA)[A-Z0-9]{16}\b[\s\S]{0,200}(?<![\w/+])[\w/+]{40}(?![\w/+=])/,
  },
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  { what: "a GitHub token", form: /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})\b/ },
  // https://devcenter.heroku.com/changelog-items/2516
  { what: "a Heroku API key", form: /\bHRKU-[A-Za-z0-9_-]{36,}/ },
  // https://docs.digitalocean.com/reference/api/create-personal-access-token/
  { what: "a DigitalOcean token", form: /\bdo[opr]_v1_[a-f0-9]{64}\b/ },
  // https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/
  { what: "a Netlify token", form: /\bnf[pcu]_[A-Za-z0-9]{36,}\b/ },
  // https://docs.sentry.io/account/auth-tokens/
  { what: "a Sentry token", form: /\b(sntrys_[A-Za-z0-9+/=_-]{50,}|sntry[ua]_[a-f0-9]{64})/ },
  // https://www.pulumi.com/docs/administration/access-identity/access-tokens/
  { what: "a Pulumi token", form: /\bpul-[a-f0-9]{40}\b/ },
  // https://docs.stripe.com/keys
  { what: "a Stripe key", form: /\b[sr]k_(live|test)_[A-Za-z0-9]{16,}/ },
  // https://docs.slack.dev/authentication/tokens
  { what: "a Slack token", form: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  // https://www.rfc-editor.org/rfc/rfc7468#section-10
  { what: "a private key", form: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/ },
  // https://www.rfc-editor.org/rfc/rfc7519: three parts, of which the first two are JSON objects.
  { what: "a signed token (JWT)", form: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/ },
  // https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1: a password in an address. A user alone,
  // as in a Sentry DSN, is public; the word `password` is an example.
  {
    what: "a password in an address",
    form: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@?#$]*:(?!(\*+|password|secret)@)[^\s/@?#$]+@/i,
  },
];

/**
 * What a text holds that only its owner should know, in words: `a GitHub token`; `undefined` where
 * nothing is recognized.
 */
export function credentialIn(text: string): string | undefined {
  return FORMS.find(({ form }) => form.test(text))?.what;
}

// Words at the end of names, or anywhere in them, of what programs call their credentials. An id, a
// public key or the name of a secret is none.
const NAMED =
  /(SECRET(?!_?(NAME|ID|ARN|PATH)$)|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?$|PRIVATE_?KEY|(^|_)(API_?KEY|AUTH_?KEY|ACCESS_?KEY|ENCRYPTION_?KEY|KEY|TOKEN)$)/i;
const PUBLIC = /PUBLIC|PUBLISHABLE/i;

/**
 * Whether a variable by its name holds a credential: `DJANGO_SECRET_KEY`, `stripeApiKey`, but not
 * `AWS_ACCESS_KEY_ID`.
 */
export function namesCredential(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replaceAll("-", "_");
  return NAMED.test(words) && !PUBLIC.test(words);
}

/**
 * Whether a text can only be random: one word of at least 32 characters with digits and letters of
 * both cases, as good as evenly spread. Hex is none: commits and checksums look like that.
 */
export function looksRandom(text: string): boolean {
  if (!/^[A-Za-z0-9+/_=-]{32,}$/.test(text) || /^[a-f0-9-]+$/i.test(text)) return false;
  if (!/\d/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text)) return false;
  return bitsPerCharacter(text) >= 4.2;
}

// Shannon's entropy. Words of a language have up to 4 bits, 32 random ones of base64 4.6.
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => {
    const share = count / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}
