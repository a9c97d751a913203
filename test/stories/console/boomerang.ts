import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import type { Seat } from "../../browser/console-browser.ts";
import type { Desk } from "../../browser/console-desk.ts";
import type { Story } from "../../tocsin/story.ts";

export function boomerangTests(desk: () => Desk): void {
  let story: Story;
  let ada: Seat;

  beforeAll(() => {
    ({ story, seat: ada } = desk());
  });
  afterAll(() => expect(ada.faults).toEqual([]));

  const clean = async () => {
    expect(await violations(ada.page, "all")).toEqual([]);
  };

  test("asks the person whom the alert names, shows exactly what they see, and their answer", async () => {
    const { page } = ada;
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const { body } = await story.send({
      title: "Sign-in from Lima",
      severity: "HIGH",
      context: { actor: { email: "eve@acme.example" } },
    });
    const card = await story.slack.channel("#security").expectCard("Sign-in from Lima");
    await page.goto(`/alerts/${body.results[0].number}`);
    const panel = page.getByRole("region", { name: "Boomerangs" });
    await panel.getByText("Nobody has been asked yet.").waitFor();

    await button("Ask someone").click();
    await page.getByText("The alert mentions Eve Adler.").waitFor();
    const people = page.getByRole("combobox", { name: "People" });
    await people.fill("Mallory");
    await page.getByRole("option", { name: "mallory@acme.example" }).waitFor();
    await people.fill("nobody@acme.example");
    await people.press("Enter");
    await page.getByRole("textbox", { name: "Message" }).fill("Was this you? ");
    await button("Insert the alert's title").click();
    await clean();
    await button("Preview").click();
    await page.getByText("nobody@acme.example can't be asked: Slack has no such person").waitFor();
    await people.press("Backspace");
    await button("Preview").click();
    await page.getByText("Eve Adler will see exactly this:").waitFor();
    const preview = page.getByRole("region", { name: /will see exactly this/ });
    const seen = await preview.locator("h3, p:not([id]), span").allTextContents();
    await button("Send").click();

    const asked = await story.slack.channel("@eve").expectMessage("Was this you? Sign-in from Lima");
    expect(seen).toHaveLength(6);
    for (const words of seen) await asked.expectText(words);
    await panel.getByText("has not answered yet").waitFor();
    await asked.press("Yes, this was me", { as: "eve" });
    await panel.getByText("Yes, this was me").waitFor();
    await card.expectReply("Eve Adler answered: Yes, this was me");
    await button("Suppress repeats for Eve Adler").click();
    await page.getByRole("menuitem", { name: "For 4 hours" }).click();
    await panel.getByText("Repeats join this alert silently. Ends in 4 hours").waitFor();
    await card.expectReply("Ada suppressed repeats for Eve Adler for 4 hours");
    await clean();
    await button("End now").click();
    await card.expectReply("Ada ended the suppression of repeats for Eve Adler");
    expect(ada.faults).toEqual([]);
  });

  test("asks a channel, where any member but the person who asked can answer, and cancels", async () => {
    const { page } = ada;
    const panel = page.getByRole("region", { name: "Boomerangs" });
    await page.getByRole("button", { name: "Ask someone" }).click();
    await page.getByText("A channel", { exact: true }).click();
    await page.getByRole("combobox", { name: "Channel" }).fill("#platform");
    await page.getByRole("textbox", { name: "Message" }).fill("Who changed the firewall?");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByText("#platform will see exactly this:").waitFor();
    await page.getByRole("button", { name: "Send" }).click();
    const asked = await story.slack.channel("#platform").expectMessage("Who changed the firewall?");
    await asked.press("Yes, this was me", { as: "ada" });
    await story.slack.expectPrivately("ada", "You asked this question yourself");
    await panel.getByRole("button", { name: "Cancel" }).click();
    await panel.getByText("Cancelled").waitFor();
    await asked.expectText("Ada no longer needs an answer");
    expect(ada.faults).toEqual([]);
  });
}
