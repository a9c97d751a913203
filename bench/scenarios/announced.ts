import type { Slack } from "../../simulator/story/story.ts";
import type { Fleet } from "../fleet/fleet.ts";

/** The posts that Slack accepted and refused, from the simulator's log. */
export async function readPosts(slack: Slack, titles: readonly string[]) {
  const posts = (await slack.log.entries()).filter(({ what }) => what === "chat.postMessage");
  const accepted = posts.filter(({ outcome }) => outcome === "ok");
  // With a space, so that "Storm 1" is not found in "Storm 10".
  const withCard = new Set(
    titles.filter((title) => accepted.some(({ request }) => request.includes(`${title} `))),
  );
  const refused = posts.filter(({ outcome }) => outcome === "ratelimited" || outcome === "HTTP 429").length;
  return { withCard, refused, posts: accepted };
}

/** The titles of alerts that are in Slack only in a digest. */
export async function titlesInDigests({ postgres }: Pick<Fleet, "postgres">): Promise<Set<string>> {
  const rows = await postgres.query<{ title: string }>(
    `select a.title from deliveries d join alerts a on a.id = d.alert_id join digests g on g.id = d.digest_id
      where d.state = 'digested' and g.ts is not null`,
  );
  return new Set(rows.map(({ title }) => title));
}

/** The number of alerts that the digests of a channel show. */
export async function countedInDigests(slack: Slack, channel: string): Promise<number> {
  const messages = await slack.channel(channel).messages();
  const counts = messages.map(({ text }) => /^([\d,]+) alerts? in this digest/.exec(text)?.[1] ?? "0");
  return counts.reduce((sum, count) => sum + Number(count.replaceAll(",", "")), 0);
}
