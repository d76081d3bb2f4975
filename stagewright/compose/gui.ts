import path from "node:path";
import type { EnvironmentSpec } from "../environment/schema/environment";
import type { GuiSpec } from "../environment/schema/gui";
import { healthcheck, type Service, shell } from "./file";
import { localVariables, PORTS } from "./values";

/**
 * The GUI, built from a checkout of its repository beside this one (or at GUI_SOURCE), and served
 * as built.
 */
export function guiServices(gui: GuiSpec, spec: EnvironmentSpec): Record<string, Service> {
  const { build, repository } = gui;
  const source = `\${GUI_SOURCE:-../${repository.split("/")[1]}}`;
  const profiles = ["gui"];
  return {
    "gui-built": {
      image: "node:lts",
      working_dir: path.posix.join("/gui", build.base ?? "."),
      command: shell(
        `if [ -f yarn.lock ]; then yarn install --frozen-lockfile; else npm ci; fi\n${build.command}`,
      ),
      environment: localVariables(gui.variables, spec).plain,
      volumes: [`${source}:/gui`],
      profiles,
    },
    gui: {
      image: "nginx:stable",
      volumes: [`${source}/${build.publish}:/usr/share/nginx/html:ro`],
      ports: [`127.0.0.1:${PORTS.gui}:80`],
      depends_on: { "gui-built": { condition: "service_completed_successfully" } },
      healthcheck: healthcheck("curl", "--fail", "--silent", "http://127.0.0.1/"),
      profiles,
    },
  };
}
