using System.Text.Json;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.LanguageServer.Converting;
using Pipewright.LanguageServer.Deploying;
using Pipewright.LanguageServer.Protocol;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.Handlers;

/// <summary>Files in the other form, to be looked at before anything is written. The server itself writes nothing.</summary>
internal static class ConvertHandlers
{
    public static void Register(ServerSession session) => session.Register("pipewright/convert", async (parameters, cancellation) =>
    {
        var asked = ProtocolJson.Read(parameters, ProtocolJson.Default.ConvertParams);
        await session.Reading.Completed.WaitAsync(cancellation);
        var snapshot = session.Workspace.Current;
        return await DeploymentHandlers.RefuseAs(() => Task.Run<JsonElement?>(() => ProtocolJson.Write(Convert(snapshot, asked, cancellation), ProtocolJson.Default.ConvertResult), cancellation));
    });

    private static ConvertResult Convert(WorkspaceSnapshot snapshot, ConvertParams asked, CancellationToken cancellation)
    {
        var documents = Find(snapshot, asked.Uri);
        var toSpec = asked.To switch
        {
            "spec" => true,
            "git" => false,
            null => documents.Count(d => d.Document.IsSpec) * 2 <= documents.Count,
            _ => throw new DeploymentRefusedException($"There is no form '{asked.To}'. Known are spec, git."),
        };
        var wanted = toSpec ? ResourceForm.Spec : ResourceForm.Git;
        var output = asked.Out is null ? null : DocumentUri.ToPath(asked.Out) ?? throw new DeploymentRefusedException($"'{asked.Out}' is no folder of this machine.");
        var plans = new Dictionary<string, ConversionPlan>();
        var files = new List<ConvertedResource>();
        var losses = new List<string>();
        foreach (var (root, document) in documents.Where(d => d.Document.Classification.Form != wanted))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!plans.TryGetValue(root, out var plan))
            {
                // Several factories keep their folders apart, each by its name.
                plans[root] = plan = new ConversionPlan(output is null ? root : documents.All(d => d.Root == root) ? output : Path.Combine(output, Path.GetFileName(root)), toSpec);
            }

            var (made, refusals) = plan.Add(".", document);
            string[] comments = ConversionPlan.DescribeLostComments(document, [.. made.SelectMany(f => f.LostComments)]) is { } lost ? [lost] : [];
            string[] nothing = made.IsEmpty && refusals.IsEmpty ? [$"{document.Path}: there is nothing in it that could be converted."] : [];
            losses.AddRange([.. refusals, .. comments, .. nothing]);
            foreach (var file in made)
            {
                losses.AddRange(file.Losses);
                var uri = DocumentUri.FromPath(file.File);
                files.Add(new ConvertedResource(
                    DocumentUri.FromPath(Path.GetFullPath(Path.Combine(root, document.Path))), uri, FactoryLoader.RelativePath(plan.Folder, file.File), StateOf(snapshot, uri, file), file.Text, [.. file.Losses, .. comments]));
            }
        }

        return new ConvertResult(toSpec ? "spec" : "git", files, documents.Count(d => d.Document.Classification.Form == wanted), losses);
    }

    /// <summary>The resources of a file or below a folder, with the roots of their factories, by path.</summary>
    /// <exception cref="DeploymentRefusedException">There are none.</exception>
    private static List<(string Root, ResourceDocument Document)> Find(WorkspaceSnapshot snapshot, string uri)
    {
        var path = DocumentUri.ToPath(uri) ?? throw new DeploymentRefusedException("Only files and folders of this machine can be converted.");
        var found = snapshot.Factories.Where(f => Path.IsPathRooted(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal)
            .SelectMany(f => f.Value.Documents.Values.Where(d => !d.IsForeign && !d.IsTest && FactoryRoots.Contains(path, Path.GetFullPath(Path.Combine(f.Key, d.Path))))
                .OrderBy(d => d.Path, StringComparer.Ordinal).Select(d => (f.Key, d)))
            .ToList();
        return found.Count > 0 ? found : throw new DeploymentRefusedException($"There is no resource of a factory in '{Path.GetFileName(path)}', so there is nothing to convert.");
    }

    /// <summary>What is open counts as the editor has it.</summary>
    private static string StateOf(WorkspaceSnapshot snapshot, string uri, ConversionFile file)
    {
        if (snapshot.FindOpen(uri) is { } open)
        {
            return open.Text.Content == file.Text ? "same" : "differs";
        }

        return !File.Exists(file.File) ? "new" : File.ReadAllText(file.File) == file.Text ? "same" : "differs";
    }
}
