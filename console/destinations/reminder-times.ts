/** The times after which a thread may remind, in minutes. */
export const reminderTimes = {
  "5": "after 5 minutes",
  "15": "after 15 minutes",
  "30": "after 30 minutes",
  "60": "after 1 hour",
  "240": "after 4 hours",
  "1440": "after 1 day",
} as const;
