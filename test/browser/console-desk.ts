import { afterAll, beforeAll } from "vitest";
import { type Story, startStory } from "../tocsin/story.ts";
import { type ConsoleBrowser, openConsole, type Seat } from "./console-browser.ts";

/** A story whose Console is open in a browser, at the page of a signed-in person. */
export interface Desk {
  story: Story;
  browser: ConsoleBrowser;
  seat: Seat;
}

/**
 * Starts a desk before the tests of the enclosing `describe` and closes it after them; the returned function is for
 * hooks and tests. Starting one takes longer than most tests, so the tests of many pages share one.
 */
export function startDesk(
  options: Parameters<typeof startStory>[0],
  person: (story: Story) => Promise<{ setPasswordUrl: string }>,
): () => Desk {
  let desk: Desk | undefined;
  beforeAll(async () => {
    const story = await startStory(options);
    const browser = await openConsole(story);
    desk = { story, browser, seat: await browser.join(await person(story)) };
  });
  afterAll(async () => {
    await desk?.browser.close();
    await desk?.story.close();
  });
  return () => {
    if (!desk) throw new Error("The desk has not been started");
    return desk;
  };
}
