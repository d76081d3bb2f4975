import type { IsolationReport } from "../isolation";
import type { ParityReport } from "../parity";
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

/** Everything that a report shows. */
export interface ReportData {
  topology: Topology;
  comparisons: Comparison[];
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
