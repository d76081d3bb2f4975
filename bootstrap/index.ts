import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../stagewright/environment/problems";
import { repository } from "../stagewright/environment/schema/common";
import { readProject } from "../stagewright/project/project";
import { readSystem } from "../stagewright/project/system";
import { GitHubAccess } from "./github-access";

/**
 * Makes what GitHub's workflows need to bring up the stacks of a system. Its outputs go into the
 * repository's variables.
 */
export = function bootstrap() {
  const config = new pulumi.Config();
  const [accountName, bucket] = [config.require("account"), config.require("stateBucket")];
  const name = repository.safeParse(config.require("repository"));
  if (!name.success) {
    throw new pulumi.RunError(
      `Pulumi.${pulumi.getStack()}.yaml: bootstrap:repository: is '${config.require("repository")}'; accepted: ${name.error.issues[0]?.message}`,
    );
  }
  try {
    const project = readProject(path.resolve(__dirname, config.require("system")));
    const stacks = readSystem(project).map(({ stack, spec }) => ({ stack, spec }));
    const access = new GitHubAccess("access", {
      system: project.name,
      stacks,
      account: accountName,
      stateBucket: bucket,
      repository: name.data,
    });
    return {
      PULUMI_BACKEND_URL: access.backendUrl,
      PULUMI_SECRETS_PROVIDER: access.secretsProvider,
      AWS_PREVIEW_ROLE: access.previewRole,
      AWS_DRIFT_ROLE: access.driftRole,
      AWS_EPHEMERAL_ROLE: access.ephemeralRole,
      AWS_DEPLOY_ROLES: access.deployRoles,
    };
  } catch (error) {
    if (error instanceof ConfigError) throw new pulumi.RunError(error.message);
    throw error;
  }
};
