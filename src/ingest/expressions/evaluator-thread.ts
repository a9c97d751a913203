import { parentPort } from "node:worker_threads";
import { evaluateJob } from "./evaluate.ts";
import type { Job } from "./evaluation.ts";

/** The thread in which expressions run. It may be ended at any moment, and keeps nothing but compiled expressions. */
const port = parentPort;
if (!port) throw new Error("This file is started by evaluator-process.ts");

port.on("message", (job: Job) => evaluateJob(job, (answer) => port.postMessage(answer)));
port.postMessage({ kind: "ready" });
