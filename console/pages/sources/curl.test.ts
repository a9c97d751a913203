import { expect, test } from "vitest";
import { sourceKindLabels } from "../../../src/alert/report.ts";
import { keysOf } from "../../forms/choices.ts";
import { curl } from "./curl.ts";

const target = { url: "https://tocsin.example/api/v1/ingest/7", key: "tsk_1" };

test.each(keysOf(sourceKindLabels))(
  "the command for %s contains JSON that a shell leaves unchanged",
  (kind) => {
    const body = /--json '(.*)'$/.exec(curl({ kind, ...target }))?.[1] ?? "";
    expect(body).not.toContain("'");
    expect(JSON.parse(body)).toBeTypeOf("object");
  },
);

test("the key is in a header, or in the URL for a tool that can't set headers", () => {
  expect(curl({ kind: "native", ...target })).toContain("-H 'X-API-Key: tsk_1'");
  expect(curl({ kind: "native", ...target })).not.toContain("?key=");
  expect(curl({ kind: "slack-webhook", ...target })).toContain("/ingest/7?key=tsk_1'");
});
