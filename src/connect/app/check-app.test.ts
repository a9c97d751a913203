import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { checkSigningSecret } from "./check-app.ts";

const at = new Date("2026-11-02T09:00:00Z");
const timestamp = String(at.getTime() / 1000);
function signed(secret: string, rawBody = '{"api_app_id":"A0TOCSIN01"}') {
  const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${rawBody}`).digest("hex");
  return { at, timestamp, signature: `v0=${digest}`, rawBody };
}

test("a signing secret is not verified while no request has arrived", async () => {
  expect((await checkSigningSecret("right", [])).verdict).toMatchObject({ state: "ok", code: "not_tried" });
});

test("a matching request verifies the secret and names its app", async () => {
  expect(await checkSigningSecret("right", [signed("right")])).toMatchObject({
    verdict: { state: "ok", code: "ok" },
    appId: "A0TOCSIN01",
  });
});

test("a request signed with another secret gives signature_mismatch", async () => {
  expect((await checkSigningSecret("wrong", [signed("right")])).verdict).toMatchObject({
    code: "signature_mismatch",
  });
});

test("a forged request doesn't make a right secret wrong", async () => {
  const forged = { ...signed("mallory"), rawBody: "{}" };
  expect((await checkSigningSecret("right", [forged, signed("right")])).verdict.state).toBe("ok");
});

test("the age of a stored request is measured at its arrival", async () => {
  const old = { ...signed("right"), at: new Date(at.getTime() + 301_000) };
  expect((await checkSigningSecret("right", [old])).verdict.code).toBe("signature_mismatch");
});
