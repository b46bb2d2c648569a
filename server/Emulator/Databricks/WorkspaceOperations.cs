// Folders and notebooks: the part "Workspace" of the Databricks REST API reference.
using System.Text;
using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Databricks;

internal sealed class WorkspaceOperations(WorkspaceTree tree)
{
    /// <summary>The largest notebook that is imported or exported, in bytes.</summary>
    private const int MostBytes = 10 * 1024 * 1024;

    public IEnumerable<Operation> List() =>
    [
        EmulatedWorkspace.Make("GET", "workspace/list", ListFolder),
        EmulatedWorkspace.Make("GET", "workspace/get-status", call => new ArmResponse(200, Find(call).Describe())),
        EmulatedWorkspace.Make("GET", "workspace/export", Export),
        EmulatedWorkspace.Make("POST", "workspace/import", Import),
        EmulatedWorkspace.Make("POST", "workspace/mkdirs", MakeFolder),
        EmulatedWorkspace.Make("POST", "workspace/delete", Delete),
    ];

    private WorkspaceItem Find(ArmCall call)
    {
        var path = call.Request.Read("path") ?? throw DatabricksRefusals.Without("path");
        return tree.Find(path) ?? throw DatabricksRefusals.NoPath(path);
    }

    /// <summary>An empty folder is answered by an empty object.</summary>
    private ArmResponse ListFolder(ArmCall call)
    {
        var after = long.TryParse(call.Request.Read("notebooks_modified_after"), out var milliseconds) ? milliseconds : 0;
        var items = tree.List(call.Request.Read("path") ?? throw DatabricksRefusals.Without("path")).Where(i => i.Type != WorkspaceItem.Notebook || i.Modified >= after).ToList();
        return new ArmResponse(200, items.Count == 0 ? [] : new JsonObject { ["objects"] = new JsonArray([.. items.Select(i => i.Describe())]) });
    }

    private ArmResponse Export(ArmCall call)
    {
        var item = Find(call);
        var format = call.Request.Read("format")?.ToUpperInvariant() ?? "SOURCE";
        if (item.IsFolder)
        {
            throw DatabricksRefusals.Invalid($"Path ({item.Path}) is a folder, and the emulator exports folders in no format.");
        }

        var (content, type) = (format, SourceLanguage.Find(item.Language)) switch
        {
            ("SOURCE" or "AUTO", var language) => (item.Content!, language?.Extension.TrimStart('.') ?? "auto"),
            ("JUPYTER", { } language) => (NotebookSource.ToJupyter(item.Path[(item.Path.LastIndexOf('/') + 1)..], language, item.Content!), "ipynb"),
            _ => throw DatabricksRefusals.Invalid($"The emulator exports {item.Type} in the formats SOURCE, JUPYTER and AUTO, and not in {format}."),
        };
        if (Encoding.UTF8.GetByteCount(content) > MostBytes)
        {
            throw DatabricksRefusals.TooLarge(MostBytes);
        }

        return call.Request.Has("direct_download", "true")
            ? new ArmResponse(200) { Text = content }
            : new ArmResponse(200, new JsonObject { ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(content)), ["file_type"] = type });
    }

    private ArmResponse Import(ArmCall call)
    {
        var body = call.Request.ReadBody();
        var path = body.Text("path") ?? throw DatabricksRefusals.Without("path");
        var content = ReadContent(body);
        var language = body.Text("language") is not { } name ? null : SourceLanguage.Find(name) ?? throw DatabricksRefusals.Invalid($"There is no language {name}. There are PYTHON, SQL, SCALA and R.");
        var overwrite = body.IsTrue("overwrite");
        switch (body.Text("format")?.ToUpperInvariant() ?? "SOURCE")
        {
            case "SOURCE":
                var own = language ?? SourceLanguage.OfHeader(content, null) ?? throw DatabricksRefusals.Without("language");
                tree.Put(path, WorkspaceItem.Notebook, own.Name, NotebookSource.WithHeader(own, content), overwrite);
                break;
            case "JUPYTER":
                PutJupyter(path, content, overwrite);
                break;
            case "AUTO":
                PutAuto(path, content, language, overwrite);
                break;
            case var format:
                throw DatabricksRefusals.Invalid($"The emulator imports the formats SOURCE, JUPYTER and AUTO, and not {format}.");
        }

        return new ArmResponse(200, new JsonObject());
    }

    private void PutJupyter(string path, string content, bool overwrite)
    {
        var (language, source) = NotebookSource.OfJupyter(content) ?? throw DatabricksRefusals.Invalid("The content is no notebook in Jupyter's format: it has no 'cells'.");
        tree.Put(path, WorkspaceItem.Notebook, language.Name, source, overwrite);
    }

    /// <summary>By the extension and the first line; a notebook loses its extension, and what is no notebook is a file.</summary>
    private void PutAuto(string path, string content, SourceLanguage? preferred, bool overwrite)
    {
        if (path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && NotebookSource.OfJupyter(content) is not null)
        {
            PutJupyter(path[..^".ipynb".Length], content, overwrite);
            return;
        }

        var byExtension = SourceLanguage.All.FirstOrDefault(l => path.EndsWith(l.Extension, StringComparison.OrdinalIgnoreCase));
        if (SourceLanguage.OfHeader(content, preferred ?? byExtension) is { } language)
        {
            tree.Put(path[..^(byExtension?.Extension.Length ?? 0)], WorkspaceItem.Notebook, language.Name, NotebookSource.WithHeader(language, content), overwrite);
        }
        else
        {
            tree.Put(path, WorkspaceItem.File, null, content, overwrite);
        }
    }

    private static string ReadContent(JsonObject body)
    {
        var encoded = body.Text("content") ?? "";
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            throw DatabricksRefusals.Invalid("The content must be encoded in base64.");
        }

        return length <= MostBytes ? Encoding.UTF8.GetString(bytes, 0, length) : throw DatabricksRefusals.TooLarge(MostBytes);
    }

    private ArmResponse MakeFolder(ArmCall call)
    {
        tree.MakeFolder(call.Request.ReadBody().Text("path") ?? throw DatabricksRefusals.Without("path"));
        return new ArmResponse(200, new JsonObject());
    }

    private ArmResponse Delete(ArmCall call)
    {
        var body = call.Request.ReadBody();
        tree.Delete(body.Text("path") ?? throw DatabricksRefusals.Without("path"), body.IsTrue("recursive"));
        return new ArmResponse(200, new JsonObject());
    }
}
