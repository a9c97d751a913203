import type { Slack } from "../../simulator/story/story.ts";
import type { Fleet } from "../fleet/fleet.ts";

/** What Slack took in a channel and refused, by the log of the pretend Slack. */
export async function announced(slack: Slack, titles: readonly string[]) {
  const posts = (await slack.log.entries()).filter(({ what }) => what === "chat.postMessage");
  const taken = posts.filter(({ outcome }) => outcome === "ok");
  // A space after it, so that "Storm 1" is not found in "Storm 10".
  const own = new Set(titles.filter((title) => taken.some(({ request }) => request.includes(`${title} `))));
  const refused = posts.filter(({ outcome }) => outcome === "ratelimited" || outcome === "HTTP 429").length;
  return { own, refused, posts: taken };
}

/** Titles of alerts that stand in Slack in a digest, without a card of their own. */
export async function digested({ postgres }: Pick<Fleet, "postgres">): Promise<Set<string>> {
  const rows = await postgres.query<{ title: string }>(
    `select a.title from deliveries d join alerts a on a.id = d.alert_id join digests g on g.id = d.digest_id
      where d.state = 'digested' and g.ts is not null`,
  );
  return new Set(rows.map(({ title }) => title));
}

/** How many alerts the digests of a channel say that they have gathered, as people read it there. */
export async function countedInDigests(slack: Slack, channel: string): Promise<number> {
  const messages = await slack.channel(channel).messages();
  const counts = messages.map(({ text }) => /^([\d,]+) alerts? in this digest/.exec(text)?.[1] ?? "0");
  return counts.reduce((sum, count) => sum + Number(count.replaceAll(",", "")), 0);
}
