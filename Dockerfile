# The image of web, worker, beat and migrate: docker compose build. It runs as nobody in particular
# (10001) and writes nothing outside /tmp and /data.

# --- Style sheets, scripts and the fonts of PDFs ---------------------------------------------
FROM node:22-bookworm-slim AS assets
WORKDIR /build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tools/build_assets.py tools/smaller_styles.mjs tools/
COPY static/src static/src
RUN python3 tools/build_assets.py

# --- Python packages; psycopg2 is built here, against Debian's libpq --------------------------
FROM python:3.11-slim-bookworm AS packages
RUN apt-get update \
 && apt-get install --yes --no-install-recommends gcc libpq-dev python3-dev \
 && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/venv
COPY requirements/production.txt ./
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
    --no-binary psycopg2 --requirement production.txt

# --- What runs --------------------------------------------------------------------------------
FROM python:3.11-slim-bookworm
# From where the server's image has its packages: Debian's pg_dump is older than the server, and
# would not dump it.
COPY --from=postgres:17-bookworm /usr/local/share/keyrings/postgres.gpg.asc /usr/local/share/keyrings/
COPY --from=postgres:17-bookworm /etc/apt/sources.list.d/pgdg.list /etc/apt/sources.list.d/
# WeasyPrint's libraries and PostgreSQL's, with its programs for back-ups; the fonts come with the
# assets.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
    libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 libpq5 postgresql-client-17 \
 && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 portal \
 && useradd --system --uid 10001 --gid portal --no-create-home --shell /usr/sbin/nologin portal \
 && install --directory --owner portal --group portal --mode 0750 \
    /data/files /data/seal /data/seal-key
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_FOLDER=/tmp/mou-portal \
    STATIC_FOLDER=/app/static/collected \
    FILES_FOLDER=/data/files \
    SEAL_CERTIFICATE=/data/seal/certificate.pem \
    SEAL_KEY=/data/seal-key/key.pem
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=assets /build/static/built static/built
# In the mode that needs no secrets: none may stand in a layer.
RUN MODE=demonstration python manage.py collectstatic --no-input --ignore fonts \
 && rm -rf "$VAR_FOLDER" \
 && python -m compileall -q .
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "python:mou_portal.web_server", "--bind", "0.0.0.0:8000", "mou_portal.wsgi"]
