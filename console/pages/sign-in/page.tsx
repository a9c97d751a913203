import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { peopleApi } from "../../api/people.ts";
import { FormError } from "../../forms/form-error.tsx";
import { useFields } from "../../forms/use-fields.ts";
import { SignInLayout } from "./sign-in-layout.tsx";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const fields = useFields({ email: "", password: "" });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signIn = useMutation({
    mutationFn: () => peopleApi.signIn(fields.values.email, fields.values.password),
    onSuccess(session) {
      queries.clear();
      queries.setQueryData(["session"], session);
      return navigate({ href: next ?? "/alerts" });
    },
  });
  return (
    <SignInLayout title="Sign in to Tocsin" onSubmit={() => signIn.mutate()}>
      <FormError error={signIn.error} />
      <TextInput label="Email" type="email" autoComplete="username" required {...fields.text("email")} />
      <PasswordInput label="Password" autoComplete="current-password" required {...fields.text("password")} />
      <Button type="submit" size="sm" fullWidth loading={signIn.isPending}>
        Sign in
      </Button>
    </SignInLayout>
  );
}
