import { HEROKU_APPS, PLANS } from "./day/facts";
import { type Needs, simulate, USUAL_DAY } from "./day/simulate";

// Simulates the needs of a day with a number of pull requests, as shown in docs/scale.md. Usage:
// node --require ./stagewright/typescript.js bench/day.ts [PULL REQUESTS...]
const asked = process.argv.slice(2).map(Number);
const days = asked.length > 0 ? asked : [10, 100, 1000];

const all = days.map((pulls) => simulate({ ...USUAL_DAY, pulls }));
row("pull requests a day", days);
row(
  "---",
  days.map(() => "--:"),
);
row(
  "runs",
  all.map(({ runs }) => runs),
);
row(
  "runner minutes, as billed",
  all.map(({ minutes }) => minutes),
);
row(
  "jobs at once, at most",
  all.map(({ jobsWanted }) => jobsWanted),
);
for (const [plan, jobs] of Object.entries(PLANS)) {
  const waits = days.map((pulls) => simulate({ ...USUAL_DAY, pulls, jobs }).longestWait);
  row(
    `longest wait for a runner, ${plan} (${jobs} jobs)`,
    waits.map((seconds) => `${Math.ceil(seconds / 60)} min`),
  );
}
row(
  `environments at once, at most (Heroku: ${HEROKU_APPS} apps)`,
  all.map(({ environments }) => environments),
);
row(
  "USD a month",
  all.map(({ cost }) => cost),
);
for (const [index, { limit }] of (all[0]?.calls ?? []).entries()) {
  const most = (needs: Needs) => needs.calls[index]?.most ?? 0;
  row(
    `${limit.name} (${limit.most} ${limit.every === 60 ? "a minute" : "an hour"})`,
    all.map((needs) => `${most(needs)}${most(needs) > limit.most ? " **over**" : ""}`),
  );
}

function row(name: string, values: readonly (string | number)[]): void {
  console.log(`| ${[name, ...values].join(" | ")} |`);
}
