import type { Properties } from "../../../../providers/protocol/provider";
import type { ByType } from "../../../resources/types";
import { digits, type Kind, uuid } from "../../vendor";
import { findApp, ofApp, refuse } from "./api";
import { facts } from "./facts";

const DOMAIN = "heroku:domain/domain:Domain";
const DRAIN = "heroku:drain/drain:Drain";
const WEBHOOK = "heroku:app/webhook:Webhook";

/** https://devcenter.heroku.com/articles/limits, each per app. */
const MOST = { domains: 1000, drains: 5, webhooks: 10 };

const domain: Kind = {
  facts: facts[DOMAIN],
  identity: ({ inputs }) => ({ name: String(inputs.hostname), scope: "" }),
  rules({ things, inputs, id }, existing) {
    const app = findApp(things, inputs.appId);
    // https://devcenter.heroku.com/articles/custom-domains: a domain belongs to one app of all of
    // Heroku
    const taken = things.named(DOMAIN, "", String(inputs.hostname));
    if (taken && taken.id !== id)
      refuse(
        422,
        taken.properties.appId === app.id
          ? `${inputs.hostname} is already added to this app.`
          : `${inputs.hostname} is currently in use by another app.`,
      );
    if (!existing && ofApp(things, DOMAIN, app.id).length >= MOST.domains)
      refuse(422, `An app can have up to ${MOST.domains} custom domains.`);
  },
  // https://devcenter.heroku.com/articles/understanding-ssl-on-heroku: two words and a random part
  // under herokudns.com
  outputs: (_, id) => ({ cname: `${words(id)}-${digits(24, "cname", id)}.herokudns.com` }),
  latency: { create: 7, delete: 1 }, // the provider waits 5 s after a creation
};

const drain: Kind = {
  facts: facts[DRAIN],
  identity: ({ inputs }) => ({ name: digits(16, drainUrl(inputs)), scope: String(inputs.appId) }),
  rules({ things, inputs }, existing) {
    const app = findApp(things, inputs.appId);
    // The provider's rule: exactly one of both.
    if ((inputs.url === undefined) === (inputs.sensitiveUrl === undefined))
      refuse(422, "A drain needs exactly one of `url` and `sensitive_url`.");
    // https://devcenter.heroku.com/articles/log-drains
    if (!/^(syslog|syslog\+tls|https?):\/\//.test(drainUrl(inputs)))
      refuse(422, "Url is invalid: a drain takes syslog, syslog+tls or https.");
    if (!existing && ofApp(things, DRAIN, app.id).length >= MOST.drains)
      refuse(422, `You can have up to ${MOST.drains} log drains on any given app.`);
  },
  outputs: (_, id) => ({ token: `d.${uuid("token", id)}` }),
  latency: { create: 2, delete: 1 },
};

const webhook: Kind = {
  facts: facts[WEBHOOK],
  identity: ({ inputs, urn }) => ({ name: urn, scope: String(inputs.appId) }),
  alike: ["appId", "url"],
  rules({ things, inputs }, existing) {
    const app = findApp(things, inputs.appId);
    // https://devcenter.heroku.com/articles/app-webhooks
    if (inputs.level !== "notify" && inputs.level !== "sync")
      refuse(422, `Level '${inputs.level}' is not one of notify, sync.`);
    if (!existing && ofApp(things, WEBHOOK, app.id).length >= MOST.webhooks)
      refuse(422, `You can configure up to ${MOST.webhooks} webhook subscriptions per app.`);
  },
};

/** The incoming and outgoing traffic of an app. */
export const trafficKinds: ByType<Kind> = { [DOMAIN]: domain, [DRAIN]: drain, [WEBHOOK]: webhook };

function drainUrl({ url, sensitiveUrl }: Properties): string {
  return String(url ?? sensitiveUrl);
}

function words(id: string): string {
  const pick = (list: readonly string[], part: string) =>
    list[Number.parseInt(digits(4, part, id), 16) % list.length];
  const first = pick(["calm", "floral", "hidden", "misty", "rugged", "silent", "tidal", "windy"], "first");
  const second = pick(["cedar", "cove", "dune", "fjord", "meadow", "peak", "reef", "willow"], "second");
  return `${first}-${second}`;
}
