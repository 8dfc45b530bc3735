# Build the wheel where the build tools are, run it where they are not.
FROM python:3.12-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir build
COPY pyproject.toml README.md LICENSE ./
COPY service ./service
COPY rules ./rules
COPY models ./models
COPY tests/eval ./tests/eval
RUN python -m build --wheel --outdir /dist

FROM python:3.12-slim
RUN useradd --system --create-home postlint
COPY --from=build /dist /dist
RUN pip install --no-cache-dir "$(echo /dist/*.whl)[nlp]" && rm -r /dist
USER postlint
WORKDIR /home/postlint
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/readyz', timeout=2)"]
CMD ["postlint", "serve", "--host", "0.0.0.0", "--port", "8080"]
