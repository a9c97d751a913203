import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { checkSigningSecret } from "./check-app.ts";

const at = new Date("2026-11-02T09:00:00Z");
const timestamp = String(at.getTime() / 1000);
function signed(secret: string, rawBody = '{"api_app_id":"A0TOCSIN01"}') {
  const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${rawBody}`).digest("hex");
  return { at, timestamp, signature: `v0=${digest}`, rawBody };
}

test("with nothing heard, nothing is said against it", () => {
  expect(checkSigningSecret("right", []).verdict).toMatchObject({ state: "ok", code: "not_tried" });
});

test("a request that fits says that it is right, and which app signs so", () => {
  expect(checkSigningSecret("right", [signed("right")])).toMatchObject({
    verdict: { state: "ok", code: "ok" },
    appId: "A0TOCSIN01",
  });
});

test("a request that doesn't fit says that it is another's", () => {
  expect(checkSigningSecret("wrong", [signed("right")]).verdict).toMatchObject({
    code: "signature_mismatch",
  });
});

test("what somebody else sent meanwhile doesn't make a right secret wrong", () => {
  const forged = { ...signed("mallory"), rawBody: "{}" };
  expect(checkSigningSecret("right", [forged, signed("right")]).verdict.state).toBe("ok");
});

test("a request that had to wait for its secret is measured at the time when it came", () => {
  const old = { ...signed("right"), at: new Date(at.getTime() + 301_000) };
  expect(checkSigningSecret("right", [old]).verdict.code).toBe("signature_mismatch");
});
