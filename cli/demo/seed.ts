import { withToken } from "./api.ts";
import { planWeek } from "./plan-week.ts";
import { type DemoContext, play } from "./play.ts";
import { seededRandom } from "./seeded.ts";
import { makeSources } from "./sources.ts";

// Sends the alerts of the demo's week to a running Tocsin through its API. Only the demo can change their times, so here
// everything happens now, and the token is the author of all changes.
const { TOCSIN_URL = "http://127.0.0.1:4000", TOCSIN_TOKEN } = process.env;
if (!TOCSIN_TOKEN) {
  console.error(`TOCSIN_TOKEN is not set. It needs an API token that can manage sources and alerts:
  npx tocsin token create --name seed --permissions all
  TOCSIN_TOKEN=tcn_… TOCSIN_URL=${TOCSIN_URL} make seed`);
  process.exit(1);
}
const api = withToken(`${TOCSIN_URL.replace(/\/$/, "")}/api/v1`, TOCSIN_TOKEN);
const now = new Date();
const tokenUser = { api, email: null };
const context: DemoContext = {
  sources: await makeSources(api, `, seeded ${now.toISOString()}`),
  analysts: { ada: tokenUser, grace: tokenUser },
  onStep: async () => {},
};
const week = planWeek(now, seededRandom(now.getTime()));
for (const planned of week) await play(context, planned);
console.log(`Added ${week.length} alerts to ${TOCSIN_URL}.`);
