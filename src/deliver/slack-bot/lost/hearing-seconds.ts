import { metadataScope } from "../../../slack/scopes.ts";

/**
 * After a lost answer, how long Slack's event gets to say that the card stands: no time where Slack doesn't
 * send it. How late it may be is not documented; mostly it comes within two seconds, and an alert that did
 * not arrive waits so long for nothing.
 */
export function hearingSeconds(grantedScopes: readonly string[]): number {
  return grantedScopes.includes(metadataScope.name) ? 5 : 0;
}
