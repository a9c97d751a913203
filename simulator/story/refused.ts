/** What the simulator refused to do, with its words and the status of its answer. */
export class Refused extends Error {
  readonly status: number;

  constructor(words: string, status: number) {
    super(words);
    this.status = status;
  }
}
