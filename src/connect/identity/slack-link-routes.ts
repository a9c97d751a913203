import { slackTrust } from "../../alert/permission.ts";
import type { Refusal } from "../../alert/refusal.ts";
import type { App, Deps } from "../../api/deps.ts";
import { idParams } from "../../api/page.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { slackLink, slackUserParams, userBody } from "../../people/contract.ts";
import { transactionAs } from "../../people/transaction-as.ts";
import { toUserBody } from "../../people/user-routes.ts";
import { findUser } from "../../people/users.ts";
import { orSlackUnavailable } from "../app/app-routes.ts";
import { type Installation, installationById } from "../installations/installations.ts";
import { forgetMatches } from "./match-users.ts";
import { linkSlackUser, unlinkSlackUser } from "./slack-links.ts";

const tags = ["Users"];

/** Link a Tocsin user to a Slack user whose email differs. Not possible from Slack. */
export function slackLinkRoutes(app: App, deps: Deps): void {
  const { db, clock, slack } = deps;

  app.put(
    "/api/v1/users/:id/slack-users/:slackUserId",
    {
      ...requires(slackTrust, { fresh: true, audits: ["user.tied_to_slack"], cost: "heavy" }),
      schema: {
        tags,
        summary: "Link a Slack user to a user, whatever their email in Slack",
        params: slackUserParams,
        body: slackLink,
        response: { 200: userBody },
      },
    },
    async ({ params: { id: userId, slackUserId }, body: { installationId }, principal }) => {
      const installation = orRefuse(await chosenInstallation(deps, installationId));
      const client = await slack.clientFor(installation.id);
      const slackUser = await orSlackUnavailable(client.usersInfo(slackUserId));
      const link = { userId, installation, slackUser, now: clock() };
      const linked = await transactionAs(db, principal, slackTrust, async (tx) => {
        return (await linkSlackUser(tx, principal, link)) ?? findUser(tx, userId);
      });
      return toUserBody(orRefuse(linked));
    },
  );

  app.post(
    "/api/v1/users/:id/slack-lookup",
    {
      ...requires("Manage Users", { unaudited: "It only has Slack asked again.", cost: "heavy" }),
      schema: {
        tags,
        summary: "Look a user up again in Slack by email; the result is in the user within seconds",
        params: idParams,
        response: { 202: userBody },
      },
    },
    async ({ params: { id }, principal }, reply) => {
      const user = await transactionAs(db, principal, "Manage Users", (tx) => forgetMatches(tx, id));
      return reply.code(202).send(toUserBody(orRefuse(user)));
    },
  );

  app.delete(
    "/api/v1/users/:id/slack-users/:slackUserId",
    {
      ...requires(slackTrust, { fresh: true, audits: ["user.untied_from_slack"] }),
      schema: { tags, summary: "Unlink a Slack user", params: slackUserParams, response: { 200: userBody } },
    },
    async ({ params: { id: userId, slackUserId }, principal }) => {
      const unlinked = await transactionAs(db, principal, slackTrust, async (tx) => {
        return (await unlinkSlackUser(tx, principal, { userId, slackUserId })) ?? findUser(tx, userId);
      });
      return toUserBody(orRefuse(unlinked));
    },
  );
}

/** The installation with the given id, or the only one if no id is given. */
async function chosenInstallation({ db }: Deps, id: string | undefined): Promise<Installation | Refusal> {
  const rows = await db.kysely.selectFrom("installations").select("id").limit(2).execute();
  if (rows.length === 0) return invalid("The Slack app is not installed yet. Set it up first.");
  if (!id && rows.length > 1)
    return invalid("The Slack app is installed in several workspaces. Choose one of them.");
  const installation = await installationById(db.kysely, id ?? rows[0]?.id ?? "");
  return installation ?? invalid("The Slack app has no such installation.");
}

function invalid(why: string): Refusal {
  return { refused: "invalid", why, field: "installationId" };
}
