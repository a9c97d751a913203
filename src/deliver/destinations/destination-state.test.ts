import { expect, test } from "vitest";
import { destinationState } from "./destination-state.ts";

const good = {
  enabled: true,
  installationFault: null,
  lineFault: null,
  channelName: "security",
  botName: "Tocsin",
};

test("a destination without a fault is ok", () => {
  expect(destinationState(good)).toEqual({ kind: "ok" });
});

test("a channel's fault comes with its remedy", () => {
  expect(destinationState({ ...good, lineFault: "not_in_channel" })).toMatchObject({
    kind: "needs_attention",
    fault: "not_in_channel",
    remedy: expect.stringMatching(/not in #security.*\/invite @Tocsin/),
  });
});

test("a revoked token hides the channel's own fault", () => {
  const state = destinationState({ ...good, lineFault: "is_archived", installationFault: "token_revoked" });
  expect(state).toHaveProperty("fault", "token_revoked");
});

test("a disabled destination needs no attention", () => {
  expect(destinationState({ ...good, enabled: false, lineFault: "is_archived" })).toEqual({
    kind: "disabled",
  });
});
