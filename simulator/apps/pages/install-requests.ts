import { decideRequest } from "../install-request.ts";
import { page } from "./document.ts";
import { html } from "./html.ts";
import { read, type Visit } from "./visit.ts";

const waiting = ({ simulator }: Visit) =>
  [...simulator.world.apps.values()].flatMap((app) =>
    app.requests.filter(({ state }) => state === "waiting").map((request) => ({ app, request })),
  );

function nameOf({ simulator: { world } }: Visit, id: string): string {
  const users = [...world.workspaces.values()].flatMap((workspace) => workspace.users.get(id) ?? []);
  return users[0]?.realName ?? world.workspaces.get(id)?.team.name ?? world.organisations.get(id)?.name ?? id;
}

function rows(visit: Visit) {
  return waiting(visit).map(({ app, request }) => {
    const button = (go: string, label: string, variant: string) =>
      html`<button class="button ${variant}" name="go" value="${go}" aria-label="${label} ${app.name}">${label}</button>`;
    return html`<section class="card"><h2>${app.name}</h2>
      <p>${nameOf(visit, request.by)} wants to install this app in ${nameOf(visit, request.targetId)}.</p>
      ${request.message && html`<blockquote>${request.message}</blockquote>`}
      <p class="hint">Requested scopes: ${app.settings.scopes.join(", ")}.</p>
      <form method="post" action="/apps/requests" class="row-of-buttons">
        <input type="hidden" name="request" value="${request.id}">
        ${button("approved", "Approve", "primary")}${button("denied", "Deny", "")}</form></section>`;
  });
}

/** The page with the open requests, for admins. */
export function requestsPage(visit: Visit): string {
  const all = rows(visit);
  const body = html`<main class="wide"><h1>Requests to install apps</h1>
    ${
      visit.user.isAdmin
        ? all.length === 0
          ? html`<p class="empty-list">No requests are waiting for approval.</p>`
          : all
        : html`<p role="alert">Only admins can approve apps. Select an admin at the top.</p>`
    }</main>`;
  return page(visit, { title: "Requests", body });
}

/** Handles *Approve* and *Deny*. Does nothing for people who are not admins. */
export function decideFromForm(visit: Visit, form: FormData): void {
  const found = waiting(visit).find(({ request }) => request.id === read(form, "request"));
  const state = read(form, "go") === "approved" ? "approved" : "denied";
  if (found && visit.user.isAdmin) decideRequest(visit.simulator, found.app, { ...found, state });
}
