import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Simulator } from "../../../simulator.ts";
import type { App } from "../../../workspace/app.ts";
import type { ManifestError } from "../../manifest/schema/manifest.ts";
import { formOf, type SettingsPage, visitOf } from "../visit.ts";
import { appPage, menu, pageAt } from "./settings-page.ts";

const params = z.object({ id: z.string(), page: z.string().default(""), deed: z.string().default("") });
const firstPage = "basic-information";

type Found = { app: App; page: SettingsPage; deed: string };

function find({ world }: Simulator, request: FastifyRequest): Found | undefined {
  const { id, page: path, deed } = params.parse(request.params);
  const app = world.apps.get(id);
  const page = pageAt(path === firstPage ? "" : path);
  return app && page && { app, page, deed };
}

const notThere = (reply: FastifyReply) => reply.code(404).type("text/plain").send("There is no such page");
const addressOf = ({ app, page }: Found) => `/apps/${app.id}${page.path && `/${page.path}`}`;

/** The pages of an app's settings, and what their buttons do. */
export function serveSettings(server: FastifyInstance, simulator: Simulator): void {
  const show = (request: FastifyRequest, reply: FastifyReply, refused: readonly ManifestError[] = []) => {
    const found = find(simulator, request);
    if (!found) return notThere(reply);
    const visit = { ...visitOf(simulator, request), app: found.app, refused };
    // A page that refused something stands at the address of a button: who reloads it comes back to the page.
    if (request.method === "GET" && found.deed) return reply.redirect(addressOf(found), 303);
    return reply.type("text/html; charset=utf-8").send(appPage(visit, found.page, menu));
  };
  server.get("/apps/:id", (request, reply) => show(request, reply));
  server.get("/apps/:id/:page", (request, reply) => show(request, reply));
  server.get("/apps/:id/:page/:deed", (request, reply) => show(request, reply));
  server.get("/apps/:id/icon", (request, reply) => {
    const icon = simulator.world.apps.get(params.parse(request.params).id)?.icon;
    return icon ? reply.type(icon.type).send(Buffer.from(icon.bytes)) : notThere(reply);
  });
  server.post("/apps/:id/:page/:deed", async (request, reply) => {
    const found = find(simulator, request);
    const run = found?.page.deeds[found.deed];
    if (!found || !run) return notThere(reply);
    const visit = { ...visitOf(simulator, request), app: found.app, refused: [] };
    const outcome = await run(visit, formOf(request));
    if (!outcome.ok)
      return reply
        .code(422)
        .type("text/html; charset=utf-8")
        .send(appPage({ ...visit, refused: outcome.errors }, found.page, menu));
    const to = new URL(outcome.to ?? addressOf(found), "http://simulator");
    if (outcome.told) to.searchParams.set("told", outcome.told);
    return reply.redirect(to.pathname + to.search, 303);
  });
}
