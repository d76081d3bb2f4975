import { counts, type Finding } from "../../policy/findings";
import { type Html, html } from "../html";
import type { Policed, SectionMaker } from "../section";

/** Which rules each environment breaks, and which exceptions it states. */
export const policySection: SectionMaker = ({ policed = [] }) => {
  if (policed.length === 0) return undefined;
  return {
    id: "policy",
    title: "Policy",
    lead: "What must hold of every environment, whatever its files say; an exception is stated with its reason and its last day.",
    body: html`${policed.map(environmentPolicy)}`,
  };
};

function environmentPolicy({ stack, findings }: Policed): Html {
  const broken = findings.filter(counts);
  const others = findings.filter((finding) => !counts(finding));
  const verdict =
    broken.length === 0
      ? html`<p class="verdict good"><strong>${stack} keeps every rule${others.some(({ excepted }) => excepted) && ", with stated exceptions"}.</strong></p>`
      : html`<p class="verdict bad"><strong>${stack} breaks the rules in ${broken.length} place${broken.length > 1 && "s"}.</strong></p>`;
  return html`<h3>${stack}</h3>${verdict}${findings.length > 0 && html`<ul class="findings">${[...broken, ...others].map(item)}</ul>`}`;
}

function item({ name, title, says, because, fix, resource, severity, excepted }: Finding): Html {
  const kind = excepted ? `exception until ${excepted.until}` : severity;
  return html`<li><strong>${name}</strong> <span class="quiet">${kind}</span>: ${title}. ${resource && html`<code>${resource.name}</code> `}${says}<br><span class="quiet">${excepted ? excepted.because : html`${because} ${fix}`}</span></li>`;
}
