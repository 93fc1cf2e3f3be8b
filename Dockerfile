# The hub alone; its database comes from outside (HUB_DATABASE_URL). docker-compose.yml puts both together.
FROM python:3.11-slim-bookworm AS dasar

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock

# the web pages, built with the Node that the lock file brings
FROM dasar AS halaman
COPY web/ web/
RUN cd web && npm ci --ignore-scripts && npm run build

FROM dasar

COPY geo/ geo/
COPY schema/ schema/
COPY seeds/ seeds/
COPY hub/ hub/
COPY --from=halaman /app/hub/web/static/ hub/web/static/
RUN python -m compileall -q geo schema seeds hub \
 && useradd --system --uid 10001 --home-dir /var/lib/hub --create-home --shell /usr/sbin/nologin hub

# the only folder the hub writes to: the demo's tokens, and the key that signs who is asking unless HUB_KUNCI_PERAN holds it
VOLUME /var/lib/hub
USER hub
ENV PYTHONPATH=/app PYTHONUNBUFFERED=1 HUB_HOME=/var/lib/hub HUB_HOST=0.0.0.0 HUB_PORT=8000
EXPOSE 8000

# ready means that the database answers, too
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"HUB_PORT\"]}/siap', timeout=4)"]

# as a list, so that SIGTERM reaches the hub itself and requests under way are finished
STOPSIGNAL SIGTERM
CMD ["python", "-m", "hub", "serve"]
