import { isObject } from "../safe/is-object.ts";
import { fitObject } from "../cut-to-limits.ts";
import { jsonBytes } from "./json-bytes.ts";
import { limits } from "./limits.ts";

/** What a tool sent, as a sample to look at; beyond the limit with markers instead of what is too big. */
export function fitSample(event: unknown): unknown {
  if (isObject(event)) return fitObject(event, limits.jsonBytes);
  const bytes = jsonBytes(event);
  return bytes <= limits.jsonBytes ? event : { "[cut]": `an event of ${bytes} bytes` };
}
