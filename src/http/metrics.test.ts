import { expect, test } from "vitest";
import { largest } from "./metrics.ts";

const one = (id: string, deliveries: number, oldestSeconds: number) => ({
  destinationId: id,
  channelId: id,
  deliveries,
  oldestSeconds,
});

test("each destination has its own series up to a limit, and the others share one", () => {
  const waiting = [one("a", 1, 5), one("b", 30, 60), one("c", 2, 900)];
  expect(largest(waiting, 3)).toHaveLength(3);
  expect(largest(waiting, 1)).toEqual([one("b", 30, 60), one("others", 3, 900)]);
});
