import { expect, test } from "vitest";
import { sign } from "./event-body.ts";

// printf 'v1:1795608000:{"event":"test"}' | openssl dgst -sha256 -hmac 'a secret of some length'
test("the signature equals an HMAC-SHA256 computed by openssl", () => {
  expect(sign('{"event":"test"}', { timestamp: 1795608000, secret: "a secret of some length" })).toBe(
    "v1=4dcd07c87b182ebd1136425a3b9ce487e0066d0d91c350100094cabe3868db23",
  );
});
