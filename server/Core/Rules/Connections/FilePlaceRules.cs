// Rules about where the files of a dataset are, and how they are written, by Microsoft's documentation of the file formats and stores.
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>A dataset of files, as its rules look at it.</summary>
internal sealed record FileDataset(BoundObject Settings, BoundObject? Location)
{
    /// <summary>Null for a resource that is none.</summary>
    public static FileDataset? Of(RuleContext context) =>
        context.Kind == ResourceKind.Dataset && ConnectionContext.TypeOf(context.Properties) is { } type && ConnectionCatalog.Default.IsFormat(type.Text)
        && context.Properties!.FindValue("typeProperties") is BoundObject settings
            ? new FileDataset(settings, settings.FindValue("location") as BoundObject)
            : null;

    /// <summary>A text that is written out; null for what is missing or computed.</summary>
    public static BoundScalar? TextOf(BoundObject? owner, string name) =>
        owner?.FindValue(name) is BoundScalar { Kind: ScalarKind.String } scalar && !SpecForm.IsExpression(scalar.Text) ? scalar : null;
}

/// <summary>Files in a store of containers, without the container.</summary>
internal sealed class MissingContainerRule() : Rule(new("PW4436", DiagnosticSeverity.Warning, "Files without a container"))
{
    /// <summary>The outermost level of the stores that have one.</summary>
    public static readonly string[] Roots = ["container", "fileSystem", "bucketName"];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FileDataset.Of(context)?.Location is { } location && ConnectionContext.TypeOf(location) is { } type
            && Roots.FirstOrDefault(r => location.Shape?.FindProperty(r) is not null) is { } root
            && location.FindValue(root) is null or BoundScalar { Kind: ScalarKind.Null } or BoundScalar { Text.Length: 0 })
        {
            yield return Descriptor.At(type.Span, $"Nothing tells in which {Noun(root)} these files are: give '{root}'.", Guess(context, location, root) is { } name
                ? [new CodeFix($"Use '{name}'", context.Edits.SetProperty(location, root, new NewScalar(name))) { IsPreferred = false }]
                : []);
        }
    }

    private static string Noun(string root) => root switch { "bucketName" => "bucket", "fileSystem" => "file system", _ => "container" };

    /// <summary>The one that other datasets on the same linked service use; null where there are none, or several.</summary>
    private static string? Guess(RuleContext context, BoundObject location, string root)
    {
        var service = (context.Properties!.FindValue("linkedServiceName") as BoundObject)?.FindString("referenceName");
        var used = service is null ? [] : context.Factory.ReferencesTo(ResourceKind.LinkedService, service).SelectMany(d => d.Resources).Where(r => r.Kind == ResourceKind.Dataset)
            .Select(r => FileDataset.TextOf((r.Properties?.FindValue("typeProperties") as BoundObject)?.FindValue("location") as BoundObject, root)?.Text)
            .OfType<string>().Where(n => n.Length > 0).Distinct().Take(2).ToList();
        return used is [var only] && location.IsImplied == false ? only : null;
    }
}

/// <summary>A wildcard in the place of a dataset's files: it is taken as it stands. Wildcards are for the settings of whoever reads.</summary>
internal sealed class DatasetWildcardRule() : Rule(new("PW4437", DiagnosticSeverity.Warning, "Wildcard in a dataset"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from property in (string[])["folderPath", "fileName", .. MissingContainerRule.Roots]
        let text = FileDataset.TextOf(FileDataset.Of(context)?.Location, property)
        where text?.Text.Contains('*', StringComparison.Ordinal) == true
        select Descriptor.At(
            text.Span, $"A dataset knows no wildcards. Leave '{property}' out here, and give the pattern as '{(property == "fileName" ? "wildcardFileName" : "wildcardFolderPath")}' in the store settings of the activity that reads.",
            text.Parent is BoundProperty { Entry: not null } holder && property is "folderPath" or "fileName" ? [new CodeFix($"Remove '{property}'", context.Edits.Remove(holder)) { IsPreferred = false }] : []);
}

/// <summary>A path in the place of a container's name.</summary>
internal sealed class ContainerPathRule() : Rule(new("PW4438", DiagnosticSeverity.Warning, "Path in the place of a container"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var location = FileDataset.Of(context)?.Location;
        foreach (var root in MissingContainerRule.Roots)
        {
            if (FileDataset.TextOf(location, root) is { } text && text.Text.Trim('/') is var path && text.Text.Contains('/', StringComparison.Ordinal))
            {
                var parts = path.Split('/', 2);
                var rest = parts.ElementAtOrDefault(1);
                yield return Descriptor.At(
                    text.Span, $"'{root}' is one name. What comes after its '/' is 'folderPath'.",
                    rest is null ? [new CodeFix($"Change to '{parts[0]}'", context.Edits.SetText(text, parts[0]))]
                    : location!.FindValue("folderPath") is null ? [new CodeFix("Move the rest to 'folderPath'", [.. context.Edits.SetText(text, parts[0]), .. context.Edits.SetProperty(location, "folderPath", new NewScalar(rest))])]
                    : []);
            }
        }
    }
}

/// <summary>Text in columns with quotes and no escape: by the documentation of the format both are empty, or none is.</summary>
internal sealed class EscapeWithoutQuoteRule() : Rule(new("PW4439", DiagnosticSeverity.Warning, "Quotes that nothing escapes"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FileDataset.Of(context) is { } dataset && FileDataset.TextOf(dataset.Settings, "escapeChar") is { Text.Length: 0 } escape
            && dataset.Settings.FindValue("quoteChar") is null or BoundScalar { Kind: ScalarKind.String, Text.Length: > 0 })
        {
            yield return Descriptor.At(
                escape.Span, "Without 'escapeChar' there can be no quotes either: make 'quoteChar' empty as well, or give an 'escapeChar'.",
                new CodeFix("Make 'quoteChar' empty", context.Edits.SetProperty(dataset.Settings, "quoteChar", new NewScalar(""))) { IsPreferred = false },
                new CodeFix("Escape by a backslash", context.Edits.SetText(escape, "\\")) { IsPreferred = false });
        }
    }
}

/// <summary>A level of compression, of what is not compressed.</summary>
internal sealed class CompressionLevelRule() : Rule(new("PW4440", DiagnosticSeverity.Hint, "Compression level without compression", DiagnosticTags.Unnecessary))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (FileDataset.Of(context) is { } dataset && dataset.Settings.Find("compressionLevel") is { Entry: not null } level
            && dataset.Settings.FindValue("compressionCodec") is null or BoundScalar { Kind: ScalarKind.Null } or BoundScalar { Text: "" or "none" or "None" })
        {
            yield return Descriptor.At(level.NameSpan, "Nothing is compressed, so that the level has no effect. Give 'compressionCodec' as well, or leave it out.", new CodeFix("Remove 'compressionLevel'", context.Edits.Remove(level)));
        }
    }
}

/// <summary>Columns in the old way beside those in the present one.</summary>
internal sealed class StructureRule() : Rule(new("PW4441", DiagnosticSeverity.Hint, "Columns in two ways", DiagnosticTags.Deprecated))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if (context.Kind == ResourceKind.Dataset && context.Properties?.Find("structure") is { Entry: not null, Value: BoundArray { Items.IsEmpty: false } } structure
            && context.Properties.FindValue("schema") is BoundArray { Items.IsEmpty: false })
        {
            yield return Descriptor.At(structure.NameSpan, "'structure' is the old way to give columns, and 'schema' gives them too. Keep 'schema'.", new CodeFix("Remove 'structure'", context.Edits.Remove(structure)));
        }
    }
}
