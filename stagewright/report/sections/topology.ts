import { ARROW_HEAD, environmentDrawings, inWords } from "../drawing/environment";
import { html } from "../html";
import type { SectionMaker } from "../section";

/** The environments side by side, as drawings. */
export const topologySection: SectionMaker = ({ topology }) => {
  const drawings = environmentDrawings(topology);
  return {
    id: "topology",
    title: "Environments side by side",
    lead: html`What stands where, and who reaches whom. A tinted <span class="differs"><span aria-hidden="true">≠</span> difference</span> is one in kind; a mere <span class="sign">≠</span> is a name or an address of its own. Whatever has no mark is the same in all environments.`,
    body: html`<svg class="drawing defs" width="0" height="0" aria-hidden="true"><defs>${ARROW_HEAD}</defs></svg>
<div class="environments" style="--drawing: ${drawings[0]?.width ?? 0}px">${drawings.map(
      ({ view, drawing, width, height }, index) => html`
<svg class="drawing" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="drawing-${index} drawing-${index}-words">
<title id="drawing-${index}">The environment ${view.stack}</title><desc id="drawing-${index}-words">${inWords(view)}</desc>
${drawing}</svg>`,
    )}</div>`,
  };
};
