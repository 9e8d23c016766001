# The server in a container: on standard input and output as it is, over HTTP
# with the arguments `http …` (docs/deploy.md). script/package-test runs these
# same steps in folders, where there is no Docker.
ARG DEBIAN=debian:12-slim

FROM ${DEBIAN} AS build
RUN apt-get update && apt-get install --yes --no-install-recommends \
      g++ cmake ninja-build pkg-config dpkg-dev file \
      nlohmann-json3-dev libfmt-dev libspdlog-dev libcli11-dev zlib1g-dev \
      libcurl4-openssl-dev libvalijson-dev libre2-dev libdeflate-dev libzstd-dev \
      libprotozero-dev libcpp-httplib-dev libssl-dev
WORKDIR /source
COPY CMakeLists.txt README.md ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md \
      LICENSE THIRD_PARTY.md ./
COPY cmake cmake
COPY docs docs
COPY examples/README.md examples/
COPY examples/deploy examples/deploy
COPY examples/profiles examples/profiles
COPY prompts prompts
COPY schemas schemas
COPY src src
RUN cmake -S . -B /build -G Ninja -D CMAKE_BUILD_TYPE=Release \
      -D PMCP_TESTS=OFF && \
    cmake --build /build && \
    cd /build && cpack -G DEB && \
    mkdir /out && mv /build/pyroscope-mcp_*.deb /out/pyroscope-mcp.deb

FROM ${DEBIAN}
# The package brings the libraries that the program was linked with; libcurl
# and the certificates are for sources on servers.
COPY --from=build /out/pyroscope-mcp.deb /tmp/
RUN apt-get update && apt-get install --yes --no-install-recommends \
      /tmp/pyroscope-mcp.deb libcurl4 ca-certificates && \
    rm -rf /tmp/pyroscope-mcp.deb /var/lib/apt/lists/*
LABEL io.modelcontextprotocol.server.name="io.github.pyroscope-mcp/pyroscope-mcp" \
      org.opencontainers.image.title="pyroscope-mcp" \
      org.opencontainers.image.description="MCP server for continuous-profiling data" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
# Nothing is written unless a volume is mounted and named here.
ENV PMCP_EXPORT_DIR=off
USER 65532:65532
EXPOSE 8085
# On standard input and output the server is well while it runs. Where it
# listens over HTTP is in PMCP_LISTEN, or among its own arguments.
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s \
  CMD words=$(tr '\0' '\n' </proc/1/cmdline); \
      if printf '%s\n' "$words" | grep -qx http; then \
        listen=$(printf '%s\n' "$words" | \
          sed -n -e 's/^--listen=//p' -e '/^--listen$/{n;p}'); \
        exec pyroscope-mcp healthcheck ${listen:+--listen "$listen"}; fi
ENTRYPOINT ["/usr/bin/pyroscope-mcp"]
CMD ["stdio"]
