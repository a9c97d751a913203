import { withToken } from "./api.ts";
import { planWeek } from "./plan-week.ts";
import { play, type Stage } from "./play.ts";
import { seeded } from "./seeded.ts";
import { makeSources } from "./sources.ts";

// Fills a running Tocsin through its API with the alerts of the demo's week. Only the demo can set their times
// back, so here they all happen now, and what is done to them is done by the token.
const { TOCSIN_URL = "http://127.0.0.1:4000", TOCSIN_TOKEN } = process.env;
if (!TOCSIN_TOKEN) {
  console.error(`Give an API token that may manage sources and alerts, and the address if it is another:
  TOCSIN_TOKEN=tcn_… TOCSIN_URL=${TOCSIN_URL} make seed
  TOCSIN_TOKEN comes from: npx tocsin token create --name seed --permissions all`);
  process.exit(1);
}
const api = withToken(`${TOCSIN_URL.replace(/\/$/, "")}/api/v1`, TOCSIN_TOKEN);
const now = new Date();
const somebody = { api, email: null };
const stage: Stage = {
  sources: await makeSources(api, `, seeded ${now.toISOString()}`),
  analysts: { ada: somebody, grace: somebody },
  happened: async () => {},
};
const week = planWeek(now, seeded(now.getTime()));
for (const planned of week) await play(stage, planned);
console.log(`${TOCSIN_URL} has ${week.length} more alerts.`);
