/**
 * Makes JSON text safe to process and store, before it is parsed. In its escapes, NUL and lone surrogates, which
 * PostgreSQL refuses, become U+FFFD. Keys `__proto__` become `[__proto__]`, against prototype pollution.
 */
export function storableJson(json: string): string {
  const text = suspicious.test(json) ? json.replace(escapes, storableEscape) : json;
  return text.includes('"__proto__"') ? text.replace(protoKey, '"[__proto__]"$1') : text;
}

/** Escapes of surrogates, NUL, and letters that would hide `__proto__`. */
const suspicious = /\\u(?:00|d[89a-f])/i;
/** One escape, or two that are a surrogate pair. */
const escapes = /\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|u[\da-f]{4}|[\s\S])/gi;
const protoKey = /"__proto__"(\s*:)/g;

function storableEscape(written: string): string {
  if (written.length !== 6) return written;
  const code = Number.parseInt(written.slice(2), 16);
  if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) return "\\ufffd";
  const isPlain = code >= 0x20 && code < 0x7f && code !== 0x22 && code !== 0x5c;
  return isPlain ? String.fromCharCode(code) : written;
}
