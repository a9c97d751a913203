import { promisify } from "node:util";
import zlib from "node:zlib";
import { limits } from "../cut-to-limits.ts";
import type { ParseFailure } from "../source-kind.ts";

type Decode = (sent: Buffer) => Promise<Buffer>;

const output = { maxOutputLength: limits.decodedBytes, chunkSize: 64 * 1024 };
/** RFC 9659 gives senders windows of 8 MB. A larger one takes 128 MB for a body of a few bytes. */
const zstdWindow = { params: { [zlib.constants.ZSTD_d_windowLogMax]: 23 } };

const gunzip = promisify(zlib.gunzip);
const inflate = promisify(zlib.inflate);
const inflateRaw = promisify(zlib.inflateRaw);
const brotliDecompress = promisify(zlib.brotliDecompress);
const zstdDecompress = promisify(zlib.zstdDecompress);

/** A proxy may have decoded it, and left the header. */
const gzip: Decode = async (sent) => (isGzip(sent) ? gunzip(sent, output) : sent);
const decoders = new Map<string, Decode>([
  ["gzip", gzip],
  ["x-gzip", gzip],
  // Some senders leave out the header and checksum of zlib.
  ["deflate", (sent) => (hasZlibHeader(sent) ? inflate(sent, output) : inflateRaw(sent, output))],
  ["br", (sent) => brotliDecompress(sent, output)],
  ["zstd", (sent) => zstdDecompress(sent, { ...output, ...zstdWindow })],
  ["identity", async (sent) => sent],
]);

/** Text can't begin like this, so a body that does is gzip even without the header. */
export function isGzip(sent: Buffer): boolean {
  return sent[0] === 0x1f && sent[1] === 0x8b;
}

/** RFC 1950: method 8, and the first two bytes are a multiple of 31. */
function hasZlibHeader(sent: Buffer): boolean {
  return sent.length > 1 && (sent.readUInt8(0) & 15) === 8 && sent.readUInt16BE(0) % 31 === 0;
}

/** The limits of a body that is larger than it may be when decoded. */
export const decodedTooLarge = Symbol("decoded too large");

/**
 * Undoes the Content-Encoding of a body, in zlib's threads. At most 10 MiB come out, so that a bomb costs no more than
 * the largest body does.
 */
export async function decodeBody(
  sent: Buffer,
  encoding: string,
): Promise<Buffer | ParseFailure | typeof decodedTooLarge> {
  const names = encoding
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  const steps = names.map((name) => decoders.get(name));
  if (names.length > mostEncodings || steps.includes(undefined))
    return badEncoding("gzip, deflate, br or zstd");
  let body = sent;
  try {
    // The last one named was applied last.
    for (const decode of steps.reverse()) if (decode) body = await decode(body);
  } catch (fault) {
    if (isCode(fault, "ERR_BUFFER_TOO_LARGE")) return decodedTooLarge;
    return badEncoding(
      `${names.join(", ")}, as the header says; the body can't be decoded (${reasonOf(fault)})`,
    );
  }
  return body;
}

const mostEncodings = 3;

function badEncoding(expected: string): ParseFailure {
  return { ok: false, field: "Content-Encoding", expected };
}

function isCode(fault: unknown, code: string): boolean {
  return fault instanceof Error && "code" in fault && fault.code === code;
}

function reasonOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
