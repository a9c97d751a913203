import { type CheckedChannel, checkChannel } from "../../connect/channels/check-channel.ts";
import { checkApp } from "../../connect/app/check-app.ts";
import { requires } from "../../api/requires.ts";
import { type SlackChecked, slackCheck, slackChecked } from "../contract/slack-check.ts";
import type { App, Deps } from "../../api/deps.ts";

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
