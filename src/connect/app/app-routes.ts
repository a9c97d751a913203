import { remedyText } from "../../setup/needs-attention.ts";
import { type Heard, whenHeard } from "../../setup/slack-app/arrived/when-heard.ts";
import { changeSlackApp } from "./change-slack-app.ts";
import { readSlackApp, type SlackApp } from "./slack-app.ts";
import type { SocketState } from "../socket-mode.ts";
import { requires } from "../../api/requires.ts";
import { type SlackAppBody, slackAppBody, slackAppChange } from "../contract.ts";
import type { App, Deps } from "../../api/deps.ts";
import { orRefuse } from "../../http/problem.ts";
import { reachingSlack } from "../../http/setup/reaching-slack.ts";

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
