import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { FactorNeeded } from "../../../src/people/factors/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { useFields } from "../../forms/use-fields.ts";
import { useFinish } from "./second-step.tsx";

/** The sign-in by password, which leads to the page `next`, or to the second step. */
export function usePasswordSignIn(next: string) {
  const [needed, setNeeded] = useState<FactorNeeded["secondFactor"] | null>(null);
  const fields = useFields({ email: "", password: "" });
  const finish = useFinish(next);
  const signIn = useMutation({
    mutationFn: () => peopleApi.signIn(fields.values.email, fields.values.password),
    onSuccess: (answer) => ("secondFactor" in answer ? setNeeded(answer.secondFactor) : finish(answer)),
  });
  /** Begins again with the password. */
  const goBack = () => {
    setNeeded(null);
    fields.set("password", "");
  };
  return { fields, signIn, needed, goBack };
}

interface Props {
  byPassword: ReturnType<typeof usePasswordSignIn>;
  /** Whether there is another way, which most people use. */
  secondary: boolean;
}

export function PasswordFields({ byPassword: { fields, signIn }, secondary }: Props) {
  return (
    <>
      <TextInput label="Email" type="email" autoComplete="username" required {...fields.text("email")} />
      <PasswordInput label="Password" autoComplete="current-password" required {...fields.text("password")} />
      <Button
        type="submit"
        size="sm"
        fullWidth
        variant={secondary ? "default" : "filled"}
        loading={signIn.isPending}
      >
        Sign in
      </Button>
    </>
  );
}
