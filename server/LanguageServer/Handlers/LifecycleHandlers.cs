using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>From <c>initialize</c> to <c>exit</c>.</summary>
internal static class LifecycleHandlers
{
    public static void Register(ServerSession session)
    {
        session.Host.Register("initialize", (parameters, _) => Task.FromResult<JsonElement?>(Initialize(session, ProtocolJson.Read(parameters, ProtocolJson.Default.InitializeParams))));
        session.Register("initialized", (_, _) =>
        {
            session.Diagnostics.LoadWorkspace();
            RegisterWatchers(session);
            return Task.FromResult<JsonElement?>(null);
        });
        session.Host.Register("shutdown", (_, _) =>
        {
            session.ShutDown();
            return Task.FromResult<JsonElement?>(null);
        });
        session.Host.Register("exit", (_, _) =>
        {
            session.Exit();
            return Task.FromResult<JsonElement?>(null);
        });
        session.Host.Register("$/setTrace", (_, _) => Task.FromResult<JsonElement?>(null));
        session.RegisterChange("workspace/didChangeConfiguration", parameters =>
        {
            if (ProtocolJson.Read(parameters, ProtocolJson.Default.DidChangeConfigurationParams).Settings is { } settings)
            {
                session.Settings = ServerSettings.Read(settings, message => session.Log(2, message));
            }
        });
    }

    private static JsonElement Initialize(ServerSession session, InitializeParams parameters)
    {
        if (session.Client is not null)
        {
            throw new RequestFailedException(RequestFailedException.InvalidRequest, "The server is initialized already.");
        }

        session.Client = parameters.Capabilities ?? new ClientCapabilities(null, null, null, null);
        session.Encoding = PositionEncoding.Negotiate(session.Client.General?.PositionEncodings);
        session.Settings = ServerSettings.Read(parameters.InitializationOptions ?? default, message => session.Log(2, message));
        session.Workspace.SetFolders(FindFolders(parameters));
        if (parameters.ProcessId is { } process)
        {
            session.WatchClient(process);
        }

        return JsonSerializer.SerializeToElement(MakeResult(session), ProtocolJson.Default.JsonObject);
    }

    private static IEnumerable<string> FindFolders(InitializeParams parameters)
    {
        var uris = parameters.WorkspaceFolders?.Select(f => f.Uri) ?? (parameters.RootUri is { } root ? [root] : []);
        var folders = uris.Select(DocumentUri.ToPath).OfType<string>().ToList();
        return folders.Count == 0 && parameters.RootPath is { Length: > 0 } path ? [Path.GetFullPath(path)] : folders.Select(Path.TrimEndingDirectorySeparator);
    }

    private static JsonObject MakeResult(ServerSession session)
    {
        var capabilities = new JsonObject
        {
            ["positionEncoding"] = session.Encoding.Name,
            ["textDocumentSync"] = new JsonObject { ["openClose"] = true, ["change"] = 2, ["save"] = false },
            ["completionProvider"] = new JsonObject { ["triggerCharacters"] = new JsonArray(" ", "\"", "'", "-", ":", "{", "[", ","), ["resolveProvider"] = false },
            ["hoverProvider"] = true,
            ["documentSymbolProvider"] = true,
            ["codeActionProvider"] = new JsonObject { ["codeActionKinds"] = new JsonArray("quickfix") },
            ["executeCommandProvider"] = new JsonObject { ["commands"] = new JsonArray(FactoryHandlers.DeployCommand) },
            ["workspace"] = new JsonObject { ["workspaceFolders"] = new JsonObject { ["supported"] = true, ["changeNotifications"] = true } },
        };
        if (session.Client!.TextDocument?.Diagnostic is not null)
        {
            capabilities["diagnosticProvider"] = new JsonObject { ["identifier"] = "pipewright", ["interFileDependencies"] = true, ["workspaceDiagnostics"] = false };
        }

        return new JsonObject
        {
            ["capabilities"] = capabilities,
            ["serverInfo"] = new JsonObject { ["name"] = "pipewright", ["version"] = ProductVersion.Text },
        };
    }

    /// <summary>Asks for notice of changes on disk, where the client can be asked.</summary>
    private static void RegisterWatchers(ServerSession session)
    {
        if (session.Client?.Workspace?.DidChangeWatchedFiles?.IsSupported != true)
        {
            return;
        }

        var options = JsonSerializer.SerializeToElement(
            new JsonObject { ["watchers"] = new JsonArray(new JsonObject { ["globPattern"] = "**/*.{json,yaml,yml}" }) }, ProtocolJson.Default.JsonObject);
        var registration = ProtocolJson.Write(
            new RegistrationParams([new Registration("files", "workspace/didChangeWatchedFiles", options)]), ProtocolJson.Default.RegistrationParams);
        _ = session.Host.TryRequestAsync("client/registerCapability", registration, CancellationToken.None);
    }
}
