import { expect, test } from "vitest";
import { ApiError } from "../../api/request.ts";
import { fieldErrors } from "../../forms/use-fields.ts";
import { atFields, toSetting, valuesOf } from "./automatic-values.ts";

const setting = {
  whom: { channel: "#platform" },
  question: "Was this you?",
  ...({ answers: "yes_no", openFor: "1h", secondFactor: true } as const),
  onYes: { do: "comment", text: "Ours" },
  onNo: { do: "send", destination: "d1" },
} as const;

test("a setting that is shown in the form is saved as it was", () => {
  expect(toSetting(valuesOf(setting))).toEqual(setting);
});

test("an error of the API is shown at the input that it is about, when saving and in the preview", () => {
  const paths = {
    "automaticBoomerang.whom.email": "whom",
    "automaticBoomerang.onNo.destination": "destination",
    "automaticBoomerang.onYes.text": "comment",
    "automaticBoomerang.secondFactor": "secondFactor",
    whom: "whom",
    question: "question",
  };
  for (const [field, input] of Object.entries(paths)) {
    const refused = { title: "Bad Request", detail: "Not valid.", status: 400 };
    const error = new ApiError({ ...refused, errors: [{ field, detail: "wrong" }] });
    expect([...fieldErrors(atFields(error)).keys()]).toEqual([input]);
  }
});
