using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Features.Graphs;
using Pipewright.Core.Text;
using Pipewright.LanguageServer.Handlers;
using Pipewright.LanguageServer.Workspaces;

namespace Pipewright.LanguageServer.CommandLine;

/// <summary><c>pipewright graph PATH [--output mermaid|dot|json]</c>.</summary>
internal static class GraphVerb
{
    private const string Json = "json";

    public static Command Make()
    {
        var path = new Argument<string>("path") { Description = "A pipeline's file, or a factory's folder." };
        var output = new Option<string>("--output") { Description = "'mermaid' for Markdown pages, 'dot' for Graphviz, 'json' for programs.", DefaultValueFactory = _ => "mermaid" };
        output.AcceptOnlyFromAmong("mermaid", "dot", Json);
        var verb = new Command("graph", "Writes a pipeline, or which resources of a factory refer to which, as a graph.") { path, output };
        verb.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed.GetValue(path)!, parsed.GetValue(output)!, cancellation), cancellation));
        return VerbHelp.Complete(
            verb,
            ["pipewright graph load.pipeline.yaml > load.mmd", "pipewright graph . --output dot | dot -Tsvg > factory.svg"],
            (ExitCodes.Fine, "The graph is whole."),
            (ExitCodes.Findings, "Syntax errors may hide a part of it."));
    }

    private static int Run(string path, string output, CancellationToken cancellation)
    {
        if (FactoryPath.Resolve(path) is not { } resolved)
        {
            return Refuse($"'{path}' is no file or folder.");
        }

        var factories = resolved.Load(Console.Error.WriteLine, cancellation);
        return File.Exists(resolved.Path) ? WritePipeline(resolved, factories, path, output, cancellation)
            : factories.Where(f => !f.Snapshot.Documents.IsEmpty).ToList() switch
            {
                [var factory] => WriteFactory(factory, output, cancellation),
                [] => Refuse($"'{path}' holds no factory."),
                var several => Refuse($"'{path}' holds {several.Count} factories. Name the folder of one: {string.Join(", ", several.Select(f => resolved.Relative(f.Path)))}."),
            };
    }

    private static int WritePipeline(FactoryPath path, IReadOnlyList<LoadedFactory> factories, string written, string output, CancellationToken cancellation)
    {
        foreach (var factory in factories)
        {
            foreach (var document in path.FindDocuments(factory))
            {
                if (LanguageFeatures.GetGraph(factory.Snapshot, document, 0, cancellation) is not { } graph)
                {
                    continue;
                }

                Write(output, l => LanguageFeatures.WriteGraph(graph, l), w => WriteJson(w, graph, document.Text));
                return ReportBroken(graph.IsBroken ? [document.Path] : []);
            }
        }

        return Refuse($"'{written}' is no pipeline.");
    }

    private static int WriteFactory(LoadedFactory factory, string output, CancellationToken cancellation)
    {
        var graph = LanguageFeatures.GetGraph(factory.Snapshot, withFindings: false, cancellation);
        Write(output, l => LanguageFeatures.WriteGraph(graph, l), w => WriteJson(w, graph));
        return ReportBroken([.. factory.Snapshot.Documents.Values.Where(d => !d.IsForeign && d.HasSyntaxErrors).Select(d => d.Path).Order(StringComparer.Ordinal)]);
    }

    private static int ReportBroken(IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            Console.Error.WriteLine($"{file} has syntax errors, so something may be missing. 'pipewright validate' tells which.");
        }

        return files.Count == 0 ? 0 : 1;
    }

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return ExitCodes.WrongUsage;
    }

    private static void Write(string output, Func<GraphLanguage, string> asText, Action<Utf8JsonWriter> asJson)
    {
        if (output != Json)
        {
            Console.Out.Write(asText(output == "dot" ? GraphLanguage.Dot : GraphLanguage.Mermaid));
            return;
        }

        using var stream = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        asJson(writer);
        writer.Flush();
        stream.Write("\n"u8);
    }

    private static void WriteJson(Utf8JsonWriter writer, PipelineGraph graph, SourceText text)
    {
        writer.WriteStartObject();
        writer.WriteString("pipeline", graph.Name);
        WriteList(writer, "activities", graph.Nodes, n =>
        {
            writer.WriteString("id", n.Id);
            writer.WriteString("name", n.Name);
            writer.WriteString("type", n.Type);
            writer.WriteString("branch", n.Branch);
            writer.WriteString("shape", GraphHandlers.WordOf(n.Shape));
            writer.WriteBoolean("inactive", n.IsInactive);
            writer.WriteNumber("errors", n.Errors);
            writer.WriteNumber("warnings", n.Warnings);
            writer.WriteNumber("line", text.GetPosition(n.NameSpan.Start).Line + 1);
            WriteList(writer, "uses", n.Uses, u =>
            {
                writer.WriteString("kind", FileClassification.WordOf(u.Kind));
                writer.WriteString("name", u.Name);
                writer.WriteString("file", u.Path);
            });
        });
        WriteList(writer, "branches", graph.Branches, b =>
        {
            writer.WriteString("id", b.Id);
            writer.WriteString("activity", b.Node);
            writer.WriteString("label", b.Label);
        });
        WriteList(writer, "dependencies", graph.Edges, e =>
        {
            writer.WriteString("from", e.From);
            writer.WriteString("to", e.To);
            writer.WriteStartArray("conditions");
            foreach (var condition in e.Conditions)
            {
                writer.WriteStringValue(condition);
            }

            writer.WriteEndArray();
        });
        writer.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter writer, FactoryGraph graph)
    {
        writer.WriteStartObject();
        WriteList(writer, "resources", graph.Nodes, n =>
        {
            writer.WriteString("id", n.Id);
            writer.WriteString("kind", FileClassification.WordOf(n.Kind));
            writer.WriteString("name", n.Name);
            writer.WriteString("type", n.Type);
            writer.WriteString("folder", n.Folder);
            writer.WriteString("file", n.Path);
        });
        WriteList(writer, "references", graph.Edges, e =>
        {
            writer.WriteString("from", e.From);
            writer.WriteString("to", e.To);
            writer.WriteNumber("count", e.Count);
        });
        writer.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
