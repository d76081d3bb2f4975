import assert from "node:assert/strict";
import { test } from "vitest";
import type { Tree } from "../../../stagewright/environment/merge";
import { releaseChecks } from "../../../stagewright/release/checks/environment";
import { systemChecks } from "../../../stagewright/release/checks/system";
import type { System } from "../../../stagewright/release/rules";
import { SYSTEMS, systemOf } from "./systems";

function sentences(system: System): string[] {
  const inside = Object.entries(system).flatMap(([stack, environment]) =>
    releaseChecks(environment).map((mismatch) => ({ stack, ...mismatch })),
  );
  return [...inside, ...systemChecks(system)].map(
    ({ stack, path, says }) => `${stack}: ${path.map(String).join(".")} ${says}`,
  );
}

const api = (rules: Tree): Tree => ({ release: { api: rules } });

const SITE: Tree = {
  site: "payslip",
  account: "payslip",
  build: { command: "make", publish: "dist" },
  variables: { API: "${api.url}" },
};

/** API and GUI in one repository. */
function twoInOne(forApi: Tree, forGui: Tree): Tree {
  return {
    gui: { ...SITE, repository: "payslip/payslip" },
    release: { api: forApi, gui: { tracks: "branch master", ...forGui } },
  };
}

for (const name of SYSTEMS) {
  test(`the rules of ${name} are right as they stand`, () => {
    assert.deepEqual(sentences(systemOf(name)), []);
  });
}

test("nothing stated is no rule, and a failure stops", () => {
  const { tracks, token, onFailure, migrations, staticFiles, ...others } =
    systemOf("upendo").production?.release.api ?? assert.fail();
  assert.deepEqual(onFailure, { action: "stop", tell: "ashwin" });
  assert.deepEqual([migrations?.when, staticFiles?.when], ["in release", "in build"]);
  const { gates, ...rules } = others;
  assert.deepEqual(gates, { checks: {}, environments: {}, errors: {}, commands: {}, absent: {} });
  assert.deepEqual(rules, { onRequest: false, ownBranch: false });
  assert.deepEqual([tracks, token], ["releases on master", "herokuDeployToken"]);
});

/**
 * Each: what is changed in a system that is right, and what is said of it alone. The system itself
 * is the passing case.
 */
const WRONG: { name: string; system: string; changes: Record<string, Tree>; says: RegExp[] }[] = [
  {
    name: "a fourth environment in a row that starts after the one before",
    system: "dt",
    changes: { production: api({ schedule: "after stage", window: null, hotfix: null }) },
    says: [
      /^production: release\.api\.schedule is the fourth 'after' in a row \(sandbox-anton → tests → sandbox → stage → production\), and GitHub starts three at most/,
    ],
  },
  {
    name: "a promotion that goes in a circle",
    system: "dt",
    changes: { "sandbox-anton": api({ gates: { environments: { production: "deployed" } } }) },
    says: [
      /^production: release\.api\.gates\.environments\.sandbox-anton closes a circle .*: production → sandbox-anton → production;/,
    ],
  },
  {
    name: "an environment that waits for itself",
    system: "dt",
    changes: { stage: api({ gates: { environments: { stage: "deployed" } } }) },
    says: [/^stage: release\.api\.gates\.environments\.stage closes a circle .*: stage → stage;/],
  },
  {
    name: "an environment that nothing can reach",
    system: "dt",
    changes: { production: api({ tracks: "nothing", onRequest: false, schedule: null, hotfix: null }) },
    says: [/^production: release\.api\.tracks is 'nothing', .* nothing can reach this environment/],
  },
  {
    name: "an environment that a missing confirmation keeps out of reach",
    system: "release-train",
    changes: { staging: api({ gates: { confirm: "staging" } }) },
    says: [/^staging: release\.api\.gates\.confirm must be typed by a person, .* nothing can reach/],
  },
  {
    name: "a gate on an environment that is not there",
    system: "dt",
    changes: { production: api({ gates: { environments: { sandbx: "deployed" } } }) },
    says: [
      /^production: release\.api\.gates\.environments\.sandbx refers to 'sandbx', where no api is deployed; .*did you mean 'sandbox'\?$/,
    ],
  },
  {
    name: "a gate on an environment that is never deployed",
    system: "release-train",
    changes: {
      dev: api({
        tracks: "nothing",
        onRequest: false,
        ownBranch: false,
        schedule: null,
        gates: null,
        migrations: null,
        protection: null,
      }),
      production: api({ gates: { environments: { dev: "deployed" } } }),
    },
    says: [/^production: release\.api\.gates\.environments\.dev waits for 'dev', which is never deployed/],
  },
  {
    name: "a gate on a verification that there is not",
    system: "dt",
    changes: { production: api({ gates: { environments: { stage: "verified" } } }) },
    says: [
      /^production: release\.api\.gates\.environments\.stage is 'verified', but 'stage' has no release\.api\.verify/,
    ],
  },
  {
    name: "a migration that is tested where nothing migrates",
    system: "dt",
    changes: { stage: api({ migrations: null }) },
    says: [
      /^production: release\.api\.migrations\.testedIn is 'stage', which has no release\.api\.migrations/,
    ],
  },
  {
    name: "a schedule after an environment that no gate asks for",
    system: "dt",
    changes: { sandbox: api({ gates: { environments: { tests: null } } }) },
    says: [
      /^sandbox: release\.api\.schedule starts after 'tests', but gates\.environments does not ask for it/,
    ],
  },
  {
    name: "a gate on the errors of an environment that is not there",
    system: "dt",
    changes: { production: api({ gates: { errors: { stag: "last 2 days" } } }) },
    says: [/^production: release\.api\.gates\.errors\.stag is no environment .*did you mean 'stage'\?$/],
  },
  {
    name: "a gate on errors that nobody tracks",
    system: "dt",
    changes: { tests: { errors: null } },
    says: [
      /^stage: release\.api\.gates\.errors\.all asks for the errors of 'tests', which has no 'errors' section/,
      /^production: release\.api\.gates\.errors\.all asks for the errors of 'tests'/,
    ],
  },
  {
    name: "a gate on errors since a deploy that need not have been",
    system: "dt",
    changes: { stage: api({ gates: { errors: { all: "since its deploy" } } }) },
    says: [
      /^stage: release\.api\.gates\.errors\.all is 'since its deploy', but the commit need not have been deployed to 'production'/,
    ],
  },
  {
    name: "a window that no schedule ever hits",
    system: "dt",
    changes: { production: api({ schedule: "weekdays 09:00" }) },
    says: [
      /^production: release\.api\.window is 'weekends 09:00-12:00', which the schedule 'weekdays 09:00' never hits/,
    ],
  },
  {
    name: "a schedule outside its own window",
    system: "dt",
    changes: { production: api({ schedule: "daily 09:00" }) },
    says: [
      /^production: release\.api\.schedule is 'daily 09:00', which is outside the window 'weekends 09:00-12:00' at Thu 2026-01-01 09:00 GMT and 521 more times/,
    ],
  },
  {
    name: "a schedule that daylight saving pushes out of its window",
    system: "dt",
    changes: { production: api({ schedule: "weekends 09:00 in Europe/London" }) },
    says: [/^production: release\.api\.schedule .* outside the window .* at Sun 2026-03-29 08:00 GMT/],
  },
  {
    name: "two schedules that exclude each other and collide",
    system: "release-train",
    changes: { staging: api({ schedule: "wednesday 04:30 in UTC" }) },
    says: [
      /^staging: release\.api\.schedule collides: the deploy to production at 'wednesday 07:30' and the deploy to staging at 'wednesday 04:30 in UTC' exclude each other as 'release-train', and both are due at Wed 2026-01-07 07:30 Africa\/Nairobi/,
    ],
  },
  {
    name: "a verification that collides with a deploy",
    system: "dt",
    changes: { tests: api({ schedule: "monday 00:00" }) },
    says: [
      /^tests: release\.api\.verify\.schedule collides: the deploy to tests .* and the verification of tests/,
    ],
  },
  {
    name: "an approver who is the only committer",
    system: "dt",
    changes: {
      stage: { release: { developers: ["anton"], api: { gates: { approval: { by: ["user anton"] } } } } },
    },
    says: [/^stage: release\.api\.gates\.approval\.by is anton alone, who is the only one who commits/],
  },
  {
    name: "an owner who may not approve what only they start",
    system: "dt",
    changes: { "sandbox-anton": api({ gates: { approval: { by: ["user anton"] } } }) },
    says: [
      /^sandbox-anton: release\.api\.gates\.approval\.by is anton alone, who is the owner and starts every deploy/,
    ],
  },
  {
    name: "an owner who is not the one to approve",
    system: "dt",
    changes: { "sandbox-anton": api({ gates: { approval: { by: ["user bea"] } } }) },
    says: [
      /^sandbox-anton: release\.api\.gates\.approval\.by lets user bea approve, but only the owner 'anton' may/,
    ],
  },
  {
    name: "an owner whom any developer could push aside",
    system: "dt",
    changes: { "sandbox-anton": api({ ownBranch: true }) },
    says: [
      /^sandbox-anton: release\.api\.ownBranch lets any developer deploy, but only the owner 'anton' may/,
    ],
  },
  {
    name: "a branch that only pull requests may reach, unprotected",
    system: "release-train",
    changes: { dev: api({ protection: null }) },
    says: [/^dev: release\.api\.tracks is 'branch dev', which is not protected/],
  },
  {
    name: "the cadence after every merged pull request, unprotected",
    system: "release-train-cadence",
    changes: { dev: api({ protection: null, gates: null }) },
    says: [/^dev: release\.api\.tracks is 'branch dev', which is not protected/],
  },
  {
    name: "data that flows back",
    system: "dt",
    changes: { stage: { data: { restoredFrom: ["sandbox-anton"] } } },
    says: [
      /^sandbox-anton: data\.restoredFrom\.2 is 'stage', to which data flows from here: sandbox-anton ← stage ← sandbox-anton/,
    ],
  },
  {
    name: "data that flows into what is protected",
    system: "dt",
    changes: { production: { data: { restoredFrom: ["stage"] } } },
    says: [/^production: data\.restoredFrom\.0 is 'stage', whose data is not protected, but here it is/],
  },
  {
    name: "data from an environment that is not there",
    system: "dt",
    changes: { "sandbox-anton": { data: { restoredFrom: ["prod"] } } },
    says: [/^sandbox-anton: data\.restoredFrom\.0 is 'prod', which is no environment/],
  },
  {
    name: "protected data that is erased",
    system: "dt",
    changes: { tests: { data: { protected: true } } },
    says: [/^tests: data\.erasedBy is 'verify', but data\.protected is true/],
  },
  {
    name: "data that a verification erases which there is not",
    system: "release-train",
    changes: { dev: { data: { erasedBy: "verify" } } },
    says: [/^dev: data\.erasedBy is 'verify', but neither release\.api nor release\.gui has a verify/],
  },
  {
    name: "previews on protected data",
    system: "upendo",
    changes: { staging: api({ previews: { database: "production" } }) },
    says: [/^staging: release\.api\.previews\.database is 'production', whose data is protected/],
  },
  {
    name: "previews on another environment's data",
    system: "upendo",
    changes: { production: api({ previews: { of: "pull requests", database: "staging" } }) },
    says: [
      /^production: release\.api\.previews\.database is 'staging', but previews are like production and share no other's/,
    ],
  },
  {
    name: "a schedule for what tracks releases",
    system: "upendo",
    changes: { production: api({ schedule: "sunday 20:00" }) },
    says: [
      /^production: release\.api\.schedule deploys the newest commit of a tracked branch, but tracks is 'releases on master'/,
    ],
  },
  {
    name: "a hotfix without a window",
    system: "dt",
    changes: { stage: api({ hotfix: {} }) },
    says: [/^stage: release\.api\.hotfix lifts the window, and there is none/],
  },
  {
    name: "a verification that a commit need not pass",
    system: "dt",
    changes: { production: api({ gates: { environments: { tests: "deployed" } } }) },
    says: [
      /^production: release\.api\.gates\.environments\.tests is 'deployed', but 'tests' verifies, so a commit that fails 'dt test --notify' could pass/,
    ],
  },
  {
    name: "a verification that nothing waits for",
    system: "dt",
    changes: Object.fromEntries(
      ["sandbox", "stage", "production"].map((stack) => [
        stack,
        api({ schedule: null, window: null, hotfix: null, gates: { environments: { tests: null } } }),
      ]),
    ),
    says: [/^tests: release\.api\.verify verifies every commit, but no environment waits for it/],
  },
  {
    name: "errors that are asked for without a token",
    system: "dt",
    changes: { production: { errors: { readToken: null } } },
    says: [
      /^production: errors\.readToken is missing, but release\.api\.gates\.errors asks Sentry; accepted: the name of the secret/,
      /^production: errors\.readToken is missing, but release\.api\.logWatch asks Sentry/,
    ],
  },
  {
    name: "a log watch where nothing tracks errors",
    system: "payslip",
    changes: { staging: api({ logWatch: { schedule: "hourly", tell: "anton" } }) },
    says: [/^staging: release\.api\.logWatch asks Sentry, but there is no 'errors' section/],
  },
  {
    name: "data operations of a GUI",
    system: "payslip",
    changes: {
      staging: { release: { gui: { tracks: "nothing", operations: { by: "anton", command: "dt" } } } },
    },
    says: [
      /^staging: release\.gui\.operations changes data, which a GUI has not; accepted: release\.api\.operations$/,
    ],
  },
  {
    name: "two lists of reviewers for one environment of a repository",
    system: "payslip",
    changes: { staging: twoInOne({ gates: { approval: { by: ["user bea"] } } }, {}) },
    says: [
      /^staging: release\.gui\.gates\.approval is not as release\.api\.gates\.approval, but both are deployed from payslip\/payslip, whose environment 'staging' has one list/,
    ],
  },
  {
    name: "two lists of people for the hotfixes of a repository",
    system: "payslip",
    changes: {
      staging: twoInOne(
        { onRequest: true, window: "daily 09:00-12:00", hotfix: { by: ["user bea"] } },
        { onRequest: true, window: "daily 09:00-12:00", hotfix: { by: ["team web"] } },
      ),
    },
    says: [
      /^staging: release\.gui\.hotfix\.by is not as release\.api\.hotfix\.by, .* 'staging-hotfix' has one list/,
    ],
  },
  {
    name: "a promotion into a branch that keeps out who promotes",
    system: "payslip",
    changes: {
      staging: {
        gui: { ...SITE, repository: "payslip/gui" },
        release: {
          gui: {
            tracks: "branch master",
            promotion: { from: "next", approval: { by: ["team web"] } },
            protection: { bypass: ["role admin"] },
          },
        },
      },
    },
    says: [
      /^staging: release\.gui\.protection\.bypass keeps out GitHub Actions, which moves master in the promotion to staging; accepted: a list with 'app 15368'$/,
    ],
  },
  {
    name: "a hotfix that nobody can start",
    system: "dt",
    changes: { production: api({ onRequest: false }) },
    says: [/^production: release\.api\.hotfix is started by hand, which no one may here/],
  },
];

for (const { name, system, changes, says } of WRONG) {
  test(`is told: ${name}`, () => {
    const given = sentences(systemOf(system, changes));
    assert.equal(given.length, says.length, given.join("\n"));
    for (const sentence of says)
      assert.ok(
        given.some((each) => sentence.test(each)),
        given.join("\n"),
      );
  });
}

const gui = (tracks: string, promotion?: Tree): Tree => ({
  release: { api: null, gui: { tracks, promotion } },
});
const approval = { by: ["team gui"] };

test("promotions between branches go one way", () => {
  const circle = {
    production: gui("branch master", { from: "staging", approval }),
    staging: gui("branch staging", { from: "master", approval }),
    dev: gui("branch dev"),
  };
  const [sentence, ...others] = sentences(systemOf("release-train", circle));
  assert.match(
    sentence ?? "",
    /promotion\.from is '.*', which is itself promoted .*: (master ← staging ← master|staging ← master ← staging)/,
  );
  assert.deepEqual(others, []);
  const right = { ...circle, staging: gui("branch staging") };
  assert.deepEqual(sentences(systemOf("release-train", right)), []);
});

test("a promotion goes into another branch that is tracked, after an API that there is", () => {
  const wrong = {
    production: gui("branch master", { from: "master", offeredAfter: "api", approval }),
    staging: gui("nothing", { from: "dev", approval }),
    dev: gui("branch dev"),
  };
  const given = sentences(systemOf("release-train", wrong)).join("\n");
  assert.match(given, /production: release\.gui\.promotion\.from is 'master', the tracked branch itself/);
  assert.match(
    given,
    /production: release\.gui\.promotion\.offeredAfter is 'api', but there is no release\.api/,
  );
  assert.match(
    given,
    /staging: release\.gui\.promotion merges into the tracked branch, but tracks is 'nothing'/,
  );
});

test("a lock does not reach over two repositories", () => {
  const system = systemOf("release-train");
  const { dev, staging } = system;
  assert.ok(dev && staging);
  const with_ = (repository: string): System => ({
    dev: { ...dev, api: { repository: "team/api" } },
    staging: { ...staging, api: { repository } },
  });
  assert.deepEqual(sentences(with_("team/api")), []);
  assert.match(
    sentences(with_("team/other")).join(),
    /exclusive is 'release-train', a lock of team\/api, which GitHub cannot/,
  );
});
