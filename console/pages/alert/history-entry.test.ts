import { expect, test } from "vitest";
import { readFiles, splitSentence } from "./history-entry.tsx";

test("readFiles returns valid files and ignores everything else", () => {
  const file = { name: "screen.png", url: "https://acme.slack.com/files/U1/F1/screen.png" };
  expect(readFiles([file, null, "x", { name: 1, url: "https://acme.slack.com" }])).toEqual([file]);
  expect(readFiles(undefined)).toEqual([]);
});

test("splitSentence separates a comment from its sentence and keeps its line breaks", () => {
  expect(splitSentence({ sentence: "Ada commented: one: two", data: { text: "one:\ntwo" } })).toEqual({
    summary: "Ada commented",
    quote: "one:\ntwo",
  });
  expect(
    splitSentence({
      sentence: "Ada resolved the alert: VPN",
      data: { from: "OPEN", to: "RESOLVED", comment: "VPN" },
    }),
  ).toEqual({ summary: "Ada resolved the alert", quote: "VPN" });
});

test("a sentence without a person's text stays whole, including its colons", () => {
  const sentence = "Not delivered to Security: #security is archived";
  expect(splitSentence({ sentence, data: {} })).toEqual({ summary: sentence, quote: null });
  expect(splitSentence({ sentence, data: { comment: null } }).quote).toBeNull();
});
