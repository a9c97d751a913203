import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../../test/tocsin/story.ts";

let story: Story;
const ask = async (query: string) =>
  (await created(story.api("GET", `/destinations/overlap?${query}`))).results;

beforeAll(async () => {
  story = await startStory();
  await story.send([
    { title: "One", severity: "HIGH", logTypes: ["Okta.SystemLog"] },
    { title: "Two", severity: "LOW" },
  ]);
});
afterAll(() => story.close());

test("another destination is named, with how many alerts of the last days both would have got", async () => {
  const shared = { id: story.destination.id, displayName: "Security" };
  expect(await ask("severities=HIGH,LOW&alertTypes=RULE")).toEqual([{ ...shared, alerts: 2 }]);
  expect(await ask("severities=HIGH&alertTypes=RULE&logTypes=Okta.SystemLog")).toEqual([
    { ...shared, alerts: 1 },
  ]);
});

test("none is named that shares nothing, has the same channel, or is the changed one itself", async () => {
  expect(await ask("severities=HIGH&alertTypes=POLICY")).toEqual([]);
  expect(await ask("severities=HIGH&alertTypes=SYSTEM_ERROR")).toEqual([]);
  expect(await ask("severities=HIGH&alertTypes=RULE&channel=%23security")).toEqual([]);
  expect(await ask(`severities=HIGH&alertTypes=RULE&except=${story.destination.id}`)).toEqual([]);
});
