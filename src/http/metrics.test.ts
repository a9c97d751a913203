import { expect, test } from "vitest";
import { widest } from "./metrics.ts";

const one = (id: string, deliveries: number, oldestSeconds: number) => ({
  destinationId: id,
  channelId: id,
  deliveries,
  oldestSeconds,
});

test("each destination has a series of its own, up to a limit that others share", () => {
  const waiting = [one("a", 1, 5), one("b", 30, 60), one("c", 2, 900)];
  expect(widest(waiting, 3)).toHaveLength(3);
  expect(widest(waiting, 1)).toEqual([one("b", 30, 60), one("others", 3, 900)]);
});
