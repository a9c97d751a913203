import { createHash, randomBytes } from "node:crypto";

/** 256 random bits as text that fits into a link, a cookie or a header. */
export function makeSecret(prefix = ""): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** What is stored in a secret's place. Unsalted and fast, since nobody can guess 256 bits. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
