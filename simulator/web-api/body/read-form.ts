import { refuse } from "../answer.ts";

/** The fields of a form in a URL's encoding; a broken `%` makes it none. */
export function readForm(body: string) {
  if (/%(?![0-9a-f]{2})/i.test(body)) return refuse("invalid_form_data");
  return { ok: true as const, fields: Object.fromEntries(new URLSearchParams(body)) };
}
