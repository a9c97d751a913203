import type { FaultKind } from "../slack-fault.ts";

/** Slack's words by what they ask for. Whatever stands in no list is set-up: it holds, it never drops. */
const known: Record<Exclude<FaultKind, "set-up">, readonly string[]> = {
  passing: [
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "external_channel_migrating",
    "team_added_to_org",
  ],
  rate: ["ratelimited", "rate_limited"],
  content: [
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "invalid_attachments",
    "too_many_attachments",
    "attachment_payload_limit_exceeded",
    "markdown_text_conflict",
    "metadata_too_large",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "invalid_arguments",
    "invalid_form_data",
    "view_too_large",
    "push_limit_reached",
    "duplicate_external_id",
  ],
  gone: [
    "message_not_found",
    "cant_update_message",
    "edit_window_closed",
    "block_mismatch",
    "cannot_reply_to_message",
    "expired_trigger_id",
    "exchanged_trigger_id",
    "invalid_trigger_id",
    "not_found",
    "hash_conflict",
    "expired_url",
    "used_url",
    "user_not_found",
    "users_not_found",
    "user_not_visible",
    "user_disabled",
    "user_not_in_channel",
  ],
};

const kinds = new Map<string, FaultKind>([
  ...known.passing.map((code) => [code, "passing"] as const),
  ...known.rate.map((code) => [code, "rate"] as const),
  ...known.content.map((code) => [code, "content"] as const),
  ...known.gone.map((code) => [code, "gone"] as const),
]);

export function faultKind(code: string): FaultKind {
  return kinds.get(code) ?? "set-up";
}

/** Words after which part of the work may be done ("some aspect of the operation may have succeeded"). */
export const halfDone: readonly string[] = ["internal_error", "fatal_error"];
