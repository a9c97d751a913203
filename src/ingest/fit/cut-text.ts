const marker = "… [cut]";

/** Text of at most `limit` UTF-16 units (at least the marker's 7), with a marker where the rest was cut off. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - marker.length;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, splitsPair ? end - 1 : end) + marker;
}
