/** The block ids of the dialog that asks whom to ask what. */
export const askFields = {
  people: "people",
  channel: "channel",
  question: "question",
  answers: "answers",
  openFor: "open-for",
} as const;
