import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import { type ConsoleBrowser, openConsole, type Seat, whyNoConsole } from "../../browser/console-browser.ts";
import { mirrorThreads, type Story, startStory } from "../../tocsin/story.ts";

const title = `a thread in the Console${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;

describe.skipIf(whyNoConsole)(title, { timeout: 60_000 }, () => {
  let story: Story;
  let browser: ConsoleBrowser;
  let ada: Seat;

  beforeAll(async () => {
    story = await startStory();
    await mirrorThreads(story);
    browser = await openConsole(story);
    ada = await browser.join(story.users.ada);
  });
  afterAll(async () => {
    await browser.close();
    await story.close();
  });

  test("shows authors, edits, and files as links to Slack", async () => {
    const { body } = await story.send({ title: "Impossible travel", severity: "HIGH" });
    const card = await story.slack.channel("#security").expectCard("Impossible travel");
    const say = (as: string, text: string) =>
      story.slack.channel("#security").say(text, { as, thread: card.ts });
    const history = () => ada.page.getByRole("listitem");
    await ada.page.goto(`/alerts/${body.results[0].number}`);
    await say("eve", "That was me, <b>sorry</b>");
    await history().filter({ hasText: "Eve Adler (not a Tocsin user) commented" }).waitFor();
    await ada.page.getByText("That was me, <b>sorry</b>").waitFor();
    await story.slack.ask("uploadFile", {
      as: "ada",
      channel: card.channel,
      thread: card.ts,
      name: "screen.png",
      text: "What she saw",
    });
    const link = ada.page.getByRole("list", { name: "Files in Slack" }).getByRole("link");
    await link.waitFor();
    expect(await link.getAttribute("href")).toMatch(/^https:\/\/acme\.slack\.com\/files\//);
    const all = await story.slack.ask("messages", { channel: card.channel, thread: card.ts });
    const ts = all.find(({ text }) => text.includes("sorry"))?.ts ?? "";
    await story.slack.ask("deleteMessage", { channel: card.channel, ts });
    await history().filter({ hasText: "deleted by its author" }).waitFor();
    expect(await ada.page.getByText("sorry").count()).toBe(0);
    expect(await violations(ada.page, "all")).toEqual([]);
    expect(ada.faults).toEqual([]);
  });
});
