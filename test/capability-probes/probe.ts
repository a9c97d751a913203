import { setTimeout } from "node:timers/promises";
import { created, type Story } from "../tocsin/story.ts";

/** One thing that the product does, for which Slack has to let it, or to tell it something. */
export interface Probe {
  /** With the whole app; `tag` is new each time. What is given back is what it is tried on. */
  prepare: (tag: string) => Promise<Subject>;
  act: (subject: Subject) => Promise<unknown>;
  /** Whether it was done; null while neither can be said. */
  done: (subject: Subject) => Promise<boolean | null>;
  /** Whether it always comes to a yes or a no, so that the no can be waited for. */
  settles?: boolean;
  /** Scopes by which the same would be done in another way. */
  without?: string[];
}

/** The names and ids that a probe goes by. */
export type Subject = Record<string, string>;

/** A channel of its own with a destination. */
export async function channelFor(
  { slack, api }: Story,
  { tag, kind, withApp = true }: { tag: string; kind: "public" | "private"; withApp?: boolean },
): Promise<Subject> {
  const { id: channel, name } = await slack.ask("addChannel", { name: tag, kind, withApp });
  const { id: destination } = await created(
    api("POST", "/destinations", {
      type: "slack-bot",
      displayName: tag,
      channel,
      severities: ["LOW"],
      alertTypes: ["RULE"],
      logTypes: [tag],
      timezone: "UTC",
    }),
  );
  return { tag, channel, name, destination };
}

export async function destinationOf({ api }: Story, { destination }: Subject) {
  return created(api("GET", `/destinations/${destination}`));
}

/** An alert for the subject's channel alone. */
export async function alertFor({ send }: Story, { tag, destination }: Subject): Promise<string> {
  const { body } = await send({ title: `About ${tag}`, severity: "LOW", destinations: [destination] });
  return body.results[0].alertId;
}

/** Waits until Slack has sent every event, and Tocsin has nothing left to do about them. */
export async function allHeard({ slack, tocsin }: Story): Promise<void> {
  const calls = () => slack.ask("log", { direction: "Slack to app", limit: 50 });
  while ((await calls()).some(({ tookMs }) => tookMs === undefined)) await setTimeout(20);
  await tocsin.idle();
}

/** Somebody whom nobody has seen before, so that nothing about them is remembered. */
export async function newcomer({ slack, api }: Story, tag: string): Promise<Subject> {
  const email = `${tag}@acme.example`;
  await slack.setUser({ name: tag, email });
  await created(api("POST", "/users", { email, name: tag, role: "Analyst" }));
  return { person: tag, email };
}
