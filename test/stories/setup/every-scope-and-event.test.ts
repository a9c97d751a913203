import { afterAll, beforeAll, expect, test } from "vitest";
import { channelProbes } from "../../capability-probes/channel-probes.ts";
import { addEurope, eventProbes } from "../../capability-probes/event-probes.ts";
import { type Probe, type Subject, untilEventsHandled } from "../../capability-probes/probe.ts";
import { scopeProbes } from "../../capability-probes/scope-probes.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

/** A probe takes at most a second; one with a lost response takes longer. */
const pollOptions = { timeout: 15_000, interval: 20 };

/** About forty probes run in sequence; no single one takes this long. */
const allProbes = { timeout: 240_000 };

let story: Story;
let fullApp: { scopes: string[]; events: string[] };
let probes: Record<"scopes" | "events", Record<string, Probe>>;

beforeAll(async () => {
  story = await startStory({ organisation: "org-wide" });
  await addEurope(story);
  const { body } = await story.api("GET", "/slack/manifest?threadMirror=true&orgWide=true&format=json");
  fullApp = { scopes: body.oauth_config.scopes.bot, events: body.settings.event_subscriptions.bot_events };
  const events = { ...channelProbes(story), ...eventProbes(story) };
  probes = { events, scopes: scopeProbes(story, events) };
});
afterAll(() => story.close());

/** Sets the app's scopes and events; saving the app makes Tocsin read them. */
async function grant(app: Partial<typeof fullApp>): Promise<void> {
  await story.slack.ask("faults", { faults: [] });
  await story.slack.ask("setApp", { ...fullApp, ...app, state: "installed" });
  await created(story.api("PUT", "/slack/app", { mode: "http", threadMirror: true }));
}

const without = (all: string[], ...names: string[]) => all.filter((name) => !names.includes(name));

/** Whether the probe succeeds with this app. */
async function runProbe(probe: Probe, app: Partial<typeof fullApp>, tag: string): Promise<boolean> {
  await grant({});
  const subject = await probe.prepare(tag);
  await grant(app);
  await probe.act(subject);
  if (probe.conclusive) await expect.poll(() => probe.succeeded(subject), pollOptions).not.toBeNull();
  else await untilEventsHandled(story);
  const succeeded = (await probe.succeeded(subject)) === true;
  await tidyUp(subject);
  return succeeded;
}

/** Deletes the probe's destination, whose channel Tocsin would check each time the app is saved. */
async function tidyUp({ destination }: Subject): Promise<void> {
  if (destination) await created(story.api("DELETE", `/destinations/${destination}`));
}

test("each scope and event of the manifest has a probe that needs it", () => {
  expect(Object.keys(probes.scopes).sort()).toEqual([...fullApp.scopes].sort());
  expect(Object.keys(probes.events).sort()).toEqual([...fullApp.events].sort());
});

test("every probe succeeds with the whole manifest", allProbes, async () => {
  // Several names may need the same probe.
  const named = new Map(
    Object.entries({ ...probes.events, ...probes.scopes }).map(([name, probe]) => [probe, name]),
  );
  await grant({});
  for (const [at, [probe, name]] of [...named].entries()) {
    const scopes = without(fullApp.scopes, ...(probe.withoutScopes ?? []));
    const app = await story.slack.ask("setApp", {});
    if (app.state !== "installed" || app.scopes.length !== scopes.length) await grant({ scopes });
    const subject = await probe.prepare(`whole-${at}`);
    await probe.act(subject);
    await expect.poll(() => probe.succeeded(subject), { ...pollOptions, message: name }).toBe(true);
    await tidyUp(subject);
  }
});

test("a probe fails when its event is removed", allProbes, async () => {
  const unneeded: string[] = [];
  for (const [at, [name, probe]] of Object.entries(probes.events).entries()) {
    const scopes = without(fullApp.scopes, ...(probe.withoutScopes ?? []));
    if (await runProbe(probe, { scopes, events: without(fullApp.events, name) }, `event-${at}`))
      unneeded.push(name);
  }
  expect(unneeded).toEqual([]);
});

test("a probe fails when its scope is removed, and Tocsin names the scope", allProbes, async () => {
  const unneeded: string[] = [];
  for (const [at, [name, probe]] of Object.entries(probes.scopes).entries()) {
    const scopes = without(fullApp.scopes, name, ...(probe.withoutScopes ?? []));
    if (await runProbe(probe, { scopes }, `scope-${at}`)) unneeded.push(name);
    const { installations } = (await story.api("GET", "/slack/app")).body;
    expect(installations[0].withheldScopes.map((scope: { name: string }) => scope.name)).toContain(name);
  }
  expect(unneeded).toEqual([]);
});
