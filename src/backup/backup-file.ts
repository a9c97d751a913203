import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { z } from "zod";

/** The version of the format below; a file of a later one is refused. */
export const format = 1;

/** The first line of a backup. */
const header = z.object({
  tocsin: z.literal("backup"),
  format: z.number().int(),
  /** The version of Tocsin that wrote it. */
  version: z.string(),
  /** When the snapshot was taken, by the clock of its database. */
  takenAt: z.iso.datetime(),
  /** Those that the database had, in order. */
  migrations: z.array(z.string()).min(1),
  /** The key of the secrets in base64, if it was asked for. */
  key: z.string().optional(),
});
export type BackupHeader = z.infer<typeof header>;

/** The line before the rows of a table, which are in the text format of COPY and end with a line `\.`. */
const tableLine = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export type TableLine = z.infer<typeof tableLine>;

/** The last line. */
const trailer = z.object({
  /** Rows by table. */
  rows: z.record(z.string(), z.number().int()),
  /** Where the sequences stand. */
  sequences: z.record(z.string(), z.object({ last: z.string(), called: z.boolean() })),
  /** Of all lines before this one, in hex. */
  sha256: z.string(),
});
export type BackupTrailer = z.infer<typeof trailer>;

/** What a reader does with a table: it gets the rows in pieces of whole lines. */
export type TakeTable = (line: TableLine, rows: AsyncIterable<Buffer>) => Promise<void>;

/**
 * Reads a whole backup, a piece at a time, and checks its form, its checksum and the number of rows. Throws an Error
 * that says what is wrong with the file. `start` gets the header before any table is read.
 */
export async function readBackup(
  path: string,
  { start = async () => {}, table }: { start?: (header: BackupHeader) => Promise<void>; table: TakeTable },
): Promise<{ header: BackupHeader; trailer: BackupTrailer }> {
  const lines = openLines(path);
  const first = readHeader(path, await lines.next());
  await start(first);
  const rows: Record<string, number> = {};
  while (true) {
    const before = lines.sha256();
    const line = parse(await lines.next());
    const next = tableLine.safeParse(line);
    if (!next.success) {
      const last = trailer.safeParse(line);
      if (!last.success || !(await lines.ended()))
        throw damaged(path, "a line is not what a backup has there");
      if (last.data.sha256 !== before) throw damaged(path, "its checksum does not fit");
      if (JSON.stringify(sorted(last.data.rows)) !== JSON.stringify(sorted(rows)))
        throw damaged(path, "a table does not have as many rows as the last line says");
      return { header: first, trailer: last.data };
    }
    const counted = countingRows(lines.untilEnd());
    await table(next.data, counted.rows);
    rows[next.data.table] = counted.count();
  }
}

function readHeader(path: string, line: Buffer): BackupHeader {
  const about = parse(line);
  const read = header.safeParse(about);
  if (read.success && read.data.format <= format) return read.data;
  const named = z.object({ tocsin: z.literal("backup"), format: z.number() }).safeParse(about);
  if (named.success && named.data.format > format)
    throw new Error(
      `${path} was written by a newer Tocsin (format ${named.data.format}): restore it with that.`,
    );
  throw foreign(path);
}

function parse(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString("utf8"));
  } catch {
    return null;
  }
}

const sorted = (counts: Record<string, number>) =>
  Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));

function countingRows(pieces: AsyncIterable<Buffer>): { rows: AsyncIterable<Buffer>; count: () => number } {
  let count = 0;
  async function* rows() {
    for await (const piece of pieces) {
      for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, at + 1)) count++;
      yield piece;
    }
  }
  return { rows: rows(), count: () => count };
}

const newline = 10;
const endOfRows = Buffer.from("\\.\n");

interface Lines {
  /** The next line, without its end. */
  next(): Promise<Buffer>;
  /** Whole lines up to the one that ends a table, in pieces. */
  untilEnd(): AsyncIterable<Buffer>;
  /** Whether nothing follows. */
  ended(): Promise<boolean>;
  /** Of what was read so far, in hex. */
  sha256(): string;
}

/** A line of a backup is at most a row of a table, so this much without an end is no backup. */
const maxLineBytes = 64 * 1024 * 1024;

function openLines(path: string): Lines {
  const pieces = unzipped(path);
  const hash = createHash("sha256");
  let rest: Buffer = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const { value, done } = await pieces.next();
    if (done) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    if (rest.length > maxLineBytes) throw foreign(path);
    return true;
  }

  /** Takes this many bytes. */
  function take(bytes: number): Buffer {
    const taken = rest.subarray(0, bytes);
    rest = rest.subarray(bytes);
    hash.update(taken);
    return taken;
  }

  return {
    async next() {
      let from = 0;
      for (let at = rest.indexOf(newline); at < 0; at = rest.indexOf(newline, from)) {
        from = rest.length;
        if (!(await more())) throw from === 0 ? cut(path) : foreign(path);
      }
      return take(rest.indexOf(newline) + 1).subarray(0, -1);
    },
    async *untilEnd() {
      while (true) {
        // The end is a line of its own: at the beginning, or after another line's end.
        const end = rest.subarray(0, 3).equals(endOfRows) ? 0 : rest.indexOf(`\n${endOfRows}`) + 1;
        if (end > 0 || rest.subarray(0, 3).equals(endOfRows)) {
          if (end > 0) yield take(end);
          take(endOfRows.length);
          return;
        }
        // The last line stays, since what comes next may make it the end.
        const whole = rest.lastIndexOf(newline, -4) + 1;
        if (whole > 0 && rest.length > endOfRows.length) yield take(whole);
        if (!(await more())) throw cut(path);
      }
    },
    ended: async () => rest.length === 0 && !(await more()),
    sha256: () => hash.copy().digest("hex"),
  };
}

async function* unzipped(path: string): AsyncGenerator<Buffer, undefined> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const unzip = createGunzip({ chunkSize: 256 * 1024 });
  file.on("error", (fault) => unzip.destroy(fault));
  try {
    for await (const piece of file.pipe(unzip)) yield piece;
  } catch (cause) {
    throw explainRead(path, cause);
  } finally {
    file.destroy();
  }
}

function explainRead(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  if (code === "ENOENT") return new Error(`There is no file ${path}.`);
  if (code === "EISDIR") return new Error(`${path} is a folder. Name the file of a backup.`);
  if (code === "EACCES") return new Error(`This user may not read ${path}.`);
  if (code === "Z_BUF_ERROR") return cut(path);
  if (code === "Z_DATA_ERROR" && cause instanceof Error)
    return cause.message.includes("header") ? foreign(path) : damaged(path, "it can't be decompressed");
  return cause;
}

const another = "Nothing was changed. Take another copy of it, or an older backup.";

function damaged(path: string, why: string): Error {
  return new Error(`${path} is damaged: ${why}. ${another}`);
}

function cut(path: string): Error {
  return new Error(`${path} is cut off: its end is missing. ${another}`);
}

function foreign(path: string): Error {
  return new Error(`${path} is no backup of Tocsin. \`tocsin backup FILE\` makes one. Nothing was changed.`);
}
