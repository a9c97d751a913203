import { z } from "zod";

/** A time that a caller sends. PostgreSQL has no year 0. */
export const time = z.iso.datetime().refine(hasYear, "must be a time after the year 0");

/** A time in a cursor, as PostgreSQL writes it, with microseconds: `2026-01-15 10:00:00.123456+00`. */
export const storedTime = z.string().refine((text) => {
  const iso = text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");
  return isoWithOffset.safeParse(iso).success && hasYear(text);
});

const isoWithOffset = z.iso.datetime({ offset: true });

function hasYear(text: string): boolean {
  return !text.startsWith("0000");
}
