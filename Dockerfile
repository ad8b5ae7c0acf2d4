# The portal as a container: one image for web server, worker, migrations and commands (compose.yaml).
# What builds stays in the first stage; the second has Python, the locked packages and the portal.
FROM python:3.13-slim-bookworm AS build
WORKDIR /srv/portal
COPY requirements.txt requirements-build.txt package.json package-lock.json .npmrc ./
COPY tools tools
COPY static static
COPY portal portal
COPY config.py ./
RUN python3 -m tools.setup run && .venv/bin/python -m pip uninstall --yes pip

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent portal \
 && install -d -o portal -g portal -m 700 /data /backups \
 && python3 -m pip uninstall --yes --root-user-action=ignore pip
WORKDIR /srv/portal
COPY --from=build /srv/portal/.venv .venv
COPY --from=build /srv/portal/static/build static/build
COPY --from=build /srv/portal/portal portal
COPY config.py pyproject.toml ./
COPY migrations migrations
COPY templates templates
COPY tools/gunicorn.conf.py tools/gunicorn.conf.py
ENV PATH=/srv/portal/.venv/bin:$PATH \
    PORTAL_DATA_DIR=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
VOLUME /data
EXPOSE 8000
# Alive, without the database; /readyz says whether it can serve.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "-c", "tools/gunicorn.conf.py", "--bind", "0.0.0.0:8000", "portal:create_app()"]
