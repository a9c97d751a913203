import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../../test/database.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";
import { claimList, listedChannels, listState, readList } from "./channel-list.ts";

const { db } = await openTestDatabase();

const newKey = () => ({ installationId: randomUUID(), teamId: "" });
const channel = (n: number) => ({
  id: `C${n}`,
  name: `team-${n}`,
  private: false,
  archived: false,
  member: null,
  sharedOutside: false,
  teamId: null,
});
const limited = new SlackFault("conversations.list", {
  code: "ratelimited",
  kind: "rate",
  answerLost: false,
  retryAfterSeconds: 7,
  neededScope: null,
  remarks: [],
});

/** A workspace with `count` channels in pages of 999. The calls numbered in `refused` are rate-limited. */
function workspace(count: number, refused: number[] = []) {
  let calls = 0;
  const waited: number[] = [];
  const client = {
    conversationsList: async (cursor?: string) => {
      if (refused.includes(++calls)) throw limited;
      const first = Number(cursor || 0);
      const channels = Array.from({ length: Math.min(999, count - first) }, (_, n) => channel(first + n));
      return { channels, next: first + 999 < count ? String(first + 999) : null };
    },
  };
  const wait = async (seconds: number) => {
    waited.push(seconds);
  };
  return { parts: { db, client, wait }, waited };
}

test("10,000 channels are read at Slack's rate, with its own waits", async () => {
  const key = newKey();
  const { parts, waited } = workspace(10_000, [1, 5]);
  await readList(parts, key);
  expect(await listState(db.kysely, key)).toEqual({
    readAt: expect.any(Date),
    reading: false,
    fault: null,
    count: 10_000,
  });
  expect(waited.filter((seconds) => seconds === 7)).toHaveLength(2);
  expect(waited.filter((seconds) => seconds === 4)).toHaveLength(10);
});

test("a deleted channel leaves the list", async () => {
  const key = newKey();
  await readList(workspace(3).parts, key);
  await readList(workspace(2).parts, key);
  expect((await listedChannels(db.kysely, key)).map(({ name }) => name)).toEqual(["team-0", "team-1"]);
});

test("only one node reads a list at a time", async () => {
  const key = newKey();
  expect(await claimList(db.kysely, key)).toBe(true);
  await readList(workspace(3).parts, key);
  expect(await listState(db.kysely, key)).toMatchObject({ reading: true, count: 0 });
});

test("a fault of Slack is stored, and the channels read before stay", async () => {
  const key = newKey();
  await readList(workspace(3).parts, key);
  const client = {
    conversationsList: async () => {
      throw new SlackFault("conversations.list", {
        ...limited,
        code: "missing_scope",
        kind: "setup",
        retryAfterSeconds: null,
      });
    },
  };
  await readList({ db, client, wait: async () => {} }, key);
  expect(await listState(db.kysely, key)).toMatchObject({
    reading: false,
    fault: "missing_scope",
    count: 3,
  });
});
