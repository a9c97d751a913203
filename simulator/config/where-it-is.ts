import type { Slack } from "../story/story.ts";

/** What the maker of an app needs to know of a pretend Slack: its address, and the secrets of each app in it. */
export async function whereItIs(slack: Slack): Promise<string[]> {
  const { teams } = await slack.ask("overview", {});
  const lines = [`The pretend Slack: ${slack.pageUrl}`, `  SLACK_API_URL    ${slack.apiUrl}`];
  for (const { id, name } of teams) {
    const there = await slack.in(id);
    for (const app of (await there.ask("overview", {})).apps) {
      const { botToken, signingSecret } = await there.ask("credentials", { app: app.name });
      lines.push(
        `${app.name} in ${name}`,
        `  bot token        ${botToken}`,
        `  signing secret   ${signingSecret}`,
        `  requests go to   ${app.requestUrl ?? "nowhere yet: it has no request URL"}`,
      );
    }
  }
  return lines;
}
