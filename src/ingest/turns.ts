/** Does a piece of work when its turn has come, and gives back what came of it. */
export type InTurn = <Result>(work: () => Result | Promise<Result>) => Promise<Result>;

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
