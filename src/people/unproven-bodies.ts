import type { Readable } from "node:stream";
import type { FastifyRequest } from "fastify";
import { type Problem, problem } from "../api/problem.ts";
import { networkOf } from "./sign-in-tries.ts";

/** Reads bodies of senders who have proven nothing yet. */
export interface UnprovenBodies {
  /** The pieces of a body. Throws `tooLarge` above `limit` bytes, and a 408 if it had to make room for others. */
  read(request: FastifyRequest, body: Readable, allowed: Allowed): Promise<Buffer[]>;
}

interface Allowed {
  limit: number;
  tooLarge: Problem;
}

interface Reading {
  network: string;
  /** What its headers announce; 0 if they don't. */
  announced: number;
  bytes: number;
  giveUp: (why: Problem) => void;
}

/**
 * What unfinished bodies may hold together, and what those of one address (IPv6: /64) may hold or announce. Announcing
 * is free, so it counts only against one's own address.
 */
const limits = { node: 9 * 1024 * 1024, network: 4.5 * 1024 * 1024 };
/** Slack itself gives up after 3 s. */
const arrivalMs = 10_000;
/** What a piece of a body costs besides its bytes. */
const bytesPerPiece = 256;

/**
 * Beyond the limits the body that has been unfinished for longest makes room. A genuine one arrives within
 * milliseconds, so bodies that are held open can't keep it out.
 */
export function openUnprovenBodies(): UnprovenBodies {
  const readings = new Set<Reading>();

  function makeRoom({ network }: Reading): void {
    const all = [...readings];
    const own = all.filter((one) => one.network === network);
    const most = own.reduce((total, { announced, bytes }) => total + Math.max(announced, bytes), 0);
    if (most > limits.network) own[0]?.giveUp(madeRoom);
    else if (all.reduce((total, { bytes }) => total + bytes, 0) > limits.node) all[0]?.giveUp(madeRoom);
  }

  return {
    read({ ip, headers }, body, { limit, tooLarge }) {
      const announced = Number(headers["content-length"] ?? 0);
      if (announced > limit) return Promise.reject(tooLarge);
      // By events: an iterator would end the connection, and with it the answer.
      return new Promise((resolve, reject) => {
        const pieces: Buffer[] = [];
        let length = 0;
        const timer = setTimeout(() => giveUp(madeRoom), arrivalMs);
        const end = () => {
          clearTimeout(timer);
          readings.delete(reading);
          body.off("data", onPiece);
          body.off("end", onEnd);
        };
        const giveUp = (why: Error) => {
          // A whole body also ends with "close".
          if (!readings.has(reading)) return;
          end();
          // What still listens to the connection would keep them.
          pieces.length = 0;
          reject(why);
        };
        const reading: Reading = { network: networkOf(ip), announced, bytes: 0, giveUp };
        const onPiece = (piece: Buffer) => {
          pieces.push(piece);
          length += piece.length;
          reading.bytes += piece.length + bytesPerPiece;
          if (length > limit) giveUp(tooLarge);
          else makeRoom(reading);
        };
        const onEnd = () => {
          end();
          resolve(pieces);
        };
        readings.add(reading);
        makeRoom(reading);
        body.on("data", onPiece);
        body.on("end", onEnd);
        body.once("error", giveUp);
        body.once("close", () => giveUp(cutOff));
      });
    },
  };
}

const madeRoom = problem(408, "The body did not arrive in time, and others needed its room. Send it again.");

const cutOff = problem(400, "The connection ended before the body.");
