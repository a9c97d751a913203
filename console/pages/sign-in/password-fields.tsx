import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { peopleApi } from "../../api/people.ts";
import { useFields } from "../../forms/use-fields.ts";

/** The sign-in by password, which leads to the page `next`. */
export function usePasswordSignIn(next: string) {
  const fields = useFields({ email: "", password: "" });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signIn = useMutation({
    mutationFn: () => peopleApi.signIn(fields.values.email, fields.values.password),
    onSuccess(session) {
      queries.clear();
      queries.setQueryData(["session"], session);
      return navigate({ href: next });
    },
  });
  return { fields, signIn };
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
