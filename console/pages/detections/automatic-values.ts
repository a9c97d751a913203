import type { AnswerFormat, OpenDuration } from "../../../src/alert/boomerang.ts";
import type { DetectionBody, DetectionChange } from "../../../src/ingest/contract.ts";
import { ApiError } from "../../api/request.ts";
import { partsOf } from "../../forms/use-fields.ts";

export type WhomType = "field" | "person" | "channel";
type Setting = NonNullable<DetectionBody["automaticBoomerang"]>;

/** The values of the form of an automatic Boomerang. */
export interface AutomaticValues {
  isOn: boolean;
  whomType: WhomType;
  whom: string;
  question: string;
  answers: AnswerFormat;
  openFor: OpenDuration;
  secondFactor: boolean;
  onYes: "nothing" | "comment" | "resolve";
  comment: string;
  onNo: "mention" | "raise" | "send";
  /** The id of a destination. */
  destination: string;
}

export function valuesOf(setting: Setting | null): AutomaticValues {
  if (!setting)
    return {
      isOn: false,
      whomType: "field",
      whom: "",
      question: "At {time} we saw this about your account: {title}. Was this you?",
      answers: "yes_no",
      openFor: "4h",
      secondFactor: false,
      onYes: "nothing",
      comment: "",
      onNo: "mention",
      destination: "",
    };
  const { whom, question, answers, openFor, secondFactor, onYes, onNo } = setting;
  return {
    isOn: true,
    ...whomValues(whom),
    question,
    answers,
    openFor,
    secondFactor,
    onYes: onYes.do,
    comment: onYes.do === "comment" ? onYes.text : "",
    onNo: onNo.do,
    destination: onNo.do === "send" ? onNo.destination : "",
  };
}

function whomValues(whom: Setting["whom"]): { whomType: WhomType; whom: string } {
  if ("field" in whom) return { whomType: "field", whom: whom.field };
  if ("channel" in whom) return { whomType: "channel", whom: whom.channel };
  return { whomType: "person", whom: "email" in whom ? whom.email : whom.slackUserId };
}

/** The setting for the API. */
export function toSetting(values: AutomaticValues): NonNullable<DetectionChange["automaticBoomerang"]> {
  const { question, answers, openFor, secondFactor, onYes, comment, onNo, destination } = values;
  return {
    whom: whomOf(values),
    question,
    answers,
    openFor,
    secondFactor,
    onYes: answers === "text" || onYes === "nothing" ? { do: "nothing" } : yes(onYes, comment),
    onNo: onNo === "send" ? { do: "send", destination } : { do: onNo },
  };
}

function yes(onYes: "comment" | "resolve", text: string) {
  return onYes === "comment" ? ({ do: "comment", text } as const) : ({ do: "resolve" } as const);
}

function whomOf({ whomType, whom }: AutomaticValues) {
  const given = whom.trim();
  if (whomType === "field") return { field: given };
  if (whomType === "channel") return { channel: given };
  return given.includes("@") ? { email: given } : { slackUserId: given };
}

/** The API's error with its fields named as the form's. */
export function atFields(error: Error): Error {
  if (!(error instanceof ApiError) || !error.problem.errors) return error;
  const errors = error.problem.errors.map((one) => ({ ...one, field: formField(one.field) }));
  return new ApiError({ ...error.problem, errors }, error);
}

function formField(path: string): string {
  const [root = path, inner] = partsOf(path).filter((part) => part !== "automaticBoomerang");
  if (root === "onYes" && inner === "text") return "comment";
  if (root === "onNo" && inner === "destination") return "destination";
  return root;
}
