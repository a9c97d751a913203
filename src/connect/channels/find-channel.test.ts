import { expect, test } from "vitest";
import { readChannel, similarNames } from "./find-channel.ts";

const names = ["security", "secure-files", "platform", "random", "sec-private", "se"];

test("a typo finds the name", () => {
  expect(similarNames("securty", names)).toEqual(["security"]);
});

test("part of a name finds the name, the best match first", () => {
  expect(similarNames("private", names)).toEqual(["sec-private"]);
  expect(similarNames("securit", ["secretary", "security"])[0]).toBe("security");
});

test("nearNames returns no unrelated name and at most three", () => {
  expect(similarNames("billing", names)).toEqual([]);
  expect(similarNames("a1", ["a2", "a3", "a4", "a5"])).toHaveLength(3);
});

const byId = { kind: "id", id: "C0SECURITY1" };

test.each([
  "C0SECURITY1",
  " C0SECURITY1 ",
  "https://acme.slack.com/archives/C0SECURITY1",
  "https://acme.enterprise.slack.com/archives/C0SECURITY1/p1700000000000100?thread_ts=1.2",
  "https://app.slack.com/client/T0ACME0001/C0SECURITY1",
])("%s is read as a channel's id", (text) => {
  expect(readChannel(text)).toEqual(byId);
});

test.each(["security", "#security", "#Security", "  security"])("%s is read as a name", (text) => {
  expect(readChannel(text)).toEqual({ kind: "name", name: "security" });
});

test("a name may start like an id and have any letters", () => {
  expect(readChannel("c0security1")).toEqual({ kind: "name", name: "c0security1" });
  expect(readChannel("#säkerhet")).toEqual({ kind: "name", name: "säkerhet" });
});

test.each([
  ["D0DIRECT001", "direct message"],
  ["U0ADA00001", "person"],
  ["https://acme.slack.com/team/U0ADA00001", "doesn't lead to a channel"],
  ["https://slack.com.evil.example/archives/C0SECURITY1", "doesn't lead to a channel"],
  ["#", "Enter a channel"],
])("%s is refused with a reason", (text, words) => {
  expect(readChannel(text)).toMatchObject({ refused: "invalid", field: "channel" });
  expect(readChannel(text)).toHaveProperty("why", expect.stringContaining(words));
});
