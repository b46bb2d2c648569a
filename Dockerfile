# The command line and the emulator, for build agents: docker build -t pipewright --build-arg VERSION=1.2.3 .
# Versions of the images are exact; to pin their contents too, see docs/releasing.md.
ARG DOTNET_SDK=10.0.401
ARG DOTNET_RUNTIME=10.0.12

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET_SDK}-noble-aot AS build
ARG VERSION
ARG TARGETARCH
WORKDIR /source
COPY . .
# Git's tags are not in the context, so the version is told; without it there is no image.
RUN test -n "$VERSION" \
    && architecture=$(test "$TARGETARCH" = arm64 && echo arm64 || echo x64) \
    && for project in LanguageServer Emulator; do \
         dotnet publish "server/$project" -c Release -r "linux-$architecture" -o "/publish/$project" \
           -p:MinVerVersionOverride="$VERSION" -p:RunAnalyzers=false || exit 1; \
       done

# With a shell, which container jobs of build services need. The images bring the user `app`.
FROM mcr.microsoft.com/dotnet/runtime-deps:${DOTNET_RUNTIME}-noble
LABEL org.opencontainers.image.title="Pipewright" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /publish/LanguageServer/pipewright /publish/Emulator/pipewright-emulator /usr/local/bin/
USER app
WORKDIR /work
ENTRYPOINT ["pipewright"]
CMD ["--help"]
