import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Simulator } from "../../simulator.ts";
import { granted, mayInstall, placeOf } from "../install-app.ts";
import { requestInstall } from "../install-request.ts";
import { allowPage, refusedPage, requestedPage } from "../pages/allow-page.ts";
import { formOf, read, readAll, type Visit, visitOf } from "../pages/visit.ts";
import { type Authorization, decideAuthorize, withQuery } from "./decide-authorize.ts";

type Asked = Extract<Authorization, { ok: true }>;

const markup = (reply: FastifyReply, text: string, status = 200) =>
  reply.code(status).type("text/html; charset=utf-8").send(text);

/** A code with which the app fetches its token. */
function makeCode(
  { simulator, user, query }: Visit,
  { app, scopes }: Asked,
  form: FormData,
): string | undefined {
  const placeId = read(form, "place") ?? "";
  const place = placeOf(simulator.world, placeId);
  if (!place || !mayInstall(app, user, placeId)) return undefined;
  const optional = readAll(form, "optional");
  const withheld = app.settings.optionalScopes.filter((scope) => !optional.includes(scope));
  const code = `${app.clientId}.${randomBytes(16).toString("hex")}`;
  app.codes.set(code, {
    place,
    scopes: granted(app, { asked: scopes, withheld }),
    by: user.id,
    redirectUri: query.get("redirect_uri") ?? undefined,
    issuedAt: simulator.world.now(),
  });
  return code;
}

function answer(reply: FastifyReply, visit: Visit, { asked, form }: { asked: Asked; form: FormData }) {
  const state = visit.query.get("state") ?? undefined;
  const back = (more: Record<string, string | undefined>) =>
    reply.redirect(withQuery(asked.redirectUri, { ...more, state }), 302);
  const go = read(form, "go");
  if (go === "cancel") return back({ error: "access_denied" });
  if (go === "request") {
    const message = read(form, "message") ?? "";
    requestInstall(visit.simulator, asked.app, {
      by: visit.user.id,
      placeId: read(form, "place") ?? "",
      message,
    });
    return markup(reply, requestedPage(visit, asked));
  }
  const code = makeCode(visit, asked, form);
  return code
    ? back({ code })
    : markup(reply, refusedPage(visit, "An admin has to approve this app first."), 403);
}

/** `/oauth/v2/authorize`: where an app sends people to have itself installed. */
export function serveAuthorize(server: FastifyInstance, simulator: Simulator): void {
  server.route({
    method: ["GET", "POST"],
    url: "/oauth/v2/authorize",
    handler: (request, reply) => {
      const visit = visitOf(simulator, request);
      const asked = decideAuthorize(simulator.world, visit.query, visit.user.id);
      if (!asked.ok) return markup(reply, refusedPage(visit, asked.why), 400);
      if (request.method === "GET") return markup(reply, allowPage(visit, asked));
      return answer(reply, visit, { asked, form: formOf(request) });
    },
  });
}
