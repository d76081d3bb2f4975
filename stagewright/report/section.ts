import type { Temporal } from "temporal-polyfill";
import type { EnvironmentSpec } from "../environment/schema/environment";
import type { IsolationReport } from "../isolation/isolation";
import type { ParityReport } from "../parity/parity";
import type { Finding } from "../policy/findings";
import type { System } from "../release/rules";
import type { ResourceState } from "../resources/graph";
import type { Html } from "./html";
import type { Topology } from "./model/topology";

/** Two environments compared. */
export interface Comparison {
  a: string;
  b: string;
  /** Absent where it was not asked for. */
  parity?: ParityReport;
  isolation?: IsolationReport;
}

/** When what is deployed. */
export interface Releases {
  system: System;
  /** The week of this moment is the first on the calendar. */
  now: Temporal.Instant;
}

/** What an environment buys. */
export interface Bill {
  stack: string;
  resources: readonly ResourceState[];
  budget: EnvironmentSpec["budget"];
}

/** What the policy finds in an environment. */
export interface Policed {
  stack: string;
  findings: Finding[];
}

/** Everything that a report shows. */
export interface ReportData {
  topology: Topology;
  comparisons: Comparison[];
  /** Absent: nothing is said of releases. */
  releases?: Releases;
  /** Absent: nothing is said of costs. */
  bills?: Bill[];
  /** Absent: nothing is said of the policy. */
  policed?: Policed[];
}

/** One part of the page. */
export interface Section {
  /** Anchor in the page. */
  id: string;
  title: string;
  /** What the part says, as one sentence. */
  lead: Html | string;
  body: Html;
}

/** Makes one part of the page of the data; `undefined` where there is nothing to show. */
export type SectionMaker = (data: ReportData) => Section | undefined;
