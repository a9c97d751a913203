import { findLink, type PasswordLink } from "../../people/links/find-link.ts";
import { useLink } from "../../people/use-link.ts";
import { commandLine } from "../../people/principal.ts";
import { requires } from "../../api/requires.ts";
import { setSessionCookie } from "../../api/session-cookie.ts";
import {
  type LinkBody,
  linkBody,
  linkToken,
  sessionBody,
  useLink as useLinkBody,
} from "../contract/session.ts";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse } from "../problem.ts";
import { showSession } from "./show-session.ts";

const tags = ["Session"];

/** The one-time links with which people choose their password, and the first admin begins. */
export function passwordLinkRoutes(app: App, { db, config, clock }: Deps): void {
  app.post(
    "/api/v1/password-links/look",
    {
      ...requires("anyone"),
      schema: { tags, summary: "What a link is for", body: linkToken, response: { 200: linkBody } },
    },
    async ({ body }) => showLink(orRefuse(await findLink(db.kysely, body.token, clock()))),
  );

  app.post(
    "/api/v1/password-links/use",
    {
      ...requires("anyone"),
      schema: {
        tags,
        summary: "Set a password with a link, and sign in",
        body: useLinkBody,
        response: { 200: sessionBody },
      },
    },
    async ({ body, headers, ip }, reply) => {
      // The link stands for whoever made it; the first one came from the server's terminal.
      const by = { ...commandLine, via: "console", ip } as const;
      const use = { ...body, userAgent: headers["user-agent"] ?? null, now: clock() };
      const { session, user } = orRefuse(await useLink(db, by, use));
      setSessionCookie(reply, session, config);
      return showSession(db.kysely, user);
    },
  );
}

function showLink(link: PasswordLink): LinkBody {
  const { email, name } = link.kind === "set_password" ? link : { email: null, name: null };
  return { kind: link.kind, email, name };
}
