import { type Call, notFound, objectBody, paged, Refusal, type Routes } from "./http";
import { type Site, siteOf } from "./sites";
import { type Body, freshId } from "./store";

/** A build hook in the API's format. */
interface Hook extends Body {
  id: string;
  site_id: string;
  title: string;
  branch: string;
}

const HOOK_ORIGIN = "https://api.netlify.com";

export const buildRoutes: Routes = {
  "GET /sites/{site_id}/build_hooks": (call) => {
    const { id } = siteOf(call);
    return { status: 200, body: call.store.list("buildHook").filter((hook) => hook.site_id === id) };
  },
  "POST /sites/{site_id}/build_hooks": (call) => {
    const site = siteOf(call);
    const { title = "", branch } = objectBody(call) as Partial<Hook>;
    const id = freshId(call.store, "buildHook", site.id, title, branch ?? "");
    const hook: Hook = {
      id,
      title,
      branch: branch ?? site.build_settings.repo_branch ?? "",
      // The vendor's URL, whatever the port of this server, because states store it. This server
      // answers its path.
      url: `${HOOK_ORIGIN}/build_hooks/${id}`,
      site_id: site.id,
      created_at: call.now,
    };
    call.store.put("buildHook", id, hook);
    return { status: 201, body: hook };
  },
  "GET /sites/{site_id}/build_hooks/{id}": (call) => ({ status: 200, body: hookOf(call) }),
  "PUT /sites/{site_id}/build_hooks/{id}": (call) => {
    const hook = hookOf(call);
    const { title = hook.title, branch = hook.branch } = objectBody(call) as Partial<Hook>;
    call.store.put("buildHook", hook.id, { ...hook, title, branch });
    return { status: 204 };
  },
  "DELETE /sites/{site_id}/build_hooks/{id}": (call) => {
    call.store.remove("buildHook", hookOf(call).id);
    return { status: 204 };
  },
  "GET /sites/{site_id}/builds": (call) => {
    const { id } = siteOf(call);
    const builds = call.store.list("build").filter((build) => build.site_id === id);
    return { status: 200, body: paged(call, builds.map(shownBuild)) };
  },
  "POST /sites/{site_id}/builds": (call) => {
    const site = siteOf(call);
    const branch = call.query.get("branch") || site.build_settings.repo_branch || "";
    return { status: 200, body: shownBuild(build(call, site, branch, call.query.get("title") ?? "")) };
  },
  "GET /builds/{build_id}": (call) => {
    const found = call.store.get("build", call.path.build_id ?? "");
    if (!found) throw notFound();
    return { status: 200, body: shownBuild(found) };
  },
  "GET /sites/{site_id}/deploys": (call) => {
    const { id } = siteOf(call);
    const matches = (deploy: Body, field: string) => {
      const wanted = call.query.get(field);
      return wanted === null || deploy[field] === wanted;
    };
    const isWanted = (deploy: Body) =>
      deploy.site_id === id && matches(deploy, "branch") && matches(deploy, "state");
    return { status: 200, body: paged(call, call.store.list("deploy").filter(isWanted)) };
  },
  "POST /sites/{site_id}/deploys": (call) => {
    const site = siteOf(call);
    const { branch = site.build_settings.repo_branch ?? "", draft = false } = objectBody(call) as {
      branch?: string;
      draft?: boolean;
    };
    return { status: 200, body: deploy(call, site, { branch, draft, title: call.query.get("title") ?? "" }) };
  },
  "GET /sites/{site_id}/deploys/{deploy_id}": (call) => {
    const { id } = siteOf(call);
    const found = call.store.get("deploy", call.path.deploy_id ?? "");
    if (found?.site_id !== id) throw notFound();
    return { status: 200, body: found };
  },
};

/**
 * Outside the versioned API and without a token: the URL is the secret (Netlify docs, "Build
 * hooks").
 */
export const hookRoutes: Routes = {
  "POST /build_hooks/{id}": (call) => {
    const hook = call.store.get("buildHook", call.path.id ?? "") as Hook | undefined;
    if (!hook) throw notFound();
    const site = siteOf({ ...call, path: { site_id: hook.site_id } });
    const branch = call.query.get("trigger_branch") || hook.branch;
    // The hook's title is in "the default deploy message for each deploy triggered by the hook"
    // (ibid.).
    const title = call.query.get("trigger_title") || `Deploy triggered by hook: ${hook.title}`;
    build(call, site, branch, title);
    return { status: 200 };
  },
};

function hookOf(call: Call): Hook {
  const { id } = siteOf(call);
  const hook = call.store.get("buildHook", call.path.id ?? "") as Hook | undefined;
  if (hook?.site_id !== id) throw notFound();
  return hook;
}

/** A build with its deploy, finished at once. */
function build(call: Call, site: Site, branch: string, title: string): Body {
  // "Builds must be active for build hooks to trigger builds of your site" (Netlify docs, "Build
  // hooks"); the answer is not published.
  if (site.build_settings.stop_builds) throw new Refusal(422, "Builds are stopped for this site");
  if (!site.build_settings.repo_path) throw new Refusal(422, "The site has no repository to build");
  const id = freshId(call.store, "build", site.id, branch, title);
  const made = deploy(call, site, { branch, title, draft: false, build_id: id });
  const record = { id, deploy_id: made.id, done: true, created_at: call.now, site_id: site.id };
  call.store.put("build", id, record);
  return record;
}

function deploy(
  call: Call,
  site: Site,
  given: { branch: string; title: string; draft: boolean; build_id?: string },
): Body {
  const isProduction =
    !given.draft && (given.branch === "" || given.branch === site.build_settings.repo_branch);
  const id = freshId(call.store, "deploy", site.id, given.branch, given.title);
  const made = {
    ...given,
    id,
    site_id: site.id,
    state: "ready",
    name: site.name,
    context: isProduction ? "production" : given.draft ? "deploy-preview" : "branch-deploy",
    created_at: call.now,
    updated_at: call.now,
    ...(isProduction && { published_at: call.now }),
    deploy_url: `https://${id}--${site.name}.netlify.app`,
  };
  call.store.put("deploy", id, made);
  return made;
}

function shownBuild({ site_id: _, ...build }: Body): Body {
  return build;
}
