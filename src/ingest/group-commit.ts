import pg from "pg";

/** Commits waiting items together. */
export interface GroupCommit<Item, Result> {
  /** Resolves with the item's result once its group is committed. */
  submit(item: Item): Promise<Result>;
  /** Resolves when less than one group is waiting: items prepared earlier would only use memory. */
  hasRoom(): Promise<void>;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (fault: unknown) => void;
}

interface Options<Item> {
  /** The maximum weight of a group. A heavier item is committed alone. */
  maxWeight: number;
  weight: (item: Item) => number;
  isBadData: (fault: unknown) => boolean;
}

/**
 * Group commit without a timer: each of `committers` commits one group at a time, made of the items that wait
 * when it becomes free, and returns results in their order. If the database refuses the data of a group, its
 * items are committed one by one, so that a bad item fails alone.
 */
export function groupCommit<Item, Result>(
  committers: ((items: Item[]) => Promise<Result[]>)[],
  { maxWeight, weight, isBadData }: Options<Item>,
): GroupCommit<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  const free = [...committers];
  const roomWaiters: (() => void)[] = [];
  const fitting = () => countFitting(waiting, ({ item }) => weight(item), maxWeight);

  function start(): void {
    while (waiting.length > 0) {
      const commit = free.pop();
      if (!commit) return;
      void commitGroup(commit, waiting.splice(0, fitting())).finally(() => {
        free.push(commit);
        start();
      });
      for (const notify of roomWaiters.splice(0)) notify();
    }
  }

  async function commitGroup(
    commit: (items: Item[]) => Promise<Result[]>,
    group: Waiting<Item, Result>[],
  ): Promise<void> {
    try {
      settle(group, await commit(group.map((entry) => entry.item)));
    } catch (fault) {
      if (group.length > 1 && isBadData(fault)) for (const entry of group) await commitGroup(commit, [entry]);
      else for (const entry of group) entry.reject(fault);
    }
  }

  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        // Groups the requests that arrive in the same turn of the event loop.
        setImmediate(start);
      }),
    async hasRoom() {
      const full = () => waiting.reduce((sum, { item }) => sum + weight(item), 0) >= maxWeight;
      while (full()) await new Promise<void>((resolve) => roomWaiters.push(resolve));
    },
  };
}

/** How many of the first entries together weigh at most `max`; at least one. */
function countFitting<Entry>(entries: Entry[], weight: (entry: Entry) => number, max: number): number {
  let sum = 0;
  const tooMuch = entries.findIndex((entry) => {
    sum += weight(entry);
    return sum > max;
  });
  return tooMuch === -1 ? entries.length : Math.max(1, tooMuch);
}

function settle<Item, Result>(group: Waiting<Item, Result>[], results: Result[]): void {
  group.forEach((entry, at) => {
    const result = results[at];
    if (result === undefined) entry.reject(new Error("A group commit returned too few results"));
    else entry.resolve(result);
  });
}

/** SQLSTATE classes of bad data: data exception, constraint violation, program limit exceeded. */
const dataErrorClasses = ["22", "23", "54"];

/** Whether the database refused the data, so that a retry would fail again. */
export function isBadData(fault: unknown): boolean {
  return fault instanceof pg.DatabaseError && dataErrorClasses.includes((fault.code ?? "").slice(0, 2));
}

/** Runs work after the earlier work, and returns its result. */
type RunInTurn = <Result>(work: () => Result | Promise<Result>) => Promise<Result>;

/**
 * Runs long work one by one, in order. It yields to the event loop in between, so that other requests and
 * earlier results don't wait for all of it.
 */
export function serialQueue(): RunInTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(() => new Promise((resolve) => setImmediate(resolve))).then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
