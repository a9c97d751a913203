import { expect, test } from "vitest";
import { bulkSentence } from "./bulk-sentence.ts";

const ada = { type: "user", id: "1", name: "Ada" } as const;
const grace = { id: "2", email: "grace@acme.example", name: "Grace" };

test.each([
  [
    { status: "RESOLVED", comment: "noise from the pentest" },
    "Ada resolved 37 alerts: noise from the pentest",
  ],
  [{ status: "CLOSED" }, "Ada called 37 alerts invalid"],
  [{ status: "OPEN" }, "Ada set 37 alerts to Open"],
  [{ status: "TRIAGED", assignee: grace }, "Ada triaged 37 alerts and assigned them to Grace"],
  [{ assignee: grace }, "Ada assigned 37 alerts to Grace"],
  [{ assignee: { ...grace, id: "1" } }, "Ada took 37 alerts"],
  [{ assignee: null }, "Ada unassigned 37 alerts"],
  [{ comment: "seen" }, "Ada commented on 37 alerts: seen"],
] as const)("%j is one line", (command, line) => {
  expect(bulkSentence(ada, command, 37)).toBe(line);
});

test("one alert is one alert", () => {
  expect(bulkSentence(ada, { status: "RESOLVED" }, 1)).toBe("Ada resolved 1 alert");
});
