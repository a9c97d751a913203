import { expect, test } from "vitest";
import { readFiles } from "./read-files.ts";

test("files are read where there are some, and nothing else is taken for one", () => {
  const file = { name: "screen.png", url: "https://acme.slack.com/files/U1/F1/screen.png" };
  expect(readFiles([file, null, "x", { name: 1, url: "https://acme.slack.com" }])).toEqual([file]);
  expect(readFiles(undefined)).toEqual([]);
});
