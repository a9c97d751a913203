import { type Slack, tellStory } from "./story/story.ts";

/** The language of stories for a simulator that runs in another process, as at `http://127.0.0.1:4001`. */
export const connectSimulator = (origin: string): Promise<Slack> =>
  tellStory(origin.replace(/\/$/, ""), () => Promise.resolve());
