import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Simulator } from "../../../simulator.ts";
import type { App } from "../../../workspace/app.ts";
import type { ManifestError } from "../../manifest/schema/manifest.ts";
import { formOf, type SettingsPage, visitOf } from "../visit.ts";
import { appPage, menu, pageAt } from "./settings-page.ts";

const params = z.object({ id: z.string(), page: z.string().default(""), action: z.string().default("") });
const firstPage = "basic-information";

type Found = { app: App; page: SettingsPage; action: string };

function find({ world }: Simulator, request: FastifyRequest): Found | undefined {
  const { id, page: path, action } = params.parse(request.params);
  const app = world.apps.get(id);
  const page = pageAt(path === firstPage ? "" : path);
  return app && page && { app, page, action };
}

const notFound = (reply: FastifyReply) => reply.code(404).type("text/plain").send("Page not found");
const pathOf = ({ app, page }: Found) => `/apps/${app.id}${page.path && `/${page.path}`}`;

/** Serves the pages of an app's settings and the actions of their buttons. */
export function serveSettings(server: FastifyInstance, simulator: Simulator): void {
  const show = (request: FastifyRequest, reply: FastifyReply, errors: readonly ManifestError[] = []) => {
    const found = find(simulator, request);
    if (!found) return notFound(reply);
    const visit = { ...visitOf(simulator, request), app: found.app, errors };
    // A page with errors has the URL of its action; reloading it redirects to the page itself.
    if (request.method === "GET" && found.action) return reply.redirect(pathOf(found), 303);
    return reply.type("text/html; charset=utf-8").send(appPage(visit, found.page, menu));
  };
  server.get("/apps/:id", (request, reply) => show(request, reply));
  server.get("/apps/:id/:page", (request, reply) => show(request, reply));
  server.get("/apps/:id/:page/:action", (request, reply) => show(request, reply));
  server.get("/apps/:id/icon", (request, reply) => {
    const icon = simulator.world.apps.get(params.parse(request.params).id)?.icon;
    return icon ? reply.type(icon.type).send(Buffer.from(icon.bytes)) : notFound(reply);
  });
  server.post("/apps/:id/:page/:action", async (request, reply) => {
    const found = find(simulator, request);
    const run = found?.page.actions[found.action];
    if (!found || !run) return notFound(reply);
    const visit = { ...visitOf(simulator, request), app: found.app, errors: [] };
    const outcome = await run(visit, formOf(request));
    if (!outcome.ok)
      return reply
        .code(422)
        .type("text/html; charset=utf-8")
        .send(appPage({ ...visit, errors: outcome.errors }, found.page, menu));
    const to = new URL(outcome.to ?? pathOf(found), "http://simulator");
    if (outcome.notice) to.searchParams.set("notice", outcome.notice);
    return reply.redirect(to.pathname + to.search, 303);
  });
}
