const quotes = /^["'`“”‘’«»]+|["'`“”‘’«»]+$/gu;
/** White space within is a line that was broken when it was copied; the others can't be seen. */
const unseen = /[\s\u00ad\u200b-\u200f\u2060\ufeff]+/gu;

/** A token, secret or id without what comes along when it is copied: spaces, line ends, quotes. */
export function cleanCredential(text: string): string {
  return text.replace(unseen, "").replace(quotes, "");
}
