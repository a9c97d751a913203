import { createServer } from "node:http";

// Loaded into a node of Tocsin with `--import`. Answers what its event loop has done since the last question.

/** Processor time of this thread in milliseconds: unlike the time on the clock, it doesn't count other programs. */
function busy(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

let last = busy();
let longest = 0;
let total = 0;
setInterval(() => {
  const now = busy();
  longest = Math.max(longest, now - last);
  total += now - last;
  last = now;
}, 1).unref();

createServer((_request, response) => {
  response.end(JSON.stringify({ longest, total }));
  longest = 0;
  total = 0;
})
  .listen(Number(process.env.LOOP_PROBE_PORT), "127.0.0.1")
  .unref();
