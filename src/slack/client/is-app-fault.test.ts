import { expect, test } from "vitest";
import { isAppFault } from "./is-app-fault.ts";

test.each(["token_revoked", "missing_scope", "http_403"])("%s holds in every channel", (code) => {
  expect(isAppFault(code)).toBe(true);
});

test.each(["not_in_channel", "restricted_action", "team_access_not_granted", "never_heard_of_it"])(
  "%s is about the channel that met it",
  (code) => {
    expect(isAppFault(code)).toBe(false);
  },
);
