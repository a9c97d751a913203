import type { Refusal } from "../../alert/refusal.ts";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { transaction } from "../../db/transaction.ts";
import { slackLink, slackUserParams, userBody } from "../../people/contract.ts";
import { showUser } from "../../people/user-routes.ts";
import { findUser } from "../../people/users.ts";
import { reachingSlack } from "../app/app-routes.ts";
import { type Installation, installationById } from "../installations/installations.ts";
import { linkSlackUser, unlinkSlackUser } from "./slack-links.ts";

const tags = ["Users"];

/** Which Slack user somebody is where their e-mail doesn't say so. There is no way to say it from Slack. */
export function slackLinkRoutes(app: App, deps: Deps): void {
  const { db, clock, slack } = deps;

  app.put(
    "/api/v1/users/:id/slack-users/:slackUserId",
    {
      ...requires("Manage Users"),
      schema: {
        tags,
        summary: "Tie a Slack user to a user, whatever their e-mail in Slack",
        params: slackUserParams,
        body: slackLink,
        response: { 200: userBody },
      },
    },
    async ({ params: { id: userId, slackUserId }, body: { installationId }, principal }) => {
      const installation = orRefuse(await placeOf(deps, installationId));
      const client = await slack.clientFor(installation.id);
      const slackUser = await reachingSlack(client.usersInfo(slackUserId));
      const tie = { userId, installation, slackUser, now: clock() };
      const tied = await transaction(db, async (tx) => {
        return (await linkSlackUser(tx, principal, tie)) ?? findUser(tx, userId);
      });
      return showUser(orRefuse(tied));
    },
  );

  app.delete(
    "/api/v1/users/:id/slack-users/:slackUserId",
    {
      ...requires("Manage Users"),
      schema: { tags, summary: "Untie a Slack user", params: slackUserParams, response: { 200: userBody } },
    },
    async ({ params: { id: userId, slackUserId }, principal }) => {
      const untied = await transaction(db, async (tx) => {
        return (await unlinkSlackUser(tx, principal, { userId, slackUserId })) ?? findUser(tx, userId);
      });
      return showUser(orRefuse(untied));
    },
  );
}

/** The installation that was named, or the only one. */
async function placeOf({ db }: Deps, named: string | undefined): Promise<Installation | Refusal> {
  const rows = await db.kysely.selectFrom("installations").select("id").limit(2).execute();
  if (rows.length === 0) return invalid("The Slack app is not installed yet. Set it up first.");
  if (!named && rows.length > 1)
    return invalid("The Slack app is installed in several places. Say in which one.");
  const installation = await installationById(db.kysely, named ?? rows[0]?.id ?? "");
  return installation ?? invalid("The Slack app has no such installation.");
}

function invalid(why: string): Refusal {
  return { refused: "invalid", why, field: "installationId" };
}
