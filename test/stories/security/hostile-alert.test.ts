import { afterAll, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

const log: string[] = [];
let story: Story;
beforeAll(async () => {
  story = await startStory({ log: (line) => log.push(line) });
});
afterAll(() => story.close());

const nasty =
  "Qqhostile <!channel> <@U0EVE00001> <https://evil.example|click> *bold* `code` <b>html</b> \u202Efdp.exe \u200B\u0007";
const report = {
  title: nasty,
  severity: "HIGH",
  detection: { id: nasty, name: nasty },
  description: `${nasty}${"x<!here>".repeat(12_500)}`,
  runbook: "javascript:alert(1)",
  logTypes: [nasty],
  tags: [nasty],
  context: { [nasty]: nasty, user: nasty },
  event: { [nasty]: [nasty] },
};

/** What Slack would interpret: brackets in mrkdwn, and types of block elements. Plain text is inert. */
const live =
  /"type":"mrkdwn"[^}]*?<(?:[!@]|https?:\/\/evil)|"type":"(?:broadcast|user|usergroup|channel)"|"url":"https?:\/\/evil/;
/** Details show JSON, where a control character is six visible characters: `\\\\u0007` in the request. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the test searches for control characters.
const hidden = /[\u202E\u200B\u0007]|(?<!\\)\\u(?:202e|200b|0007)/i;

test("text of a hostile alert is neither live nor hidden in Slack, and never logged", async () => {
  await story.send(report);
  const card = await story.slack.channel("#security").expectCard("Qqhostile");
  await card.menu("Show alert details", { as: "ada" });
  const details = await card.dialog({ as: "ada" });
  await details.fill("Find a field or a value", "Qqhostile");
  expect(await details.submit()).toBe("updated");
  expect(await details.text()).toContain("⟨U+202E⟩");
  await details.press("Open");
  await (await story.slack.dialogOf("ada", { titled: "Value from #" })).close();
  await story.slack.channel("#security").say("/tocsin list", { as: "ada" });
  await story.slack.expectPrivately("ada", "1 alert:");
  await story.slack.ask("openHome", { as: "ada", tab: "home" });
  await expect
    .poll(async () => JSON.stringify(await story.slack.ask("home", { as: "ada" })))
    .toContain("Qqhostile");
  await card.choose("Status", "Resolved", { as: "ada", comment: nasty });
  await card.expectReply("Ada resolved the alert");
  const sent = await story.slack.ask("log", { direction: "app to Slack", contains: "Qqhostile" });
  expect(sent.length).toBeGreaterThanOrEqual(4);
  for (const { request: body } of sent) {
    const text = decodeURIComponent(body.replaceAll("+", " "));
    expect(live.exec(text)?.[0]).toBeUndefined();
    expect(hidden.exec(text)?.[0]).toBeUndefined();
  }
  expect(log.filter((line) => line.includes("Qqhostile") || line.includes("evil.example"))).toEqual([]);
});
