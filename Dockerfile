# docker build -t onrecord . && docker run -p 8000:8000 -v onrecord:/var/lib/onrecord \
#   -e ONRECORD_ADMIN_KEYS=... onrecord
FROM python:3.11-slim AS build
RUN python -m venv /opt/onrecord
WORKDIR /source
# The CPU build of torch: the usual one brings gigabytes of CUDA along.
RUN /opt/onrecord/bin/pip install --no-cache-dir torch --index-url https://download.pytorch.org/whl/cpu
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY index index
COPY retrieval retrieval
COPY corpus corpus
RUN /opt/onrecord/bin/pip install --no-cache-dir .

FROM python:3.11-slim
RUN useradd --system --home-dir /var/lib/onrecord --create-home onrecord
COPY --from=build /opt/onrecord /opt/onrecord
USER onrecord
WORKDIR /var/lib/onrecord
RUN mkdir articles data
ENV PATH=/opt/onrecord/bin:$PATH ONRECORD_HOST=0.0.0.0 \
    ONRECORD_ARTICLES=/var/lib/onrecord/articles ONRECORD_DATA=/var/lib/onrecord/data
VOLUME /var/lib/onrecord
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]
STOPSIGNAL SIGINT
ENTRYPOINT ["onrecord"]
CMD ["serve"]
