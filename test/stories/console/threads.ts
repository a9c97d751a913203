import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import type { Seat } from "../../browser/console-browser.ts";
import type { Desk } from "../../browser/console-desk.ts";
import { mirrorThreads, type Story } from "../../tocsin/story.ts";

export function threadTests(desk: () => Desk): void {
  let story: Story;
  let ada: Seat;

  beforeAll(async () => {
    ({ story, seat: ada } = desk());
    await mirrorThreads(story);
  });
  afterAll(() => expect(ada.faults).toEqual([]));

  test("shows authors, edits, and files as links to Slack", async () => {
    const { body } = await story.send({ title: "Sign-in from Oslo", severity: "HIGH" });
    const card = await story.slack.channel("#security").expectCard("Sign-in from Oslo");
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
}
