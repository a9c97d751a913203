import { type KeyObject, sign } from "node:crypto";

/** A self-signed certificate (X.509 version 1) of an RSA key, as PEM. Node.js reads certificates, but makes none. */
export function selfSigned(
  { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
  { name, from, to }: { name: string; from: Date; to: Date },
): string {
  const subject = sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from(name)))));
  const validity = sequence(time(from), time(to));
  const key = publicKey.export({ type: "spki", format: "der" });
  const facts = sequence(tagged(0x02, Buffer.of(1)), sha256WithRsa, subject, validity, subject, key);
  const signature = tagged(0x03, Buffer.of(0), sign("sha256", facts, privateKey));
  const der = sequence(facts, sha256WithRsa, signature).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`;
}

/** DER: a tag, the length, the content. */
function tagged(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), body]);
}

function sequence(...content: Buffer[]): Buffer {
  return tagged(0x30, ...content);
}

function time(at: Date): Buffer {
  return tagged(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`));
}

const objectId = (hex: string) => tagged(0x06, Buffer.from(hex, "hex"));
const commonName = objectId("550403");
const sha256WithRsa = sequence(objectId("2a864886f70d01010b"), tagged(0x05));
