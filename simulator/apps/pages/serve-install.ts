import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Simulator } from "../../simulator.ts";
import type { App } from "../../workspace/app.ts";
import { installApp, mayInstall, placeOf } from "../install-app.ts";
import { requestInstall } from "../install-request.ts";
import { allowPage, requestedPage } from "./allow-page.ts";
import { decide, requests } from "./install-requests.ts";
import { placesOf } from "./settings/install-app.ts";
import { formOf, read, readAll, type Visit, visitOf } from "./visit.ts";

const params = z.object({ id: z.string() });
const markup = (reply: FastifyReply, text: string) => reply.type("text/html; charset=utf-8").send(text);

type Where = ReturnType<typeof placesOf>[number];
type Asked = { app: App; where: Where };

function find(visit: Visit, request: FastifyRequest): Asked | undefined {
  const app = visit.simulator.world.apps.get(params.parse(request.params).id);
  const all = app ? placesOf({ ...visit, app, refused: [] }) : [];
  const where = all.find(({ id }) => id === visit.query.get("place"));
  return app && where && { app, where };
}

function allow({ simulator, user }: Visit, { app, where }: Asked, form: FormData): string {
  const place = placeOf(simulator.world, where.id);
  if (!place || !mayInstall(app, user, where.id)) return "An admin has to approve this app first.";
  const optional = readAll(form, "optional");
  const withheld = app.settings.optionalScopes.filter((scope) => !optional.includes(scope));
  installApp(simulator, app, { place, withheld });
  return `${app.name} was installed to ${where.name}.`;
}

/** Where somebody installs an app from its own settings, asks admins for it, and where admins answer. */
export function serveAllowing(server: FastifyInstance, simulator: Simulator): void {
  server.get("/apps/:id/allow", (request, reply) => {
    const visit = visitOf(simulator, request);
    const asked = find(visit, request);
    if (!asked) return reply.code(404).send("There is no such page");
    const { app, where } = asked;
    return markup(reply, allowPage(visit, { app, places: [where], scopes: app.settings.scopes }));
  });
  server.post("/apps/:id/allow", (request, reply) => {
    const visit = visitOf(simulator, request);
    const asked = find(visit, request);
    if (!asked) return reply.code(404).send("There is no such page");
    const { app, where } = asked;
    const form = formOf(request);
    const go = read(form, "go");
    if (go === "request") {
      requestInstall(simulator, app, {
        by: visit.user.id,
        placeId: where.id,
        message: read(form, "message") ?? "",
      });
      return markup(reply, requestedPage(visit, asked));
    }
    const told = go === "allow" ? `?told=${encodeURIComponent(allow(visit, asked, form))}` : "";
    return reply.redirect(`/apps/${app.id}${told}`, 303);
  });
  server.get("/apps/requests", (request, reply) => markup(reply, requests(visitOf(simulator, request))));
  server.post("/apps/requests", (request, reply) => {
    decide(visitOf(simulator, request), formOf(request));
    return reply.redirect("/apps/requests", 303);
  });
}
