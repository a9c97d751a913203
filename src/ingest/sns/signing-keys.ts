import { type KeyObject, X509Certificate } from "node:crypto";
import type { Outgoing } from "../../deliver/events/outgoing.ts";

/** AWS uses one certificate per region at a time, and replaces it about once a year. */
const maxKept = 100;
/** So that a certificate that AWS withdraws is not used for ever. */
const keptMs = 24 * 3600 * 1000;
/** Names of certificates that don't exist can't make Tocsin call AWS more often than this at a time. */
const maxFetches = 4;
const minBits = 2048;

interface Kept {
  certificate: X509Certificate;
  until: number;
}

export type SigningKey = { kind: "key"; key: KeyObject } | { kind: "unusable" } | { kind: "unreachable" };

export interface SigningKeys {
  /** The public key of a certificate of SNS, from an address that `certificateUrl` has made. */
  find(url: string, outside: Pick<Outgoing, "get" | "clock">): Promise<SigningKey>;
}

/** Keeps certificates for a day; those that could not be used are not kept. */
export function openSigningKeys(): SigningKeys {
  const kept = new Map<string, Kept>();
  const fetching = new Map<string, Promise<X509Certificate | "unusable" | "unreachable">>();

  async function load(url: string, outside: Pick<Outgoing, "get" | "clock">) {
    const now = outside.clock().getTime();
    const known = kept.get(url);
    if (known && known.until > now) return known.certificate;
    const started = fetching.get(url);
    if (started) return await started;
    if (fetching.size >= maxFetches) return "unreachable";
    const fetched = fetchCertificate(url, outside);
    fetching.set(url, fetched);
    try {
      const found = await fetched;
      if (typeof found !== "string") keep(url, { certificate: found, until: now + keptMs });
      return found;
    } finally {
      fetching.delete(url);
    }
  }

  function keep(url: string, one: Kept): void {
    kept.delete(url);
    kept.set(url, one);
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  }

  return {
    async find(url, outside) {
      const found = await load(url, outside);
      if (typeof found === "string") return { kind: found };
      return isUsable(found, outside.clock()) ? { kind: "key", key: found.publicKey } : { kind: "unusable" };
    },
  };
}

async function fetchCertificate(
  url: string,
  { get }: Pick<Outgoing, "get">,
): Promise<X509Certificate | "unusable" | "unreachable"> {
  const answer = await get({ url }).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) return "unreachable";
  if (answer.status !== 200) return "unusable";
  try {
    return new X509Certificate(answer.text);
  } catch {
    return "unusable";
  }
}

/** TLS has proven where it comes from; this keeps an old or weak one from counting. */
function isUsable(certificate: X509Certificate, now: Date): boolean {
  const { publicKey, validFromDate, validToDate } = certificate;
  if (now < validFromDate || now > validToDate) return false;
  return (
    publicKey.asymmetricKeyType === "rsa" && (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= minBits
  );
}
