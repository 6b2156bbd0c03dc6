# docker build -t onrecord .
# docker compose -f deploy/compose.yaml up -d      (read-only, without capabilities)
# docker run --stop-timeout 45 -p 127.0.0.1:8000:8000 -v onrecord:/var/lib/onrecord \
#   -e ONRECORD_ADMIN_KEYS=... onrecord
FROM python:3.11-slim AS build
RUN python -m venv /opt/onrecord
WORKDIR /source
COPY requirements requirements
# Nothing whose hash is another. The CPU build of torch: the usual one brings gigabytes of CUDA.
RUN /opt/onrecord/bin/pip install --no-cache-dir --no-deps --require-hashes \
      -r requirements/runtime.txt \
 && /opt/onrecord/bin/pip install --no-cache-dir --no-deps --require-hashes \
      -r requirements/torch.txt --index-url https://download.pytorch.org/whl/cpu
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY index index
COPY retrieval retrieval
COPY corpus corpus
RUN /opt/onrecord/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/onrecord --create-home onrecord
COPY --from=build /opt/onrecord /opt/onrecord
USER onrecord
WORKDIR /var/lib/onrecord
RUN mkdir articles data
ENV PATH=/opt/onrecord/bin:$PATH PYTHONDONTWRITEBYTECODE=1 ONRECORD_HOST=0.0.0.0 \
    ONRECORD_ARTICLES=/var/lib/onrecord/articles ONRECORD_DATA=/var/lib/onrecord/data
VOLUME /var/lib/onrecord
EXPOSE 8000
HEALTHCHECK --start-period=60s --timeout=10s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]
ENTRYPOINT ["onrecord"]
CMD ["serve"]
