import { slackTrust } from "../../alert/permission.ts";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse, problem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import type { Principal } from "../../people/principal.ts";
import { whoMay } from "../../people/roles.ts";
import { explainFailure } from "../../reach/explain-failure.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { type CheckedChannel, checkChannel } from "../channels/check-channel.ts";
import { type LastRequests, lastRequests } from "../check-signature.ts";
import {
  type SlackAppBody,
  type SlackChecked,
  slackAppBody,
  slackAppChange,
  slackCheck,
  slackChecked,
} from "../contract.ts";
import type { SocketState } from "../socket-mode.ts";
import { changeSlackApp, givesSecrets, voidsOldSecret } from "./change-slack-app.ts";
import { checkApp } from "./check-app.ts";
import { readSlackApp, type SlackApp } from "./slack-app.ts";

const tags = ["Slack app"];

/** Read and set up the Slack app that all destinations share. No answer contains a secret. */
export function slackAppRoutes(app: App, deps: Deps): void {
  const { db, config } = deps;
  const toBody = async (
    { signingSecretBy, ...slackApp }: SlackApp,
    reader: Principal,
  ): Promise<SlackAppBody> => ({
    ...slackApp,
    secretsBy: await whoMay(db.kysely, slackTrust),
    voidsOldSecret: voidsOldSecret(signingSecretBy, reader),
    requestUrl: `${config.publicUrl}/slack/events`,
    heard: toHeardBody(await lastRequests(db.kysely)),
    socket: toSocketBody(deps.socketMode.state()),
  });

  app.get(
    "/api/v1/slack/app",
    {
      ...requires("View Destinations"),
      schema: { tags, summary: "Read the Slack app", response: { 200: slackAppBody } },
    },
    async ({ principal }) => toBody(await readSlackApp(db.kysely), principal),
  );

  app.put(
    "/api/v1/slack/app",
    {
      // With secrets it also needs Manage Users, which `changeSlackApp` checks.
      ...requires("Manage Destinations", {
        fresh: (body) => givesSecrets(slackAppChange.parse(body)),
        audits: ["slack_app.changed"],
        cost: "heavy",
      }),
      schema: {
        tags,
        summary: "Set up or change the Slack app; an empty or absent secret keeps the stored one",
        body: slackAppChange,
        response: { 200: slackAppBody },
      },
    },
    async ({ body, principal }) => {
      const changed = orRefuse(await orSlackUnavailable(changeSlackApp(deps, body, principal)));
      deps.wake();
      return toBody(changed, principal);
    },
  );
}

function toHeardBody({ verifiedAt, unverifiedAt }: LastRequests): SlackAppBody["heard"] {
  return {
    verifiedAt: verifiedAt?.toISOString() ?? null,
    unverifiedAt: unverifiedAt?.toISOString() ?? null,
  };
}

function toSocketBody(state: SocketState): SlackAppBody["socket"] {
  if (state.kind === "off") return { kind: "off" };
  const fault = state.kind === "connecting" ? state.fault : null;
  return {
    kind: state.kind,
    since: state.since.toISOString(),
    ...(state.kind === "connected" && { connections: state.connections }),
    ...(fault !== null && { fault, remedy: remedyText(fault, { token: "App-Level Token" }) }),
  };
}

/** Waits for work that needs Slack. Throws a 503 with `Retry-After` if Slack can't be reached. */
export async function orSlackUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const seconds = fault.retryAfterSeconds ?? 10;
    const why = explainFailure(fault.code, "slack.com");
    const cause = why ? ` ${why.means} ${why.todo}` : "";
    const detail = `Slack can't be reached (${fault.code}), so nothing was changed.${cause} Try again in ${seconds} s.`;
    throw problem(503, detail, { retryAfter: seconds });
  }
}

/** Checks the values of the form before they are saved. Nothing is stored or logged. */
export function slackCheckRoutes(app: App, { db, slack }: Deps): void {
  app.post(
    "/api/v1/slack/app/check",
    {
      ...requires("Manage Destinations", { unaudited: "It stores nothing.", cost: "heavy" }),
      schema: {
        tags: ["Slack app"],
        summary: "Check each value of the form without saving it",
        body: slackCheck,
        response: { 200: slackChecked },
      },
    },
    async ({ body: { channel, teamId, ...typed } }) => {
      const channelName = channel?.trim();
      const { botToken } = typed;
      const [fields, found] = await Promise.all([
        checkApp({ db, slack }, typed),
        channelName
          ? checkChannel({ db, slack }, { channel: channelName, teamId: teamId || undefined, botToken })
          : null,
      ]);
      return {
        fields: { ...fields, ...(found && { channel: found.verdict }) },
        channel: found && toChannelBody(found),
      };
    },
  );
}

function toChannelBody({ channel }: CheckedChannel): SlackChecked["channel"] {
  if (!channel) return null;
  const { fault, ...rest } = channel;
  return { ...rest, inChannel: fault === null };
}
