import { registerResources } from "../utilities";
import { App } from "./app";
import { ConfigAssociation } from "./configAssociation";
import { Feature } from "./feature";
import { Release } from "./release";
import { Webhook } from "./webhook";

export { App, type AppArgs, type AppState } from "./app";
export {
  ConfigAssociation,
  type ConfigAssociationArgs,
  type ConfigAssociationState,
} from "./configAssociation";
export { Feature, type FeatureArgs, type FeatureState } from "./feature";
export { Release, type ReleaseArgs, type ReleaseState } from "./release";
export { Webhook, type WebhookArgs, type WebhookState } from "./webhook";

registerResources(App, ConfigAssociation, Feature, Release, Webhook);
