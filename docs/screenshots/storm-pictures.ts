import type { Page } from "playwright-core";
import { ofConsole } from "./of-console.ts";
import { ofSlack } from "./of-slack.ts";
import type { Picture } from "./picture.ts";

const settled = (page: Page) => page.waitForTimeout(600);

async function toDigest(page: Page): Promise<void> {
  const digest = page.getByText("gathered here").last();
  await digest.waitFor({ timeout: 30_000 });
  await page.getByText("See all in Tocsin").last().scrollIntoViewIfNeeded();
  await settled(page);
}

/** By the link that people follow from the digest. */
async function toList(page: Page): Promise<void> {
  await toDigest(page);
  const opened = page.waitForEvent("popup");
  await page.getByText("See all in Tocsin").last().click();
  const list = await opened;
  await page.goto(list.url());
  await list.close();
  await settled(page);
}

/** A storm as people see it: in the channel, in the list that its digest leads to, and at its destination. */
export function stormPictures(destinationId: string): Picture[] {
  const kept = { kept: true } as const;
  const dark = { scheme: "dark" } as const;
  const phone = { size: { width: 390, height: 844 } };
  const slack = { ...kept, size: { width: 1280, height: 960 }, prepare: toDigest };
  const list = { ...kept, signedIn: true, prepare: toList };
  const destination = `/configure/destinations/${destinationId}`;
  return [
    ofSlack("storm-slack", "ada", slack),
    ofSlack("storm-slack-dark", "ada", { ...slack, ...dark }),
    ofSlack("storm-alerts", "ada", list),
    ofSlack("storm-alerts-dark", "ada", { ...list, ...dark }),
    ofConsole("storm-destination", destination, kept),
    ofConsole("storm-destination-dark", destination, { ...kept, ...dark }),
    ofSlack("storm-slack-phone", "ada", { prepare: toDigest, ...phone }),
    ofConsole("storm-destination-phone", destination, phone),
  ];
}
