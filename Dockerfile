# The bot alone, for a tenant; the room is for one's own machine. What it needs: DATA_DIR to write in, and its environment.
FROM node:22-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:22-slim
WORKDIR /app
# The loader keeps no cache: nothing is written outside DATA_DIR, and the root file system may be read-only.
ENV NODE_ENV=production ROOM=off PORT=3978 DATA_DIR=/data TSX_DISABLE_CACHE=1
COPY package.json package-lock.json tsconfig.json LICENSE ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY src ./src
COPY cards ./cards
RUN install --directory --owner=node --group=node --mode=700 /data
VOLUME /data
USER node
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: it hears the signal that stops the container, and finishes its turn.
CMD ["node", "--max-semi-space-size=32", "--import", "tsx", "src/index.ts"]
