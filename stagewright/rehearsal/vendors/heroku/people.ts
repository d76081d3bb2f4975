import type { ByType } from "../../../resources/types";
import { digits, type Kind, uuid } from "../../vendor";
import { drawnName, findApp, refuse } from "./api";
import { facts } from "./facts";

const PIPELINE = "heroku:pipeline/pipeline:Pipeline";
const COUPLING = "heroku:pipeline/coupling:Coupling";

/** https://devcenter.heroku.com/articles/app-permissions */
const PERMISSIONS = ["view", "deploy", "operate", "manage"];

/** The stages that the provider accepts. */
const STAGES = ["review", "development", "staging", "production"];

const collaborator: Kind = {
  facts: facts["heroku:collaborator/collaborator:Collaborator"],
  identity: ({ inputs }) => ({ name: String(inputs.email), scope: String(inputs.appId) }),
  rules: ({ things, inputs }) => void findApp(things, inputs.appId),
};

const teamCollaborator: Kind = {
  facts: facts["heroku:team/collaborator:Collaborator"],
  identity: ({ inputs }) => ({ name: String(inputs.email), scope: String(inputs.appId) }),
  rules({ things, inputs }) {
    findApp(things, inputs.appId);
    const unknown = (inputs.permissions as string[]).find((permission) => !PERMISSIONS.includes(permission));
    if (unknown !== undefined)
      refuse(422, `Permission '${unknown}' is not one of ${PERMISSIONS.join(", ")}.`);
  },
};

const pipeline: Kind = {
  facts: facts[PIPELINE],
  identity: ({ inputs, urn }) => ({ name: String(inputs.name ?? drawnName(urn, digits(7, urn))) }),
  rules({ inputs }) {
    // https://devcenter.heroku.com/articles/platform-api-reference#pipeline
    if (inputs.name !== undefined && !/^[a-z][a-z0-9-]{2,29}$/.test(String(inputs.name)))
      refuse(422, `Name '${inputs.name}' is not 3 to 30 of a-z, 0-9 and -, starting with a letter.`);
  },
  defaults: ({ inputs, urn, caller }) => ({
    name: inputs.name ?? drawnName(urn, digits(7, urn)),
    owner: { id: uuid("user", caller.account), type: "user" },
  }),
};

const coupling: Kind = {
  facts: facts[COUPLING],
  identity: ({ inputs }) => ({ name: "pipeline", scope: String(inputs.appId) }),
  rules({ things, inputs, id }) {
    const app = findApp(things, inputs.appId);
    if (!things.get(PIPELINE, String(inputs.pipeline))) refuse(404, "Couldn't find that pipeline.");
    if (!STAGES.includes(String(inputs.stage)))
      refuse(422, `Stage '${inputs.stage}' is not one of ${STAGES.join(", ")}.`);
    // https://devcenter.heroku.com/articles/pipelines: an app is in one pipeline only
    const other = things.named(COUPLING, app.id, "pipeline");
    if (other && other.id !== id) refuse(422, `The app ${app.name} is already in a pipeline.`);
  },
};

/** The people who work on an app, and its stages in a pipeline. */
export const peopleKinds: ByType<Kind> = {
  "heroku:collaborator/collaborator:Collaborator": collaborator,
  "heroku:team/collaborator:Collaborator": teamCollaborator,
  [PIPELINE]: pipeline,
  [COUPLING]: coupling,
};
