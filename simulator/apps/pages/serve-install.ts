import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Simulator } from "../../simulator.ts";
import type { App } from "../../workspace/app.ts";
import { findInstallTarget, installApp, mayInstall } from "../install-app.ts";
import { requestInstall } from "../install-request.ts";
import { allowPage, requestedPage } from "./allow-page.ts";
import { decideFromForm, requestsPage } from "./install-requests.ts";
import { installTargetsOf } from "./settings/install-app.ts";
import { formOf, read, readAll, type Visit, visitOf } from "./visit.ts";

const params = z.object({ id: z.string() });
const sendHtml = (reply: FastifyReply, text: string) => reply.type("text/html; charset=utf-8").send(text);

type TargetChoice = ReturnType<typeof installTargetsOf>[number];
type AppAndTarget = { app: App; target: TargetChoice };

function find(visit: Visit, request: FastifyRequest): AppAndTarget | undefined {
  const app = visit.simulator.world.apps.get(params.parse(request.params).id);
  const all = app ? installTargetsOf({ ...visit, app, errors: [] }) : [];
  const target = all.find(({ id }) => id === visit.query.get("target"));
  return app && target && { app, target };
}

function allow({ simulator, user }: Visit, { app, target: choice }: AppAndTarget, form: FormData): string {
  const target = findInstallTarget(simulator.world, choice.id);
  if (!target || !mayInstall(app, user, choice.id)) return "An admin has to approve this app first.";
  const optional = readAll(form, "optional");
  const withheld = app.settings.optionalScopes.filter((scope) => !optional.includes(scope));
  installApp(simulator, app, { target, withheld });
  return `${app.name} was installed to ${choice.name}.`;
}

/** Serves the pages that install an app from its settings, and those that request and approve an installation. */
export function serveInstall(server: FastifyInstance, simulator: Simulator): void {
  server.get("/apps/:id/allow", (request, reply) => {
    const visit = visitOf(simulator, request);
    const found = find(visit, request);
    if (!found) return reply.code(404).send("There is no such page");
    const { app, target } = found;
    return sendHtml(reply, allowPage(visit, { app, targets: [target], scopes: app.settings.scopes }));
  });
  server.post("/apps/:id/allow", (request, reply) => {
    const visit = visitOf(simulator, request);
    const found = find(visit, request);
    if (!found) return reply.code(404).send("There is no such page");
    const { app, target } = found;
    const form = formOf(request);
    const go = read(form, "go");
    if (go === "request") {
      requestInstall(simulator, app, {
        by: visit.user.id,
        targetId: target.id,
        message: read(form, "message") ?? "",
      });
      return sendHtml(reply, requestedPage(visit, found));
    }
    const notice = go === "allow" ? `?notice=${encodeURIComponent(allow(visit, found, form))}` : "";
    return reply.redirect(`/apps/${app.id}${notice}`, 303);
  });
  server.get("/apps/requests", (request, reply) =>
    sendHtml(reply, requestsPage(visitOf(simulator, request))),
  );
  server.post("/apps/requests", (request, reply) => {
    decideFromForm(visitOf(simulator, request), formOf(request));
    return reply.redirect("/apps/requests", 303);
  });
}
