const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i;
const before = Date.UTC(9999, 0);

/**
 * A time as tools write it, or null. Go's zero time (year 1) stands for "none", and PostgreSQL doesn't read
 * all that JavaScript can write: only the years 1970 to 9998 count.
 */
export function readTime(text: string | null | undefined): Date | null {
  if (!text || !rfc3339.test(text)) return null;
  const time = new Date(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return time.getTime() >= 0 && time.getTime() < before ? time : null;
}
