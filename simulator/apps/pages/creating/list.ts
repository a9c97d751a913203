import { page } from "../document.ts";
import { type Html, html } from "../html.ts";
import type { Visit } from "../frame/visit.ts";

/** All the apps there are: whoever looks is a collaborator of each. */
export function list(visit: Visit, dialog?: Html): string {
  const { apps, workspaces } = visit.simulator.world;
  const told = visit.query.get("told");
  const rows = [...apps.values()].map(
    ({ id, name, teamId, isDistributed }) => html`<tr>
      <td><a href="/apps/${id}">${name}</a></td>
      <td>${workspaces.get(teamId)?.team.name ?? teamId}</td>
      <td>${isDistributed ? "Distributed" : "Not distributed"}</td>
    </tr>`,
  );
  const body = html`<main class="wide"${dialog && html` inert`}>
    ${told ? html`<p class="told" role="status">${told}</p>` : ""}
    <div class="title-row"><h1>Your Apps</h1>
      <form method="get" action="/apps"><input type="hidden" name="new_app" value="1">
        <button class="button primary">Create New App</button></form></div>
    ${
      rows.length === 0
        ? html`<p class="empty-list">You don't have any apps yet. Create one from a manifest.</p>`
        : html`<table><thead><tr><th scope="col">App Name</th><th scope="col">Workspace</th><th scope="col">Distribution Status</th></tr></thead><tbody>${rows}</tbody></table>`
    }
  </main>
  ${dialog}`;
  return page(visit, { title: "Your Apps", body });
}
