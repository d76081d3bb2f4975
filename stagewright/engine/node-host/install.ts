import { spawn } from "node:child_process";
import { InstallDependenciesResponse } from "@pulumi/pulumi/proto/language_pb";

/**
 * Installs a program's npm dependencies and streams npm's output.
 *
 * @throws Error if npm cannot be started or fails
 */
export function installDependencies(
  directory: string,
  send: (response: InstallDependenciesResponse) => void,
): Promise<void> {
  const npm = spawn("npm", ["install", "--loglevel=error"], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
  });
  npm.stdout.on("data", (chunk: Buffer) => send(new InstallDependenciesResponse().setStdout(chunk)));
  npm.stderr.on("data", (chunk: Buffer) => send(new InstallDependenciesResponse().setStderr(chunk)));
  return new Promise((resolve, reject) => {
    npm.on("error", (error) => reject(new Error(`npm could not be started: ${error.message}`)));
    npm.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`npm install ended with exit code ${code} in ${directory}`)),
    );
  });
}
