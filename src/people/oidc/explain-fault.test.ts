import { expect, test } from "vitest";
import { explainFault } from "./explain-fault.ts";

const place = {
  issuer: "https://id.acme.example",
  redirectUri: "https://tocsin.acme.example/auth/oidc/callback",
  clientId: "tocsin",
};

test.each([
  ["one of its own", "interaction_needed.v2", "interaction_needed.v2"],
  ["text that is no code", "<script>alert(1)</script>", "unknown"],
])("an error of the provider is shown if it is a code: %s", (_, error, shown) => {
  const { code, what } = explainFault({ error, error_description: "Ask\nyour  admin" }, place);
  expect([code, what]).toEqual([shown, `The identity provider refused with the error “${shown}”.`]);
});

test("what the provider says is one short line", () => {
  const explained = explainFault(
    { error: "access_denied", error_description: `No\n access. ${"x".repeat(400)}` },
    place,
  );
  expect(explained).toMatchObject({ code: "access_denied", whose: "person" });
  expect(explained.said).toMatch(/^No access\. x{289}$/);
});
