import { nearNames } from "../near-names.ts";
import type { ListedChannel } from "../../../connect/channels/channel-list.ts";

interface Choice {
  /** Those that the bot is in, which one mostly means. */
  invited: ListedChannel[];
  others: ListedChannel[];
  /** Names that are like what was typed; only when nothing has it in it. */
  near: string[];
}

const mostOthers = 50;

/** The channels to offer for what was typed so far; all of them for nothing. */
export function chooseChannels(
  typed: string,
  { invited, listed }: { invited: ListedChannel[]; listed: ListedChannel[] },
): Choice {
  const wanted = typed.trim().replace(/^#/, "").toLowerCase();
  const ids = new Set(invited.map(({ id }) => id));
  const fits = ({ name, id }: ListedChannel) => name.includes(wanted) || id.toLowerCase() === wanted;
  const best = (all: ListedChannel[]) =>
    all
      .filter(fits)
      .sort((a, b) => rank(a.name, wanted) - rank(b.name, wanted) || a.name.localeCompare(b.name));
  const chosen = { invited: best(invited), others: best(listed.filter(({ id }) => !ids.has(id))) };
  const none = wanted !== "" && chosen.invited.length + chosen.others.length === 0;
  const near = none ? nearNames(wanted, new Set([...invited, ...listed].map(({ name }) => name))) : [];
  return { invited: chosen.invited, others: chosen.others.slice(0, mostOthers), near };
}

function rank(name: string, wanted: string): number {
  if (name === wanted) return 0;
  return name.startsWith(wanted) ? 1 : 2;
}
