import { setTimeout } from "node:timers/promises";
import { created, type Story } from "../tocsin/story.ts";

/** One thing that Tocsin can do only with a certain scope or event. */
export interface Probe {
  /** Runs with every scope and event; `tag` is unique. Returns what the probe acts on. */
  prepare: (tag: string) => Promise<Subject>;
  act: (subject: Subject) => Promise<unknown>;
  /** Whether it worked; null while that is not known. */
  succeeded: (subject: Subject) => Promise<boolean | null>;
  /** Whether `succeeded` always ends in true or false, so that a false can be waited for. */
  conclusive?: boolean;
  /** Scopes to leave out, because Tocsin could do the same thing with them. */
  withoutScopes?: string[];
}

/** The names and ids that a probe uses. */
export type Subject = Record<string, string>;

/** Adds a channel with its own destination. */
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

/** Opens an alert that goes only to the subject's channel. */
export async function alertFor({ send }: Story, { tag, destination }: Subject): Promise<string> {
  const { body } = await send({ title: `About ${tag}`, severity: "LOW", destinations: [destination] });
  return body.results[0].alertId;
}

/** Waits until Slack has sent every event and Tocsin has handled it. */
export async function untilEventsHandled({ slack, tocsin }: Story): Promise<void> {
  const calls = () => slack.ask("log", { direction: "Slack to app", limit: 50 });
  while ((await calls()).some(({ tookMs }) => tookMs === undefined)) await setTimeout(20);
  await tocsin.idle();
}

/** Adds a user whom Tocsin has never seen, so that nothing about them is cached. */
export async function newUser({ slack, api }: Story, tag: string): Promise<Subject> {
  const email = `${tag}@acme.example`;
  await slack.setUser({ name: tag, email });
  await created(api("POST", "/users", { email, name: tag, role: "Analyst" }));
  return { person: tag, email };
}
