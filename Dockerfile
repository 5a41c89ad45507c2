# syntax=docker/dockerfile:1
# The server and the vigie command as plain JavaScript, with the dependencies they need to run and no others.

FROM node:24-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/client/package.json packages/client/
COPY packages/contract/package.json packages/contract/
COPY packages/exposition/package.json packages/exposition/
COPY packages/gotemplate/package.json packages/gotemplate/
COPY packages/promql/package.json packages/promql/
COPY packages/schedule/package.json packages/schedule/
COPY packages/series/package.json packages/series/
COPY packages/tsdb/package.json packages/tsdb/
COPY apps/cli/package.json apps/cli/
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/

FROM manifests AS build
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY LICENSE ./
COPY scripts scripts
COPY packages packages
COPY apps apps
RUN node --disable-warning=ExperimentalWarning scripts/build-packages.ts /out --no-types \
 && chmod 755 /out/apps/cli/dist/main.js

FROM manifests AS dependencies
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production VIGIE_DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /out .
RUN ln -s /app/apps/cli/dist/main.js /usr/local/bin/vigie && install -d -o node -g node -m 700 /data
# Unprivileged (uid 1000): a folder mounted on /data must belong to it.
USER node
VOLUME /data
EXPOSE 8000 8001
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.VIGIE_PORT || 8000}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["vigie"]
CMD ["server"]
