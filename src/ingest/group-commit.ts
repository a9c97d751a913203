import pg from "pg";

/** Takes work that waits together and does it together. */
export interface GroupCommit<Item, Result> {
  /** Resolves once the item's group is committed, with the result for this item. */
  submit(item: Item): Promise<Result>;
  /** Resolves once less waits than a group takes: what is made ready sooner would only lie in memory. */
  hasRoom(): Promise<void>;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (fault: unknown) => void;
}

interface Options<Item> {
  /** What a group may weigh. An item that weighs more is a group of its own. */
  most: number;
  weight: (item: Item) => number;
  isBadData: (fault: unknown) => boolean;
}

/**
 * Group commit: whatever waits when a lane becomes free is committed in one transaction, so the cost of a
 * commit is shared and nobody waits for a timer. Each of `lanes` commits one group after the other, results
 * in the order of the items. If the database refuses a group's data, its items are tried one by one, so that
 * a bad one harms only itself.
 */
export function groupCommit<Item, Result>(
  lanes: ((items: Item[]) => Promise<Result[]>)[],
  { most, weight, isBadData }: Options<Item>,
): GroupCommit<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  const free = [...lanes];
  const roomWanted: (() => void)[] = [];
  const fitting = () => countFitting(waiting, ({ item }) => weight(item), most);

  function start(): void {
    while (waiting.length > 0) {
      const lane = free.pop();
      if (!lane) return;
      void work(lane, waiting.splice(0, fitting())).finally(() => {
        free.push(lane);
        start();
      });
      for (const tell of roomWanted.splice(0)) tell();
    }
  }

  async function work(
    lane: (items: Item[]) => Promise<Result[]>,
    group: Waiting<Item, Result>[],
  ): Promise<void> {
    try {
      settle(group, await lane(group.map((entry) => entry.item)));
    } catch (fault) {
      if (group.length > 1 && isBadData(fault)) for (const entry of group) await work(lane, [entry]);
      else for (const entry of group) entry.reject(fault);
    }
  }

  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        // Requests that arrive in the same turn of the event loop belong together.
        setImmediate(start);
      }),
    async hasRoom() {
      const full = () => waiting.reduce((sum, { item }) => sum + weight(item), 0) >= most;
      while (full()) await new Promise<void>((resolve) => roomWanted.push(resolve));
    },
  };
}

/** How many of those in front weigh no more than `most` together; one at least. */
function countFitting<Entry>(entries: Entry[], weight: (entry: Entry) => number, most: number): number {
  let sum = 0;
  const tooMuch = entries.findIndex((entry) => {
    sum += weight(entry);
    return sum > most;
  });
  return tooMuch === -1 ? entries.length : Math.max(1, tooMuch);
}

function settle<Item, Result>(group: Waiting<Item, Result>[], results: Result[]): void {
  group.forEach((entry, at) => {
    const result = results[at];
    if (result === undefined) entry.reject(new Error("a group commit lost a result"));
    else entry.resolve(result);
  });
}

/** SQLSTATE classes that blame the data: data exception, constraint violation, and program limits. */
const blamingData = ["22", "23", "54"];

/** Whether the database refused what it was given, so that the same again would fail again. */
export function isBadData(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && blamingData.includes((fault.code ?? "").slice(0, 2));
}

/** Does a piece of work when its turn has come, and gives back what came of it. */
type InTurn = <Result>(work: () => Result | Promise<Result>) => Promise<Result>;

/**
 * Long pieces of work, one after the other in the order in which they were given. Between two of them everything
 * else goes on: whoever was first is not kept waiting until all of them are done.
 */
export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(() => new Promise((resolve) => setImmediate(resolve))).then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
