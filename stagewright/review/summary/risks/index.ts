import { dataRisks } from "./data";
import { downtimeRisks } from "./downtime";
import { exposureRisks } from "./exposure";
import { placeRisks } from "./places";
import { rightsRisks } from "./rights";
import { KINDS, type Occasion, type Risk } from "./risk";
import { secondRisks } from "./seconds";
import { secretRisks } from "./secrets";
import { upgradeRisks } from "./upgrades";

const LEVELS: Risk["level"][] = ["danger", "warning", "notice"];

/** Returns every risk that a person should know before they approve a change, the gravest first. */
export function risksOf(occasion: Occasion): Risk[] {
  return [
    secondRisks,
    placeRisks,
    dataRisks,
    upgradeRisks,
    downtimeRisks,
    exposureRisks,
    rightsRisks,
    secretRisks,
  ]
    .flatMap((find) => find(occasion))
    .sort(
      (a, b) =>
        KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
    );
}
