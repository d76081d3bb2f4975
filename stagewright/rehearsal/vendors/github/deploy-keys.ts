import { digits, type Kind } from "../../vendor";
import { facts } from "./facts";
import { idOf, number, refuse, repositoryOf } from "./repositories";

export const DEPLOY_KEY = "github:index/repositoryDeployKey:RepositoryDeployKey";

export const deployKey: Kind = {
  facts: facts[DEPLOY_KEY],
  // A key belongs to one repository in all of GitHub.
  // https://docs.github.com/en/authentication/troubleshooting-ssh/error-key-already-in-use
  identity: ({ inputs }) => ({ scope: "", name: withoutComment(inputs.key) }),
  alike: ["repository", "title"],
  credential: true,
  id: ({ inputs, again }, name) => idOf(inputs.repository, number("deploy key", name, ...again)),
  defaults: () => ({ readOnly: true }),
  outputs: (_occasion, id) => ({ etag: `W/"${digits(64, "etag", id)}"` }),
  rules(occasion) {
    const { things, inputs } = occasion;
    repositoryOf(occasion);
    // https://docs.github.com/en/rest/deploy-keys/deploy-keys#create-a-deploy-key
    if (
      !/^(ssh-(rsa|ed25519)|ecdsa-sha2-nistp\d+|sk-\S+) [A-Za-z0-9+/]+=*( .*)?$/.test(
        String(inputs.key).trim(),
      )
    )
      refuse(422, "Validation Failed: key is invalid. You must supply a key in OpenSSH public key format");
    if (things.named(DEPLOY_KEY, "", withoutComment(inputs.key)))
      refuse(422, "Validation Failed: key is already in use");
  },
  latency: { create: 1, delete: 1 },
};

function withoutComment(key: unknown): string {
  return String(key).trim().split(/\s+/, 2).join(" ");
}
