import { expect, test } from "vitest";
import { imageSize } from "./display-information.ts";

const png = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
  Buffer.from("0000020000000200", "hex"),
]);
const jpeg = Buffer.from("ffd8ffe000044a46ffc0001108020003000301220002110103110100", "hex");

test.each([
  ["a PNG", png, { type: "image/png", width: 512, height: 512 }],
  ["a JPEG with segments before its size", jpeg, { type: "image/jpeg", width: 768, height: 512 }],
  ["a GIF", Buffer.from("GIF89a"), undefined],
  ["an empty file", Buffer.alloc(0), undefined],
  ["a truncated JPEG", jpeg.subarray(0, 9), undefined],
])("imageSize reads %s", (_what, bytes, size) => {
  expect(imageSize(bytes)).toEqual(size);
});
