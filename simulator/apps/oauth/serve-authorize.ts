import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Simulator } from "../../simulator.ts";
import { findInstallTarget, grantedScopes, mayInstall } from "../install-app.ts";
import { requestInstall } from "../install-request.ts";
import { allowPage, refusedPage, requestedPage } from "../pages/allow-page.ts";
import { formOf, read, readAll, type Visit, visitOf } from "../pages/visit.ts";
import { type Authorization, decideAuthorize, withQuery } from "./decide-authorize.ts";

type AuthorizeRequest = Extract<Authorization, { ok: true }>;

const sendHtml = (reply: FastifyReply, text: string, status = 200) =>
  reply.code(status).type("text/html; charset=utf-8").send(text);

/** Issues a code for `oauth.v2.access`; undefined if the person may not install the app. */
function makeCode(
  { simulator, user, query }: Visit,
  { app, scopes }: AuthorizeRequest,
  form: FormData,
): string | undefined {
  const targetId = read(form, "target") ?? "";
  const target = findInstallTarget(simulator.world, targetId);
  if (!target || !mayInstall(app, user, targetId)) return undefined;
  const optional = readAll(form, "optional");
  const withheld = app.settings.optionalScopes.filter((scope) => !optional.includes(scope));
  const code = `${app.clientId}.${randomBytes(16).toString("hex")}`;
  app.codes.set(code, {
    target,
    scopes: grantedScopes(app, { asked: scopes, withheld }),
    by: user.id,
    redirectUri: query.get("redirect_uri") ?? undefined,
    issuedAt: simulator.world.now(),
  });
  return code;
}

function answer(
  reply: FastifyReply,
  visit: Visit,
  { asked, form }: { asked: AuthorizeRequest; form: FormData },
) {
  const state = visit.query.get("state") ?? undefined;
  const back = (more: Record<string, string | undefined>) =>
    reply.redirect(withQuery(asked.redirectUri, { ...more, state }), 302);
  const go = read(form, "go");
  if (go === "cancel") return back({ error: "access_denied" });
  if (go === "request") {
    const message = read(form, "message") ?? "";
    requestInstall(visit.simulator, asked.app, {
      by: visit.user.id,
      targetId: read(form, "target") ?? "",
      message,
    });
    return sendHtml(reply, requestedPage(visit, asked));
  }
  const code = makeCode(visit, asked, form);
  return code
    ? back({ code })
    : sendHtml(reply, refusedPage(visit, "An admin has to approve this app first."), 403);
}

/** Serves `/oauth/v2/authorize`, the page to which apps send people to install them. */
export function serveAuthorize(server: FastifyInstance, simulator: Simulator): void {
  server.route({
    method: ["GET", "POST"],
    url: "/oauth/v2/authorize",
    handler: (request, reply) => {
      const visit = visitOf(simulator, request);
      const asked = decideAuthorize(simulator.world, visit.query, visit.user.id);
      if (!asked.ok) return sendHtml(reply, refusedPage(visit, asked.reason), 400);
      if (request.method === "GET") return sendHtml(reply, allowPage(visit, asked));
      return answer(reply, visit, { asked, form: formOf(request) });
    },
  });
}
