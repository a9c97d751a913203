import { expect, test } from "vitest";
import { faultTitle, overWords, waitingWords } from "./fault-words.ts";

const app = { cause: "app:i", fault: "token_revoked", name: "Slack (ACME)", remedy: "" } as const;
const line = { cause: "line:i:C1", fault: "is_archived", name: "#security", remedy: "" } as const;

test("a title says what doesn't work", () => {
  expect(faultTitle(line)).toBe("Alerts can't go out to #security");
  expect(faultTitle({ ...app, fault: "missing_scope", remedy: "The app was not granted chat:write." })).toBe(
    "Alerts can't go out to Slack (ACME)",
  );
  expect(faultTitle({ ...app, fault: "missing_scope", remedy: "The app was not granted commands." })).toBe(
    "Tocsin may do less than it needs in Slack (ACME)",
  );
});

test("its end says what works, or that nobody needs it", () => {
  expect(overWords(app, true)).toBe("Slack works again");
  expect(overWords(line, true)).toBe("Slack works again in #security");
  expect(overWords({ cause: "line:webhook:d", name: "hooks.example.com" }, true)).toBe(
    "hooks.example.com works again",
  );
  expect(overWords(line, false)).toBe("No destination needs #security any more");
});

test("who waits is named, up to three", () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  expect(waitingWords(1, named("SOC"))).toBe("1 alert waits for SOC.");
  expect(waitingWords(3, named("A", "B", "C"))).toBe("3 alerts wait for A, B and C.");
  expect(waitingWords(3, named("A", "B", "C", "D"))).toBe("3 alerts wait for A, B and 2 more.");
  expect(waitingWords(0, named("SOC"))).toBe("Nothing waits for SOC yet.");
});
