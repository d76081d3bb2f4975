import { LIMITS, type Limit, type Shape, SMALL, secondsOf, type Vendor } from "./facts";
import { Random } from "./random";

/**
 * A system whose pull requests get previews, and the habits of its people. Times are in seconds.
 */
export interface Day {
  seed: number;
  /** Pull requests opened in a day. */
  pulls: number;
  /** Pushes to each after the first, on average. */
  pushes: number;
  /** How long one stays open, on average. */
  open: number;
  /** How long its checks take. */
  checks: number;
  /** The number of configured checks. */
  stated: number;
  /** How long Heroku builds and releases. */
  build: number;
  /** Jobs that run at once. */
  jobs: number;
  shape: Shape;
  /** Whether it also has a site at Netlify, which Netlify builds by itself. */
  site: boolean;
  /** USD a month for one environment. */
  cost: number;
  /** How long an environment lives after its last push. */
  ttl: number;
}

/** A day of twelve hundred people, as shown in the docs. */
export const USUAL_DAY: Day = {
  seed: 1,
  pulls: 1000,
  pushes: 3,
  open: 36 * 3600,
  checks: 8 * 60,
  stated: 1,
  build: 180,
  jobs: 500,
  shape: SMALL,
  site: true,
  cost: 7,
  ttl: 72 * 3600,
};

/** The needs of a day, after a week of such days. */
export interface Needs {
  /** Runs that did something. */
  runs: number;
  /** The most jobs running or waiting at once. */
  jobsWanted: number;
  /** Seconds that the unluckiest job waited for a runner. */
  longestWait: number;
  /** As GitHub bills them: each job is rounded up. */
  minutes: number;
  /** The most environments at once. */
  environments: number;
  /** USD a month for the average number of environments. */
  cost: number;
  /** The calls in the fullest window of each limit. */
  calls: { limit: Limit; most: number }[];
}

const DAY = 86_400;
const WEEK = 7;
/**
 * The runner's start and checkout, the project's installation, the engine's start. Assumptions for
 * this repository, rounded up.
 */
const START = 15;
const INSTALL = 25;
const ENGINE = 10;
/** The provider writes, then reads the result. */
const CALLS_PER_RESOURCE = 2;
/** Netlify receives a site, its build hook and the repository's key. */
const CALLS_PER_SITE = 3 * CALLS_PER_RESOURCE;
/** Environments per job of the reaper: stagewright/release/workflows/reaping.ts */
const PER_REAPER = 50;

interface Pull {
  number: number;
  closes: number;
  exists: boolean;
  expires: number;
  /** Whether a run is in progress, and whether another one waits behind it. */
  busy: boolean;
  waiting: boolean;
  deployed: number;
}

interface Job {
  since: number;
  /** Runs the job's effects at its start and returns its duration. */
  start(now: number): number;
  done(now: number): void;
}

/**
 * Simulates a week of such days event by event and measures the last one. The same day gives the
 * same needs.
 */
export function simulate(day: Day): Needs {
  return new Simulation(day).run();
}

class Simulation {
  readonly #random: Random;
  readonly #events = new Queue();
  readonly #pulls: Pull[] = [];
  readonly #queue: Job[] = [];
  readonly #windows = new Map<Limit, Map<number, number>>(LIMITS.map((limit) => [limit, new Map()]));
  #now = 0;
  #running = 0;
  #existing = 0;
  #area = 0;
  readonly #needs = { runs: 0, jobsWanted: 0, longestWait: 0, minutes: 0, environments: 0 };

  constructor(readonly day: Day) {
    this.#random = new Random(day.seed);
  }

  run(): Needs {
    for (let number = 0; number < WEEK; number++) this.#open(number * DAY);
    for (let hour = 0; hour < WEEK * 24; hour++) this.#events.add(hour * 3600 + 17 * 60, () => this.#reap());
    const end = WEEK * DAY;
    for (let event = this.#events.next(); event && event.at < end; event = this.#events.next()) {
      if (this.#measures) this.#area += this.#existing * (event.at - Math.max(this.#now, end - DAY));
      this.#now = event.at;
      event.act();
      if (this.#measures) this.#needs.environments = Math.max(this.#needs.environments, this.#existing);
    }
    const calls = [...this.#windows].map(([limit, windows]) => ({
      limit,
      most: Math.max(0, ...windows.values()),
    }));
    return { ...this.#needs, calls, cost: Math.round((this.#area / DAY) * this.day.cost) };
  }

  get #measures(): boolean {
    return this.#now >= (WEEK - 1) * DAY;
  }

  // People open nine of ten in their ten working hours, most of them around the middle.
  #open(midnight: number): void {
    const { pulls, pushes, open } = this.day;
    for (let count = 0; count < pulls; count++) {
      const at = midnight + this.#moment();
      const closes = at + this.#random.wait(open);
      const pull = {
        number: this.#pulls.length,
        closes,
        exists: false,
        expires: 0,
        busy: false,
        waiting: false,
        deployed: 0,
      };
      this.#pulls.push(pull);
      this.#events.add(at, () => this.#wake(pull));
      for (
        let push = at + this.#random.wait(open / (pushes + 1));
        push < closes;
        push += this.#random.wait(open / (pushes + 1))
      )
        this.#events.add(push, () => this.#wake(pull));
      this.#events.add(closes, () => this.#wake(pull));
    }
  }

  #moment(): number {
    if (this.#random.next() < 0.1) return this.#random.next() * DAY;
    return (8 + 5 * (this.#random.next() + this.#random.next())) * 3600;
  }

  // Like the concurrency group: one run for a pull request, and one waiting.
  #wake(pull: Pull): void {
    if (pull.busy) {
      pull.waiting = true;
      return;
    }
    pull.busy = true;
    this.#counted(1);
    if (pull.closes <= this.#now) this.#close(pull);
    else this.#update(pull);
  }

  #free(pull: Pull): void {
    pull.busy = false;
    if (!pull.waiting) return;
    pull.waiting = false;
    this.#wake(pull);
  }

  #update(pull: Pull): void {
    const { checks, stated, build, shape, ttl } = this.day;
    const pushed = this.#now;
    this.#job({
      start: (now) => {
        const waited = Math.max(0, pushed + checks - (now + START));
        const engine = ENGINE + (pull.exists ? 1 : secondsOf(shape, "create"));
        const polls = pollsIn(waited);
        this.#call("GitHub", 1 + polls * stated * 2 + 1, 1);
        if (!pull.exists) this.#vendors(1);
        return START + waited + INSTALL + engine;
      },
      done: (now) => {
        if (!pull.exists) this.#exists(1);
        pull.exists = true;
        pull.expires = now + ttl;
        this.#job({
          start: () => {
            // A record, two states of it, and the comment.
            this.#call("GitHub", 2, 4);
            // The source, the build, and both results; the output is a stream.
            this.#call("Heroku", 8, 0);
            return START + build;
          },
          done: () => {
            pull.deployed++;
            this.#free(pull);
          },
        });
      },
    });
  }

  #close(pull: Pull): void {
    this.#job({
      start: () => {
        const { shape } = this.day;
        this.#call("GitHub", 3 + pull.deployed, pull.deployed + 1);
        if (pull.exists) this.#vendors(1);
        return START + INSTALL + ENGINE + (pull.exists ? secondsOf(shape, "delete") : 0);
      },
      done: () => {
        this.#gone(pull);
        this.#free(pull);
      },
    });
  }

  #reap(): void {
    const parts = Math.max(1, Math.ceil(this.#existing / PER_REAPER));
    const due = this.#pulls.filter(({ exists, expires, busy }) => exists && !busy && expires <= this.#now);
    for (let part = 0; part < parts; part++) {
      const own = due.filter(({ number }) => number % parts === part);
      this.#job({
        start: () => {
          this.#call(
            "GitHub",
            2 + (part === 0 ? Math.ceil(this.#existing / 100) : 0) + own.length,
            own.length,
          );
          this.#call("Heroku", 1, 0); // the list of apps, to find orphans
          this.#vendors(own.length);
          return START + INSTALL + ENGINE + own.length * (ENGINE + secondsOf(this.day.shape, "delete"));
        },
        done: () => {
          for (const pull of own) this.#gone(pull);
        },
      });
    }
  }

  /** The calls to create or destroy a number of environments. */
  #vendors(environments: number): void {
    const { shape, site } = this.day;
    this.#call("Heroku", environments * shape.flat().length * CALLS_PER_RESOURCE, 0);
    this.#call("Netlify", site ? environments * CALLS_PER_SITE : 0, 0);
  }

  #gone(pull: Pull): void {
    if (pull.exists) this.#exists(-1);
    pull.exists = false;
  }

  #exists(change: number): void {
    this.#existing += change;
  }

  #job(job: Omit<Job, "since">): void {
    this.#queue.push({ ...job, since: this.#now });
    if (this.#measures)
      this.#needs.jobsWanted = Math.max(this.#needs.jobsWanted, this.#running + this.#queue.length);
    this.#start();
  }

  #start(): void {
    while (this.#running < this.day.jobs) {
      const job = this.#queue.shift();
      if (!job) return;
      this.#running++;
      if (this.#measures) this.#needs.longestWait = Math.max(this.#needs.longestWait, this.#now - job.since);
      const seconds = job.start(this.#now);
      if (this.#measures) this.#needs.minutes += Math.ceil(seconds / 60);
      this.#events.add(this.#now + seconds, () => {
        this.#running--;
        job.done(this.#now);
        this.#start();
      });
    }
  }

  #counted(runs: number): void {
    if (this.#measures) this.#needs.runs += runs;
  }

  #call(vendor: Vendor, reads: number, changes: number): void {
    if (!this.#measures) return;
    for (const [limit, windows] of this.#windows) {
      if (limit.vendor !== vendor) continue;
      const window = Math.floor(this.#now / limit.every);
      const calls = limit.counts === "changes" ? changes : reads + changes;
      windows.set(window, (windows.get(window) ?? 0) + calls);
    }
  }
}

/**
 * Returns how often stagewright/release/gates/checks.sh asks within a number of seconds: after 15,
 * 30, and then every 60.
 */
export function pollsIn(seconds: number): number {
  let polls = 1;
  for (let passed = 0, pause = 15; passed < seconds; pause = Math.min(60, pause * 2)) {
    passed += pause;
    polls++;
  }
  return polls;
}

interface Event {
  at: number;
  /** Events of the same moment happen in the order in which they were added. */
  order: number;
  act(): void;
}

/** Events by their moment: a binary heap. */
class Queue {
  readonly #heap: Event[] = [];
  #added = 0;

  add(at: number, act: () => void): void {
    const heap = this.#heap;
    heap.push({ at, act, order: this.#added++ });
    for (let index = heap.length - 1; index > 0; ) {
      const above = (index - 1) >> 1;
      if (!this.#swapped(above, index)) return;
      index = above;
    }
  }

  next(): Event | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (heap.length === 0 || !last) return first;
    heap[0] = last;
    for (let index = 0; ; ) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = right < heap.length && this.#before(right, left) ? right : left;
      if (child >= heap.length || !this.#swapped(index, child)) return first;
      index = child;
    }
  }

  #before(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    return a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order));
  }

  #swapped(above: number, below: number): boolean {
    if (!this.#before(below, above)) return false;
    const [a, b] = [this.#heap[above], this.#heap[below]];
    if (a && b) {
      this.#heap[above] = b;
      this.#heap[below] = a;
    }
    return true;
  }
}
