import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../../test/tocsin/story.ts";

let story: Story;
const overlap = async (query: string) =>
  (await created(story.api("GET", `/destinations/overlap?${query}`))).results;

beforeAll(async () => {
  story = await startStory();
  await story.send([
    { title: "One", severity: "HIGH", logTypes: ["Okta.SystemLog"] },
    { title: "Two", severity: "LOW" },
  ]);
});
afterAll(() => story.close());

test("a destination that overlaps is listed with the number of shared alerts", async () => {
  const shared = { id: story.destination.id, displayName: "Security" };
  expect(await overlap("severities=HIGH,LOW&alertTypes=RULE")).toEqual([{ ...shared, alerts: 2 }]);
  expect(await overlap("severities=HIGH&alertTypes=RULE&logTypes=Okta.SystemLog")).toEqual([
    { ...shared, alerts: 1 },
  ]);
});

test("a destination without shared alerts, of the same channel, or being edited is left out", async () => {
  expect(await overlap("severities=HIGH&alertTypes=POLICY")).toEqual([]);
  expect(await overlap("severities=HIGH&alertTypes=SYSTEM_ERROR")).toEqual([]);
  expect(await overlap("severities=HIGH&alertTypes=RULE&channel=%23security")).toEqual([]);
  expect(await overlap(`severities=HIGH&alertTypes=RULE&except=${story.destination.id}`)).toEqual([]);
});
