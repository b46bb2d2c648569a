// Which files of other languages the client is asked to show us: the notebooks, and of those only what we answer for.
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Notebooks;
using Pipewright.LanguageServer.Protocol;

namespace Pipewright.LanguageServer.Workspaces;

/// <summary>Keeps the client's registrations for the files of notebooks the same as the folders that the factories have them in.</summary>
internal sealed class NotebookRegistration(ServerSession session)
{
    private readonly Lock _lock = new();
    private List<Unregistration> _registered = [];
    private string _patterns = "";

    /// <summary>Looks at the folders again, after files or settings were read. Clients that can't be asked are left alone; they may open notebooks by themselves.</summary>
    public void Refresh()
    {
        var methods = FindMethods(session.Client?.TextDocument);
        lock (_lock)
        {
            var filters = FindFilters(session.Workspace.Current);
            var patterns = filters.ToJsonString();
            if (methods.Count == 0 || patterns == _patterns)
            {
                return;
            }

            _patterns = patterns;
            if (_registered.Count > 0)
            {
                Ask("client/unregisterCapability", ProtocolJson.Write(new UnregistrationParams(_registered), ProtocolJson.Default.UnregistrationParams));
            }

            _registered = filters.Count == 0 ? [] : [.. methods.Select(m => new Unregistration($"notebooks {m.Method}", m.Method))];
            if (filters.Count > 0)
            {
                Ask("client/registerCapability", ProtocolJson.Write(new RegistrationParams([.. methods.Select(m => ToRegistration(m, filters))]), ProtocolJson.Default.RegistrationParams));
            }
        }
    }

    /// <summary>Nothing is asked about a document that the client can't be made to open.</summary>
    private static List<(string Method, JsonObject Options)> FindMethods(TextDocumentClientCapabilities? client)
    {
        if (client?.Synchronization?.IsSupported != true)
        {
            return [];
        }

        var methods = new List<(string, JsonObject)>
        {
            ("textDocument/didOpen", []),
            ("textDocument/didChange", new JsonObject { ["syncKind"] = 2 }),
            ("textDocument/didClose", []),
        };
        Add(client.Definition?.DynamicRegistration, "textDocument/definition", []);
        Add(client.References?.IsSupported, "textDocument/references", []);
        Add(client.CodeLens?.IsSupported, "textDocument/codeLens", []);
        Add(client.Rename?.DynamicRegistration, "textDocument/rename", client.Rename?.PrepareSupport == true ? new JsonObject { ["prepareProvider"] = true } : []);
        return methods;

        void Add(bool? isSupported, string method, JsonObject options)
        {
            if (isSupported == true)
            {
                methods.Add((method, options));
            }
        }
    }

    private static Registration ToRegistration((string Method, JsonObject Options) method, JsonArray filters)
    {
        var options = method.Options.DeepClone().AsObject();
        options["documentSelector"] = filters.DeepClone();
        return new Registration($"notebooks {method.Method}", method.Method, JsonSerializer.SerializeToElement(options, ProtocolJson.Default.JsonObject));
    }

    private static JsonArray FindFilters(WorkspaceSnapshot snapshot)
    {
        var folders = from factory in snapshot.Factories
                      where Path.IsPathRooted(factory.Key)
                      from folder in factory.Value.Notebooks.Folders
                      select Path.GetFullPath(Path.Combine(factory.Key, folder.Folder));
        var extensions = string.Join(',', NotebookFolder.Extensions.Append(".R").Where(e => e != ".ipynb").Select(e => e[1..]));
        return new JsonArray([.. folders.Distinct().Order(StringComparer.Ordinal).Select(f => new JsonObject { ["scheme"] = "file", ["pattern"] = $"{ToGlob(f)}/**/*.{{{extensions}}}" })]);
    }

    /// <summary>A folder as the beginning of a glob pattern that matches nothing else. Editors write the letter of a drive small.</summary>
    private static string ToGlob(string folder)
    {
        var path = folder.Replace('\\', '/').TrimEnd('/');
        path = path.Length > 1 && path[1] == ':' ? char.ToLowerInvariant(path[0]) + path[1..] : path;
        return string.Concat(path.Select(c => c is '[' or ']' or '{' or '}' or '*' or '?' ? $"[{c}]" : c.ToString()));
    }

    private void Ask(string method, JsonElement parameters) => _ = session.Host.TryRequestAsync(method, parameters, CancellationToken.None);
}
