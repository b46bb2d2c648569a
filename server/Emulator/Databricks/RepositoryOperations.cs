// Folders that are branches of Git repositories, and who asks. Nothing is cloned: a new one is an empty folder.
using System.Text.Json.Nodes;

namespace Pipewright.Emulator.Databricks;

internal sealed class RepositoryOperations(RecordStore repositories, WorkspaceTree tree)
{
    /// <summary>How many there are on a page.</summary>
    private const int PageSize = 20;

    public IEnumerable<Operation> List() =>
    [
        EmulatedWorkspace.Make("POST", "repos", Create, "repos/create"),
        EmulatedWorkspace.Make("GET", "repos", call => new ArmResponse(200, EmulatedWorkspace.Page(
            "repos", repositories.All.Select(r => r.Value).Where(r => r.Text("path")!.StartsWith(call.Request.Read("path_prefix") ?? "", StringComparison.Ordinal)), PageSize,
            call.Request.Read("next_page_token"))), "repos/list"),
        EmulatedWorkspace.Make("GET", "preview/scim/v2/Me", _ => new ArmResponse(200, new JsonObject
        {
            ["id"] = "1",
            ["userName"] = "nobody@emulator.invalid",
            ["displayName"] = "Nobody",
            ["active"] = true,
        })),
    ];

    private ArmResponse Create(ArmCall call)
    {
        var body = call.Request.ReadBody();
        var url = body.Text("url") ?? throw DatabricksRefusals.Without("url");
        var provider = body.Text("provider") ?? throw DatabricksRefusals.Without("provider");
        var name = url[(url.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/');
        var path = WorkspaceTree.Normalise(body.Text("path") ?? $"/Repos/nobody@emulator.invalid/{(name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name)}");
        if (tree.Find(path) is not null)
        {
            throw DatabricksRefusals.PathTaken(path);
        }

        tree.MakeFolder(path);
        return new ArmResponse(200, repositories.Add(number => new JsonObject { ["id"] = number, ["path"] = path, ["url"] = url, ["provider"] = provider, ["branch"] = "main" }));
    }
}
