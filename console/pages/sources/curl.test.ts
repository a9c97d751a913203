import { expect, test } from "vitest";
import { curl, toolConfig } from "./curl.ts";

const kind = {
  kind: "k",
  label: "K",
  setup: "",
  config: null,
  sample: { text: "Eve's" },
  keyInQuery: false,
  byExpressions: false,
};
const target = { url: "https://tocsin.example/api/v1/ingest/7", key: "tsk_1" };

test("the key is in a header, or in the URL for a tool that can't set headers", () => {
  expect(curl(kind, target)).toBe(String.raw`curl 'https://tocsin.example/api/v1/ingest/7' \
  -H 'X-API-Key: tsk_1' \
  -d '{"text":"Eve'\''s"}'`);
  expect(curl({ ...kind, keyInQuery: true }, target)).toMatch(
    /^curl '[^']+\/ingest\/7\?key=tsk_1' \\\n {2}-d /,
  );
});

test("the tool's configuration has the URL and the key in every place, or is null", () => {
  expect(toolConfig({ ...kind, config: "a: {url}\nb: {key}\nc: {url}" }, target)).toBe(
    `a: ${target.url}\nb: tsk_1\nc: ${target.url}`,
  );
  expect(toolConfig(kind, target)).toBeNull();
});
