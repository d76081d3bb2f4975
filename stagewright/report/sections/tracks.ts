import { parseTracks } from "../../environment/schema/release";
import { TITLE } from "../drawing/arrows";
import { type Html, html } from "../html";
import type { ComparedSource, EnvironmentView } from "../model/topology";
import type { SectionMaker } from "../section";

interface Follower extends ComparedSource {
  stack: string;
}

/** What each environment follows, by repository. */
export const tracksSection: SectionMaker = ({ topology: { environments } }) => {
  const followers = environments.flatMap(({ stack, sources }: EnvironmentView) =>
    sources.map((source): Follower => ({ ...source, stack })),
  );
  const repositories = [...new Set(followers.map(({ repository }) => repository))];
  if (repositories.length === 0) return undefined;
  return {
    id: "tracks",
    title: "What each environment follows",
    lead: "What is filled goes by itself where the arrow points.",
    body: html`<div class="repositories">${repositories.map((repository) =>
      repositoryFigure(
        repository,
        followers.filter((follower) => follower.repository === repository),
      ),
    )}</div>`,
  };
};

function repositoryFigure(repository: string, followers: readonly Follower[]): Html {
  const tracked = [...new Set(followers.map(({ tracks }) => tracks))];
  return html`<figure><figcaption><code>${repository}</code></figcaption><ul class="tracks">${tracked.map(
    (tracks) =>
      html`<li><span class="tracked"><code>${tracks === "nothing" ? "by hand" : tracks}</code></span>${line(tracks)}<span class="targets">${followers
        .filter((follower) => follower.tracks === tracks)
        .map(
          ({ stack, to }) => html`<span class="target"><strong>${stack}</strong> ${TITLE[to]}</span>`,
        )}</span></li>`,
  )}</ul></figure>`;
}

// Commits as dots; those that are deployed are filled. A tag or a release is a diamond.
function line(tracks: string): Html {
  const { kind } = parseTracks(tracks);
  const tagged = kind === "releases" || kind === "tags";
  const commits = [14, 44, 74, 104];
  return html`<svg class="commits ${kind}" viewBox="0 0 150 24" width="150" height="24" aria-hidden="true"><path class="line" d="M2 12H142"/>${kind !== "nothing" && html`<path class="head" d="M140 7l8 5-8 5z"/>`}${commits.map(
    (x, index) =>
      tagged && index % 2 === 1
        ? html`<path class="deployed" d="M${x} 5l7 7-7 7-7-7z"/>`
        : html`<circle class="${kind === "branch" ? "deployed" : "passed"}" cx="${x}" cy="12" r="4.5"/>`,
  )}</svg>`;
}
