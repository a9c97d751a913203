import { ApiFault } from "../../api/api-fault.ts";
import { notices } from "./notice-board.ts";

/** Says why a change was not made; `what` is the change, as "The status was not changed." */
export function tellFault(what: string, fault: Error): void {
  const why = fault instanceof ApiFault ? fault.problem.detail : "Something broke in this page. Reload it.";
  notices.say(`${what} ${why}`, "bad");
}
