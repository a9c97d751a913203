/** The block that calls people: a plainer card keeps it. */
export const mentionBlockId = "mention";
