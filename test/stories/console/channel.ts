import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import type { Story } from "../../tocsin/story.ts";

/** Chooses a channel that the bot was just invited to, then a public one, which needs confirmation. */
export async function chooseChannel(page: Page, { slack }: Story): Promise<void> {
  await page.getByText("4 channels, loaded from Slack").waitFor();
  await slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
  await page.getByText("The bot was just invited to #random.").waitFor();
  await page.getByRole("button", { name: "Use #random" }).click();
  const channel = page.getByRole("combobox", { name: "Channel" });
  expect(await channel.inputValue()).toBe("#random");
  await channel.fill("secur");
  await page.getByRole("option", { name: "#security" }).click();
  await page.getByLabel("Send alerts to #security").check();
}

/** Chooses the channel as in the setup: by part of its name, with confirmation, since it is public. */
export async function moveToPlatform(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Actions for Second" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit Second" });
  const channel = dialog.getByRole("combobox", { name: "Channel" });
  expect(await channel.inputValue()).toBe("#security");
  await channel.fill("plat");
  await page.getByRole("option", { name: "#platform" }).click();
  await dialog.getByText("#platform is public").waitFor();
  await dialog.getByLabel("Send alerts to #platform").check();
  expect(await violations(page, "wcag", "[role=dialog]")).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("#platform", { exact: true }).waitFor();
}
