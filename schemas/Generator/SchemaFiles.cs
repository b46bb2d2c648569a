// The verbs of the tool over the folder schemas/.
using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Expressions;
using Pipewright.Generator.Publishing;

namespace Pipewright.Generator;

internal static class SchemaFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Rewrites <c>generated/</c>.</summary>
    public static int Generate(string schemas)
    {
        var folder = Directory.CreateDirectory(Path.Join(schemas, "generated"));
        var files = GeneratedFiles.Write(PackageReader.Read());
        foreach (var stale in folder.EnumerateFiles().Where(f => !files.ContainsKey(f.Name)))
        {
            stale.Delete();
        }

        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Join(folder.FullName, name), text, Utf8);
        }

        return 0;
    }

    /// <summary>The names of the generated files that regenerating would change, add or remove.</summary>
    public static ImmutableArray<string> FindDifferences(string schemas)
    {
        var expected = GeneratedFiles.Write(PackageReader.Read());
        var actual = ReadFolder(schemas, "generated");
        return [.. expected.Keys.Union(actual.Keys, StringComparer.Ordinal)
            .Where(name => expected.GetValueOrDefault(name) != actual.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Rewrites <c>published/</c>.</summary>
    public static int Publish(string schemas)
    {
        foreach (var (name, text) in JsonSchemaFiles.Write(MergeOwn(schemas)))
        {
            var file = Path.Join(schemas, JsonSchemaFiles.Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text, Utf8);
        }

        return 0;
    }

    /// <summary>The names of the published files that publishing would change or add.</summary>
    public static ImmutableArray<string> FindUnpublished(string schemas) =>
    [
        .. JsonSchemaFiles.Write(MergeOwn(schemas))
            .Where(f => Path.Join(schemas, JsonSchemaFiles.Folder, f.Key) is var file && (!File.Exists(file) || File.ReadAllText(file).ReplaceLineEndings("\n") != f.Value)).Select(f => f.Key),
    ];

    /// <summary>Writes the embedded resources into a folder, each at once or not at all, as another build may be reading it.</summary>
    /// <exception cref="FormatException">A file does not follow its format, or a curated rule matches nothing; the message names the file and the line.</exception>
    public static void Embed(string schemas, string folder)
    {
        Directory.CreateDirectory(folder);
        var model = Merge(schemas);
        Replace(Path.Join(folder, "schema.bin"), SchemaEncoder.Encode(model));
        var tables = ReadFolder(schemas, "curated/expressions");
        Replace(Path.Join(folder, FunctionLine.ResourceName), WriteTable("functions.yaml", text => Utf8.GetBytes(FunctionTable.Write(text))));
        Replace(Path.Join(folder, MemberTables.ResourceName), WriteTable("outputs.yaml", OutputTable.Write));
        var connections = ReadFolder(schemas, "curated/connections");
        Replace(Path.Join(folder, ConnectionTable.ResourceName), ConnectionTable.Write(connections["connections.yaml"]));
        Replace(Path.Join(folder, ConnectorTable.ResourceName), ConnectorTable.Write(connections["connectors.yaml"]));
        Replace(Path.Join(folder, PageTable.ResourceName), PageTable.Write(ReadFolder(schemas, "curated/documentation")["pages.yaml"]));
        Replace(Path.Join(folder, UsualTable.ResourceName), UsualTable.Write(ReadFolder(schemas, "curated/completion")["usual.yaml"], model));
        Replace(Path.Join(folder, SnippetTable.ResourceName), SnippetTable.Write(ReadFolder(schemas, "curated/snippets")));

        byte[] WriteTable(string name, Func<string, byte[]> write)
        {
            try
            {
                return write(tables[name]);
            }
            catch (FormatException e)
            {
                throw new FormatException($"expressions/{name}: {e.Message}", e);
            }
        }
    }

    private static void Replace(string file, byte[] bytes)
    {
        var draft = $"{file}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, file, overwrite: true);
    }

    /// <summary>Generated facts with the package's descriptions, corrected and completed by the curated files.</summary>
    public static SchemaModel Merge(string schemas)
    {
        var facts = GeneratedFiles.Read(ReadFolder(schemas, "generated").Values);
        return Completion.Complete(Curation.Apply(Descriptions.Add(facts, PackageReader.Read()), ReadFolder(schemas, "curated")));
    }

    /// <summary>The same without the package's descriptions, which are not kept in the repository.</summary>
    private static SchemaModel MergeOwn(string schemas) =>
        Completion.Complete(Curation.Apply(GeneratedFiles.Read(ReadFolder(schemas, "generated").Values), ReadFolder(schemas, "curated")));

    private static ImmutableSortedDictionary<string, string> ReadFolder(string schemas, string folder) =>
        Directory.EnumerateFiles(Path.Join(schemas, folder), "*.yaml")
            .ToImmutableSortedDictionary(f => Path.GetFileName(f), f => File.ReadAllText(f).ReplaceLineEndings("\n"), StringComparer.Ordinal);
}
