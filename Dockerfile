# The one image of web, worker, beat and migrate (docker-compose.yml says which command each runs).
FROM python:3.11-slim-bookworm

# What WeasyPrint draws PDFs with; the last is not brought by Pango, and without it fonts are not cut down.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

# /data holds what people upload, backups, and what is restored; the number is fixed so that a volume keeps its owner
# from image to image.
RUN useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin sendhub \
    && mkdir -p /data/files /data/backups /data/restored && chown sendhub:sendhub /data/*

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt

COPY . .
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp \
    SENDHUB_FILES=/data/files SENDHUB_STATIC=/app/staticfiles

# Hashed names and compressed copies. Settings want a whole environment; none of these values reaches the image's own.
RUN SENDHUB_SECRET_KEY=build SENDHUB_URL=http://localhost SENDHUB_FIELD_KEYS= SENDHUB_DB_HOST=none \
    SENDHUB_DB_PASSWORD_APP=none SENDHUB_REDIS_URL=redis://none python manage.py collectstatic --noinput --verbosity 0

USER sendhub
EXPOSE 8000
CMD ["gunicorn", "sendhub.wsgi", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--timeout", "60", "--logger-class", "sendhub.web_log.WebLog"]
