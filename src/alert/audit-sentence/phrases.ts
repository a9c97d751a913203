import type { AuditAction } from "../audit-action.ts";

/**
 * How an action is said: as something wanted (“was refused: resolve …”), as something done (“Ada resolved …”), and what
 * follows both. `{target}` is what it was done to, `{name}` a value of the entry's data.
 */
export type Phrase = readonly [wanted: string, done: string, rest: string];

export const phrases: Record<AuditAction, Phrase> = {
  "alert.view": ["view", "viewed", "{target}"],
  "alert.change": ["change", "changed", "{target}"],
  "alert.commented": ["comment on", "commented on", "{target}"],
  "alert.comment_edited": ["edit", "edited", "a comment on {target}"],
  "alert.comment_deleted": ["delete", "deleted", "a comment on {target}"],
  "alert.card_posted": ["post", "posted", "the card of {target} from a digest"],
  "alert.resend": ["send", "sent", "{target} again"],
  "alert.suppress": ["suppress", "suppressed", "repeats of {target}"],
  "alert.unsuppress": ["end", "ended", "{target}"],
  "alert.silence_lifted": ["lift", "lifted", "the silence of {target}"],
  "silence.created": ["create", "created", "{target}"],
  "silence.changed": ["change", "changed", "{target}"],
  "silence.ended": ["end", "ended", "{target}"],
  "boomerang.ask": ["send", "sent", "a Boomerang from {target} to {to}"],
  "boomerang.answer": ["answer", "answered", "the Boomerang of {target}"],
  "boomerang.cancel": ["cancel", "cancelled", "{target}"],
  "source.created": ["create", "created", "{target}"],
  "source.changed": ["change", "changed", "{target}"],
  "source.deleted": ["delete", "deleted", "{target}"],
  "source.key_created": ["create", "created", "the key {hint} of {target}"],
  "source.key_revoked": ["revoke", "revoked", "the key {hint} of {target}"],
  "source.body_replayed": ["replay", "replayed", "kept bodies of {target}"],
  "detection.overridden": ["override", "changed", "where alerts of {target} go"],
  "detection.boomerang_changed": ["change", "changed", "the automatic Boomerang of {target}"],
  "destination.created": ["create", "created", "{target}"],
  "destination.changed": ["change", "changed", "{target}"],
  "destination.deleted": ["delete", "deleted", "{target}"],
  "destination.welcomed": ["send", "sent", "a test to {target}"],
  "destination.tested": ["open", "opened", "a test alert for {target}"],
  "destination.resend": ["send", "sent", "what {target} missed again"],
  "slack_app.changed": ["change", "changed", "the Slack app"],
  "slack_app.installed": ["install", "installed", "the Slack app in {target}"],
  "slack_app.trusted": ["trust", "trusted", "{target}"],
  "slack_app.distrusted": ["stop trusting", "stopped trusting", "{target}"],
  "slack_manifest.handed_out": ["take", "took", "the Slack app's manifest"],
  "session.signed_in": ["sign in", "signed in", ""],
  "session.signed_out": ["sign out", "signed out", ""],
  "session.confirmed": ["confirm", "confirmed", "their session"],
  "session.password_accepted": ["sign in", "gave the right password", ", and was asked for a second factor"],
  "session.second_factor": ["give", "gave", "their second factor"],
  "session.ended": ["end", "ended", "{target}"],
  "session.others_ended": ["end", "ended", "their other sessions"],
  "session.sign_ins_refused": ["sign in", "signed in", ""],
  "user.created": ["create", "created", "{target}"],
  "user.changed": ["change", "changed", "{target}"],
  "user.password_link_made": ["make", "made", "a link to set the password of {target}"],
  "user.password_set": ["set", "set", "the password of {target} by a one-time link"],
  "user.password_changed": ["change", "changed", "the password of {target}"],
  "user.passkey_added": ["add", "added", "a passkey of {target}"],
  "user.passkey_removed": ["remove", "removed", "a passkey of {target}"],
  "user.totp_added": ["add", "added", "the authenticator app of {target}"],
  "user.totp_removed": ["remove", "removed", "the authenticator app of {target}"],
  "user.recovery_codes_made": ["make", "made", "new recovery codes of {target}"],
  "user.factors_removed": ["remove", "removed", "the second factors of {target}"],
  "user.identity_added": ["tie", "tied", "{target} to an account of the identity provider"],
  "user.tied_to_slack": ["link", "linked", "{target} to a Slack user"],
  "user.untied_from_slack": ["unlink", "unlinked", "{target} from a Slack user"],
  "role.created": ["create", "created", "{target}"],
  "role.changed": ["change", "changed", "{target}"],
  "role.deleted": ["delete", "deleted", "{target}"],
  "view.created": ["create", "created", "{target}"],
  "view.changed": ["change", "changed", "{target}"],
  "view.deleted": ["delete", "deleted", "{target}"],
  "api_token.created": ["create", "created", "{target}"],
  "api_token.revoked": ["revoke", "revoked", "{target}"],
  "settings.changed": ["change", "changed", "the settings"],
  "secret_key.rotated": ["rotate", "rotated", "the secret key"],
  "database.backed_up": ["back up", "backed up", "the database"],
  "database.upgraded": ["upgrade", "upgraded", "the database"],
  "database.restored": ["restore", "restored", "the database"],
  "database.taken_over": ["take over", "took over", "the restored database"],
  "retention.deleted": ["delete", "deleted", "old data"],
  "audit_log.exported": ["export", "exported", "the audit log"],
  "audit_stream.created": ["begin", "began", "to send the audit log by {kind}"],
  "audit_stream.changed": ["change", "changed", "where the audit log is sent by {kind}"],
  "audit_stream.deleted": ["end", "ended", "the sending of the audit log by {kind}"],
  "audit_stream.tested": ["test", "tested", "the sending of the audit log by {kind}"],
};

/** How things are named in a sentence, by the type of the target; null where the name stands alone. */
const nouns: Record<string, string | null> = {
  user: null,
  alert: null,
  api_token: "API token",
  slack_app: "Slack app",
  slack_manifest: "Slack app's manifest",
  installation: "workspace",
  boomerang: "Boomerang",
};

/** `source` as `source`, `api_token` as `API token`; also for types that only a later version has. */
export function nounOf(type: string): string {
  return nouns[type] ?? type.replaceAll("_", " ");
}

/** Whether the noun is left out where the thing has a name: “of Grace”. */
export function standsAlone(type: string): boolean {
  return nouns[type] === null;
}

/** What an action is about if the entry has no target: “a source”. */
export function indefinite(action: string): string {
  const thing = action.split(".")[0] ?? "";
  const noun = nounOf(thing === "slack_app" ? "installation" : thing);
  return /^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** An action by itself, such as “Create a source”, to choose it from a list. */
export function actionLabel(action: AuditAction): string {
  const [wanted, , rest] = phrases[action];
  const what = rest.replace("{target}", indefinite(action)).replace(/ (?:(?:by|to) )?\{\w+\}/g, "");
  const label = `${wanted} ${what}`.trim();
  const summedUp = action === "session.sign_ins_refused" ? " (refused, summed up)" : "";
  return label.charAt(0).toUpperCase() + label.slice(1) + summedUp;
}

/**
 * The phrase of an action that this version doesn't know. One past participle reads as a sentence (`role.created`),
 * anything else is named: “did “user: totp enabled” for …”.
 */
export function unknownPhrase(action: string): Phrase {
  const [thing = "", what = ""] = action.split(".");
  const verb = /^[a-z]+ed$/.test(what) ? what : null;
  if (verb) return [`have ${verb}`, verb, "{target}"];
  const named = `“${nounOf(thing)}${what ? `: ${what.replaceAll("_", " ")}` : ""}” on {target}`;
  return ["do", "did", named];
}
