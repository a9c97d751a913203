import zlib from "node:zlib";
import { expect, test } from "vitest";
import { limits } from "../cut-to-limits.ts";
import { decodeBody, decodedTooLarge } from "./decode-body.ts";

const text = '{"title":"packed"}';

test.each([
  ["gzip", zlib.gzipSync(text)],
  ["X-GZIP", zlib.gzipSync(text)],
  ["deflate", zlib.deflateSync(text)],
  ["deflate", zlib.deflateRawSync(text)],
  ["br", zlib.brotliCompressSync(text)],
  ["zstd", zlib.zstdCompressSync(text)],
  ["identity", Buffer.from(text)],
  ["gzip", Buffer.from(text)],
  ["gzip, br", zlib.brotliCompressSync(zlib.gzipSync(text))],
])("the Content-Encoding %s is undone", async (encoding, sent) => {
  expect(String(await decodeBody(sent, encoding))).toBe(text);
});

test.each([
  ["lzma", text, "gzip, deflate, br or zstd"],
  ["gzip, gzip, gzip, gzip", text, "gzip, deflate, br or zstd"],
  ["gzip", zlib.gzipSync(text).subarray(0, -9), "gzip, as the header says"],
  ["deflate", "", "deflate, as the header says"],
  ["br", text, "br, as the header says"],
  ["zstd", text, "zstd, as the header says"],
])("a body that is not %s is refused with the header's name: %s", async (encoding, sent, expected) => {
  expect(await decodeBody(Buffer.from(sent), encoding)).toEqual({
    ok: false,
    field: "Content-Encoding",
    expected: expect.stringContaining(expected),
  });
});

test.each(["gzip", "deflate", "br", "zstd"])("a bomb in %s ends at 10 MiB", async (encoding) => {
  const pack = {
    gzip: zlib.gzipSync,
    deflate: zlib.deflateSync,
    br: (bytes: Buffer) =>
      zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
    zstd: zlib.zstdCompressSync,
  }[encoding];
  const most = Buffer.alloc(limits.decodedBytes, "a");
  expect(pack && (await decodeBody(pack(most), encoding))).toHaveLength(most.length);
  expect(pack && (await decodeBody(pack(Buffer.concat([most, most])), encoding))).toBe(decodedTooLarge);
});

test("a zstd body with a window above 8 MB is refused", async () => {
  const params = { [zlib.constants.ZSTD_c_windowLog]: 26, [zlib.constants.ZSTD_c_contentSizeFlag]: 0 };
  const packed = zlib.zstdCompressSync(Buffer.alloc(9 * 1024 * 1024), { params });
  expect(await decodeBody(packed, "zstd")).toMatchObject({ ok: false });
});
