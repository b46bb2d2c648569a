// Rules about what a Databricks activity runs besides notebooks: libraries, jobs, Python files, JARs. Facts by Microsoft's documentation of the activities, and by
// Databricks' of its REST API.
using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Rules.Activities;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Databricks;

/// <summary>The parts of activities that these rules look at.</summary>
internal static class DatabricksParts
{
    private static readonly string[] Types = ["DatabricksNotebook", "DatabricksSparkJar", "DatabricksSparkPython"];

    /// <summary>The libraries of all activities, as far as they are written out.</summary>
    public static IEnumerable<BoundObject> Libraries(RuleContext context) =>
        from type in Types
        from activity in context.Running(type)
        from item in (activity.FindValue("libraries") as BoundArray)?.Items ?? []
        let library = item as BoundObject
        where library is not null && !DynamicContent.IsExpressionObject(library)
        select library;

    /// <summary>A text that is no expression; null for all else.</summary>
    public static BoundScalar? Literal(BoundNode? node) =>
        node is BoundScalar { Kind: ScalarKind.String } text && !SpecForm.IsExpression(text.Text) && !text.Text.Contains("@{", StringComparison.Ordinal) ? text : null;
}

/// <summary>Each item of the list names just one library (Databricks' documentation).</summary>
internal sealed class LibraryKindRule() : Rule(new("PW6031", DiagnosticSeverity.Error, "Library of no kind, or of several"))
{
    private static readonly string[] Kinds = ["pypi", "maven", "whl", "jar", "egg", "cran", "requirements"];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var library in DatabricksParts.Libraries(context))
        {
            var named = library.Properties.Where(p => Kinds.Contains(p.Name, StringComparer.OrdinalIgnoreCase)).ToList();
            if (named.Count > 1)
            {
                yield return Descriptor.At(
                    named[1].NameSpan,
                    $"An item of 'libraries' is one library, and this one names {named.Count}: {string.Join(", ", named.Select(p => p.Name))}. Make an item of each.",
                    ActivityReading.Possible(named.Select(kept => new CodeFix($"Keep only '{kept.Name}'", context.Edits.Remove(named.Where(p => p != kept))) { IsPreferred = false })));
            }
            else if (library.Properties.IsEmpty)
            {
                yield return Descriptor.At(library.Span, $"A library is one of {string.Join(", ", Kinds)}; this item names none.", ActivityReading.Possible(new CodeFix("Remove the item", context.Edits.RemoveItem(library))));
            }
        }
    }
}

/// <summary>A Maven artifact is named by group, artifact and version.</summary>
internal sealed class MavenCoordinatesRule() : Rule(new("PW6032", DiagnosticSeverity.Warning, "Maven coordinates that are not complete"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from library in DatabricksParts.Libraries(context)
        let coordinates = DatabricksParts.Literal((library.FindValue("maven") as BoundObject)?.FindValue("coordinates"))
        where coordinates is not null && !IsComplete(coordinates.Text)
        select Descriptor.At(
            coordinates.Span,
            $"Maven coordinates are group, artifact and version with ':' between them, such as 'org.jsoup:jsoup:1.18.1'; '{coordinates.Text}' "
            + (coordinates.Text.Split(':') is [_, _] ? "has no version." : "is something else."),
            coordinates.Text.Trim() is var trimmed && trimmed != coordinates.Text && IsComplete(trimmed) ? [context.ChangeTo(coordinates, trimmed)] : []);

    /// <summary>Between artifact and version there may be a packaging and a classifier.</summary>
    private static bool IsComplete(string text) => text.Split(':') is { Length: >= 3 and <= 5 } parts && parts.All(p => p.Length > 0 && !p.Any(char.IsWhiteSpace));
}

/// <summary>The service starts a job by its number; names are not unique (Databricks' documentation).</summary>
internal sealed class JobNumberRule() : Rule(new("PW6033", DiagnosticSeverity.Warning, "Job that is not named by its number"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("DatabricksJob")
        let id = DatabricksParts.Literal(activity.FindValue("jobId"))
        where id is not null && !(id.Text.Length is > 0 and < 20 && id.Text.All(char.IsAsciiDigit))
        let trimmed = id.Text.Trim()
        select Descriptor.At(
            id.Span, $"A job is named by its number, as at the end of its page's address; '{id.Text}' is none.",
            trimmed != id.Text && trimmed.Length > 0 && trimmed.All(char.IsAsciiDigit) ? [context.ChangeTo(id, trimmed)] : []);
}

/// <summary>A program is started with texts only (Databricks' documentation of its REST API).</summary>
internal sealed class ProgramParameterRule() : Rule(new("PW6034", DiagnosticSeverity.Warning, "Parameter of a program that is no text"))
{
    private const TypeKinds Others = TypeKinds.Boolean | TypeKinds.Number | TypeKinds.Array | TypeKinds.Object;

    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("DatabricksSparkPython").Concat(context.Running("DatabricksSparkJar"))
        from passed in (activity.FindValue("parameters") as BoundArray)?.Items ?? []
        let kinds = context.TypeOf(passed).Kinds
        where kinds != TypeKinds.None && (kinds & ~Others) == 0
        select Descriptor.At(ActivityReading.Place(passed), "A program is started with texts, and this is none.", Fixes(context, passed));

    private static ImmutableArray<CodeFix> Fixes(RuleContext context, BoundNode passed) => DynamicContent.FindExpression(passed) is { Text: ['@', not '{', ..] } expression
        ? ActivityReading.Possible(new CodeFix("Make a text of it with string()", context.Edits.SetText(expression, $"@string({expression.Text[1..]})")))
        : passed is BoundScalar literal ? ActivityReading.Possible(new CodeFix("Write it as a text", context.Edits.SetValue(literal, new NewScalar(literal.Text)))) : [];
}

/// <summary>A file that the cluster can't find: not an address, or one by the path of its own file system (error 3201, Microsoft's documentation).</summary>
internal sealed class FileAddressRule() : Rule(new("PW6035", DiagnosticSeverity.Warning, "File that Databricks can't find"))
{
    private const string Mount = "/dbfs/";

    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from place in Files(context)
        let file = DatabricksParts.Literal(place.Node)
        where file is { Text.Length: > 0 } && (!IsAddress(file.Text) || file.Text.StartsWith(Mount, StringComparison.Ordinal) || file.Text.Contains('\\', StringComparison.Ordinal))
        let better = Mend(file.Text)
        select Descriptor.At(
            file.Span,
            $"{place.What} is named by its address, such as 'dbfs:/…', '/Volumes/…' or '/Workspace/…'." + (better is null ? "" : $" Did you mean '{better}'?"),
            better is null ? [] : [context.ChangeTo(file, better)]);

    private static IEnumerable<(BoundNode? Node, string What)> Files(RuleContext context) =>
    [
        .. context.Running("DatabricksSparkPython").Select(a => (a.FindValue("pythonFile"), "A Python file")),
        .. from library in DatabricksParts.Libraries(context)
           from kind in (string[])["jar", "whl", "egg", "requirements"]
           select (library.FindValue(kind), kind == "requirements" ? "A file of requirements" : $"A library of the kind '{kind}'"),
    ];

    /// <summary>By a scheme, or from the root of the workspace or of the volumes.</summary>
    private static bool IsAddress(string text) => text[0] == '/' || (text.IndexOf(':', StringComparison.Ordinal) is > 1 and var colon && text[..colon].All(char.IsAsciiLetterOrDigit));

    private static string? Mend(string text)
    {
        var path = text.Replace('\\', '/');
        path = path.StartsWith(Mount, StringComparison.Ordinal) ? "dbfs:/" + path[Mount.Length..]
            : path.StartsWith(Mount[1..], StringComparison.Ordinal) ? "dbfs:/" + path[(Mount.Length - 1)..]
            : path.StartsWith("Volumes/", StringComparison.Ordinal) || path.StartsWith("Workspace/", StringComparison.Ordinal) ? "/" + path
            : path;
        return path != text && IsAddress(path) ? path : null;
    }
}
