using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.LanguageServer.AzureServices;
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
            session.Reading.Start();
            RegisterWatchers(session);
            _ = AskForSettingsAsync(session);
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
        session.Host.Register("$/setTrace", (parameters, _) =>
        {
            TakeTrace(session, ProtocolJson.Read(parameters, ProtocolJson.Default.SetTraceParams).Value);
            return Task.FromResult<JsonElement?>(null);
        });
        session.RegisterChange("workspace/didChangeConfiguration", parameters =>
        {
            if (ProtocolJson.Read(parameters, ProtocolJson.Default.DidChangeConfigurationParams).Settings is { ValueKind: JsonValueKind.Object } settings)
            {
                session.SettingsSent++;
                TakeSettings(session, settings);
            }
            else
            {
                _ = AskForSettingsAsync(session);
            }
        });
    }

    /// <summary>The paths of folders that are on this machine.</summary>
    public static IEnumerable<string> ToFolders(IReadOnlyList<WorkspaceFolder>? folders) =>
        (folders ?? []).Select(f => DocumentUri.ToPath(f.Uri)).OfType<string>().Select(Path.TrimEndingDirectorySeparator);

    private static void TakeTrace(ServerSession session, string? trace)
    {
        session.IsTraced = trace is "messages" or "verbose";
        session.IsVerbose = trace == "verbose";
    }

    private static void TakeSettings(ServerSession session, JsonElement settings)
    {
        if (session.TakeSettings(settings))
        {
            session.Reading.Start();
        }

        session.Views.Refresh();
        session.Live.TouchAll();
        session.Databricks.TouchAll();
    }

    /// <summary>Of clients that have settings to be asked for. What they send meanwhile by themselves is newer than their answer.</summary>
    private static async Task AskForSettingsAsync(ServerSession session)
    {
        if (session.Client?.Workspace?.Configuration != true)
        {
            return;
        }

        var sent = session.SettingsSent;
        var parameters = ProtocolJson.Write(new ConfigurationParams([new ConfigurationItem("pipewright")]), ProtocolJson.Default.ConfigurationParams);
        var answer = await session.Host.RequestAsync("workspace/configuration", parameters, CancellationToken.None);
        if (sent == session.SettingsSent && answer is { ValueKind: JsonValueKind.Array } sections && sections.GetArrayLength() == 1)
        {
            TakeSettings(session, sections[0]);
        }
    }

    private static JsonElement Initialize(ServerSession session, InitializeParams parameters)
    {
        if (session.Client is not null)
        {
            throw new RequestFailedException(RequestFailedException.InvalidRequest, "The server is initialized already.");
        }

        session.Client = parameters.Capabilities ?? new ClientCapabilities();
        session.Encoding = PositionEncoding.Negotiate(session.Client.General?.PositionEncodings);
        TakeTrace(session, parameters.Trace);
        session.SignIn.IsInClient = SignIn.ReadIsInClient(parameters.InitializationOptions ?? default);
        session.ClientCommands = ServerSettings.ReadCommands(parameters.InitializationOptions ?? default);
        session.TakeSettings(parameters.InitializationOptions ?? default);
        session.Workspace.SetFolders(FindFolders(parameters));
        if (parameters.ProcessId is { } process)
        {
            session.WatchClient(process);
        }

        return JsonSerializer.SerializeToElement(MakeResult(session), ProtocolJson.Default.JsonObject);
    }

    private static List<string> FindFolders(InitializeParams parameters)
    {
        var folders = ToFolders(parameters.WorkspaceFolders ?? (parameters.RootUri is { } root ? [new WorkspaceFolder(root)] : [])).ToList();
        return folders.Count == 0 && parameters.RootPath is { Length: > 0 } path ? [Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))] : folders;
    }

    private static JsonObject MakeResult(ServerSession session)
    {
        var capabilities = new JsonObject
        {
            ["positionEncoding"] = session.Encoding.Name,
            ["textDocumentSync"] = new JsonObject { ["openClose"] = true, ["change"] = 2, ["save"] = false },
            ["completionProvider"] = new JsonObject { ["triggerCharacters"] = new JsonArray(" ", "\"", "'", "-", ":", "{", "[", ",", "@", ".", "(", "?"), ["resolveProvider"] = session.Client!.TextDocument?.Completion?.CompletionItem?.CanResolveDocumentation == true },
            ["hoverProvider"] = true,
            ["signatureHelpProvider"] = new JsonObject { ["triggerCharacters"] = new JsonArray("(", ",") },
            ["documentSymbolProvider"] = true,
            ["executeCommandProvider"] = new JsonObject { ["commands"] = new JsonArray(FactoryHandlers.DeployCommand) },
            ["workspace"] = new JsonObject { ["workspaceFolders"] = new JsonObject { ["supported"] = true, ["changeNotifications"] = true } },
        };
        CodeActionHandlers.Announce(session.Client!, capabilities);
        RenameHandlers.Announce(session.Client!, capabilities);
        NavigationHandlers.Announce(session.Client!, capabilities);
        FormattingHandlers.Announce(capabilities);
        session.Tokens.Announce(capabilities);
        HintHandlers.Announce(capabilities);
        if (session.Client!.TextDocument?.Diagnostic is not null)
        {
            capabilities["diagnosticProvider"] = new JsonObject { ["identifier"] = "pipewright", ["interFileDependencies"] = true, ["workspaceDiagnostics"] = session.Settings.ChecksAll };
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
            new JsonObject { ["watchers"] = new JsonArray(new JsonObject { ["globPattern"] = "**/*.{json,yaml,yml,py,sql,scala,r,R,ipynb}" }) }, ProtocolJson.Default.JsonObject);
        var registration = ProtocolJson.Write(
            new RegistrationParams([new Registration("files", "workspace/didChangeWatchedFiles", options)]), ProtocolJson.Default.RegistrationParams);
        _ = session.Host.TryRequestAsync("client/registerCapability", registration, CancellationToken.None);
    }
}
