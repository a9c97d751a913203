import { statuses } from "../../../src/alert/alert.ts";

/** The list shows open alerts unless told otherwise; figures count alerts of every status. */
export const everyStatus = [...statuses];
