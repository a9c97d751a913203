import { created, type Story } from "./tocsin/story.ts";

/** Switches the thread mirror on: in the app's manifest, as an admin of the workspace grants it, and in Tocsin. */
export async function mirrorThreads({ slack, api }: Pick<Story, "slack" | "api">): Promise<void> {
  const { scopes } = await slack.ask("setApp", {});
  await slack.ask("setApp", {
    scopes: [...scopes, "channels:history", "groups:history"],
    events: ["app_mention", "message.channels", "message.groups", "channel_archive"],
  });
  await created(api("PUT", "/slack/app", { mode: "http", threadMirror: true }));
}
