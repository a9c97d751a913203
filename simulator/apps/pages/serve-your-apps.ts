import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Simulator } from "../../simulator.ts";
import { serveAuthorize } from "../oauth/serve-authorize.ts";
import { dialog } from "./create-dialog.ts";
import { firstDraft } from "./create-steps.ts";
import { list } from "./creating/list.ts";
import { takeStep } from "./creating/take-step.ts";
import { read } from "./frame/read-form.ts";
import { actingCookie, formOf, visitOf } from "./visit.ts";
import { serveAllowing } from "./serve-install.ts";
import { serveSettings } from "./settings/serve-settings.ts";

function serveCreating(server: FastifyInstance, simulator: Simulator): void {
  server.get("/apps", (request, reply) => {
    const visit = visitOf(simulator, request);
    const open = visit.query.has("new_app") ? dialog(visit, firstDraft(visit.query), []) : undefined;
    return reply.type("text/html; charset=utf-8").send(list(visit, open));
  });
  server.get("/apps/new", (_request, reply) => reply.redirect("/apps?new_app=1", 303));
  server.post("/apps/new", (request, reply) => {
    const visit = visitOf(simulator, request);
    const taken = takeStep(visit, formOf(request));
    if ("to" in taken) return reply.redirect(taken.to, 303);
    return reply.type("text/html; charset=utf-8").send(list(visit, dialog(visit, taken.draft, taken.errors)));
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

/** *Your Apps* at `/apps`, the stand-in for api.slack.com/apps, and the page where people allow an app. */
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
    serveCreating(pages, simulator);
    serveAllowing(pages, simulator);
    serveSettings(pages, simulator);
    serveAuthorize(pages, simulator);
  });
}
