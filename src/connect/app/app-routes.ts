import type { App, Deps } from "../../api/deps.ts";
import { orRefuse, problem } from "../../api/problem.ts";
import { requires } from "../../api/requires.ts";
import { remedyText } from "../../slack/client/remedy.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { type CheckedChannel, checkChannel } from "../channels/check-channel.ts";
import { type Heard, whenHeard } from "../check-signature.ts";
import {
  type SlackAppBody,
  type SlackChecked,
  slackAppBody,
  slackAppChange,
  slackCheck,
  slackChecked,
} from "../contract.ts";
import type { SocketState } from "../socket-mode.ts";
import { changeSlackApp } from "./change-slack-app.ts";
import { checkApp } from "./check-app.ts";
import { readSlackApp, type SlackApp } from "./slack-app.ts";

const tags = ["Slack app"];

/** The Slack app that all destinations share. Its secrets come in and never go out. */
export function slackAppRoutes(app: App, deps: Deps): void {
  const { db, config } = deps;
  const show = async (slackApp: SlackApp): Promise<SlackAppBody> => ({
    ...slackApp,
    requestUrl: `${config.publicUrl}/slack/events`,
    heard: showHeard(await whenHeard(db.kysely)),
    socket: showSocket(deps.socketMode.state()),
  });

  app.get(
    "/api/v1/slack/app",
    {
      ...requires("View Destinations"),
      schema: { tags, summary: "Read the Slack app", response: { 200: slackAppBody } },
    },
    async () => show(await readSlackApp(db.kysely)),
  );

  app.put(
    "/api/v1/slack/app",
    {
      ...requires("Manage Destinations"),
      schema: {
        tags,
        summary: "Set up the Slack app; an empty or absent secret keeps the stored one",
        body: slackAppChange,
        response: { 200: slackAppBody },
      },
    },
    async ({ body, principal }) => {
      const changed = orRefuse(await reachingSlack(changeSlackApp(deps, body, principal)));
      deps.wake();
      return show(changed);
    },
  );
}

function showHeard({ verifiedAt, unverifiedAt }: Heard): SlackAppBody["heard"] {
  return {
    verifiedAt: verifiedAt?.toISOString() ?? null,
    unverifiedAt: unverifiedAt?.toISOString() ?? null,
  };
}

function showSocket(state: SocketState): SlackAppBody["socket"] {
  if (state.kind === "off") return { kind: "off" };
  const fault = state.kind === "connecting" ? state.fault : null;
  return {
    kind: state.kind,
    since: state.since.toISOString(),
    ...(fault !== null && { fault, remedy: remedyText(fault) }),
  };
}

/** Does what needs Slack; while Slack can't be asked the answer says so, and when to try again. */
export async function reachingSlack<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const seconds = fault.retryAfterSeconds ?? 10;
    const detail = `Slack couldn't be asked (${fault.code}), so nothing was changed. Try again in ${seconds} s.`;
    throw problem(503, detail, { retryAfter: seconds });
  }
}

/** Looks at what was typed into the form, before it is saved. Nothing of it is stored or logged. */
export function slackCheckRoutes(app: App, { db, slack }: Deps): void {
  app.post(
    "/api/v1/slack/app/check",
    {
      ...requires("Manage Destinations"),
      schema: {
        tags: ["Slack app"],
        summary: "Say of each value of the form whether it works, without saving it",
        body: slackCheck,
        response: { 200: slackChecked },
      },
    },
    async ({ body: { channel, teamId, ...typed } }) => {
      const wanted = channel?.trim();
      const { botToken } = typed;
      const [fields, found] = await Promise.all([
        checkApp({ db, slack }, typed),
        wanted
          ? checkChannel({ db, slack }, { channel: wanted, teamId: teamId || undefined, botToken })
          : null,
      ]);
      return {
        fields: { ...fields, ...(found && { channel: found.verdict }) },
        channel: found && show(found),
      };
    },
  );
}

function show({ channel }: CheckedChannel): SlackChecked["channel"] {
  if (!channel) return null;
  const { fault, ...rest } = channel;
  return { ...rest, inChannel: fault === null };
}
