import { afterAll, beforeAll, expect, test } from "vitest";
import { channelProbes } from "../../capability-probes/channel-probes.ts";
import { addEurope, eventProbes } from "../../capability-probes/event-probes.ts";
import { allHeard, type Probe } from "../../capability-probes/probe.ts";
import { scopeProbes } from "../../capability-probes/scope-probes.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

/** Each takes a second at most; a lost answer some more. */
const patience = { timeout: 15_000, interval: 20 };

/** Some forty things one after the other: no single one takes this long. */
const all = { timeout: 240_000 };

let story: Story;
let whole: { scopes: string[]; events: string[] };
let probes: Record<"scopes" | "events", Record<string, Probe>>;

beforeAll(async () => {
  story = await startStory({ organisation: "org-wide" });
  await addEurope(story);
  const { body } = await story.api("GET", "/slack/manifest?threadMirror=true&orgWide=true&format=json");
  whole = { scopes: body.oauth_config.scopes.bot, events: body.settings.event_subscriptions.bot_events };
  const events = { ...channelProbes(story), ...eventProbes(story) };
  probes = { events, scopes: scopeProbes(story, events) };
});
afterAll(() => story.close());

/** Gives the app these, and lets Tocsin ask what it was granted. */
async function grant(app: Partial<typeof whole>): Promise<void> {
  await story.slack.ask("faults", { faults: [] });
  await story.slack.ask("setApp", { ...whole, ...app, state: "installed" });
  await created(story.api("PUT", "/slack/app", { mode: "http", threadMirror: true }));
}

const but = (all: string[], ...names: string[]) => all.filter((name) => !names.includes(name));

/** What came of it, once nothing more can come. */
async function tried(probe: Probe, app: Partial<typeof whole>, tag: string): Promise<boolean> {
  await grant({});
  const subject = await probe.prepare(tag);
  await grant(app);
  await probe.act(subject);
  if (probe.settles) await expect.poll(() => probe.done(subject), patience).not.toBeNull();
  else await allHeard(story);
  return (await probe.done(subject)) === true;
}

test("each scope and each event of the manifest has something that needs it", () => {
  expect(Object.keys(probes.scopes).sort()).toEqual([...whole.scopes].sort());
  expect(Object.keys(probes.events).sort()).toEqual([...whole.events].sort());
});

test("with the whole manifest all of it is done", all, async () => {
  const both = Object.entries({ ...probes.events, ...probes.scopes });
  for (const [at, [name, probe]] of both.entries()) {
    await grant({ scopes: but(whole.scopes, ...(probe.without ?? [])) });
    const subject = await probe.prepare(`whole-${at}`);
    await probe.act(subject);
    await expect.poll(() => probe.done(subject), { ...patience, message: name }).toBe(true);
  }
});

test("whichever event is taken out, something is not noticed", all, async () => {
  const unmissed: string[] = [];
  for (const [at, [name, probe]] of Object.entries(probes.events).entries()) {
    const scopes = but(whole.scopes, ...(probe.without ?? []));
    if (await tried(probe, { scopes, events: but(whole.events, name) }, `event-${at}`)) unmissed.push(name);
  }
  expect(unmissed).toEqual([]);
});

test("whichever scope is taken out, something fails, and Tocsin names it", all, async () => {
  const unmissed: string[] = [];
  for (const [at, [name, probe]] of Object.entries(probes.scopes).entries()) {
    const scopes = but(whole.scopes, name, ...(probe.without ?? []));
    if (await tried(probe, { scopes }, `scope-${at}`)) unmissed.push(name);
    const { installations } = (await story.api("GET", "/slack/app")).body;
    expect(installations[0].withheldScopes.map((scope: { name: string }) => scope.name)).toContain(name);
  }
  expect(unmissed).toEqual([]);
});
