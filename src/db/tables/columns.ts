import type { ColumnType, JSONColumnType } from "kysely";

/** Column types for reading and writing. */
export type Json<T extends object> = JSONColumnType<T, string, string>;
export type Created = ColumnType<Date, Date | undefined, never>;
export type Time = ColumnType<Date, Date | undefined, Date>;
export type MaybeTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
