import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Simulator } from "../../simulator.ts";
import { serveAuthorize } from "../oauth/serve-authorize.ts";
import { dialog } from "./create-dialog.ts";
import { firstDraft, takeStep } from "./create-steps.ts";
import { page } from "./document.ts";
import { type Html, html } from "./html.ts";
import { serveInstall } from "./serve-install.ts";
import { serveSettings } from "./settings/serve-settings.ts";
import { actingCookie, formOf, read, type Visit, visitOf } from "./visit.ts";

function serveCreate(server: FastifyInstance, simulator: Simulator): void {
  server.get("/apps", (request, reply) => {
    const visit = visitOf(simulator, request);
    const open = visit.query.has("new_app") ? dialog(visit, firstDraft(visit.query), []) : undefined;
    return reply.type("text/html; charset=utf-8").send(appList(visit, open));
  });
  server.get("/apps/new", (_request, reply) => reply.redirect("/apps?new_app=1", 303));
  server.post("/apps/new", (request, reply) => {
    const visit = visitOf(simulator, request);
    const result = takeStep(visit, formOf(request));
    if ("to" in result) return reply.redirect(result.to, 303);
    return reply
      .type("text/html; charset=utf-8")
      .send(appList(visit, dialog(visit, result.draft, result.errors)));
  });
  server.post("/apps/acting", (request, reply) => {
    const form = formOf(request);
    const back = read(form, "back") ?? "/apps";
    return reply
      .header("set-cookie", actingCookie(read(form, "as") ?? ""))
      .redirect(/^\/(?!\/)/.test(back) ? back : "/apps", 303);
  });
}

function formFrom(text: string): FormData {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(text)) form.append(name, value);
  return form;
}

/** Serves *Your Apps* at `/apps`, which simulates api.slack.com/apps, and the OAuth authorize page. */
export function serveYourApps(server: FastifyInstance, simulator: Simulator): void {
  server.register(async (pages) => {
    pages.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string" },
      (_request, body, done) => done(null, formFrom(body.toString())),
    );
    pages.addContentTypeParser(
      "multipart/form-data",
      { parseAs: "buffer" },
      ({ headers }: FastifyRequest, body: Buffer) =>
        new Response(Buffer.from(body), {
          headers: { "content-type": headers["content-type"] ?? "" },
        }).formData(),
    );
    serveCreate(pages, simulator);
    serveInstall(pages, simulator);
    serveSettings(pages, simulator);
    serveAuthorize(pages, simulator);
  });
}

/** The page with all apps: everyone is a collaborator of every app. */
function appList(visit: Visit, dialog?: Html): string {
  const { apps, workspaces } = visit.simulator.world;
  const notice = visit.query.get("notice");
  const rows = [...apps.values()].map(
    ({ id, name, teamId, isDistributed }) => html`<tr>
      <td><a href="/apps/${id}">${name}</a></td>
      <td>${workspaces.get(teamId)?.team.name ?? teamId}</td>
      <td>${isDistributed ? "Distributed" : "Not distributed"}</td>
    </tr>`,
  );
  const body = html`<main class="wide"${dialog && html` inert`}>
    ${notice ? html`<p class="notice" role="status">${notice}</p>` : ""}
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
