using System.Buffers;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>A resource has another name than its file: Studio finds resources by their files. In a file with several resources each has its own name.</summary>
internal sealed class FileNameRule() : Rule(new("PW2010", DiagnosticSeverity.Warning, "Resource and file have different names"))
{
    /// <summary>Characters that some file system refuses.</summary>
    private static readonly SearchValues<char> NotInFiles = SearchValues.Create("/\\:*?\"<>|");

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var fileName = context.Document.Classification.Name;
        if (context.Document.Resources.Length > 1 || context.Properties is null
            || context.Resource.Root?.FindValue("name") is not BoundScalar { IsImplied: false, Kind: ScalarKind.String } name
            || name.Text.Equals(fileName, StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        var advice = context.Document.IsSpec ? "Leave 'name' out, or rename one of the two" : "Rename one of the two: Studio finds a resource by its file";
        yield return Descriptor.At(
            name.Span, $"The {TypeNames.Describe(context.Kind)} is named '{name.Text}', its file '{fileName}'. {advice}.",
            [.. RenameFile(context, name.Text), .. RenameResource(context, name, fileName)]);
    }

    /// <summary>What refers to the resource is not touched by this.</summary>
    private static IEnumerable<CodeFix> RenameFile(RuleContext context, string name)
    {
        var path = ResourcePath.WithName(context.Document, name);
        if (name.Trim().Length > 0 && name.AsSpan().IndexOfAny(NotInFiles) < 0 && path != context.Document.Path && !context.Factory.HasFile(path))
        {
            yield return new CodeFix($"Rename the file to '{path[(path.LastIndexOf('/') + 1)..]}'", new FixEdit([], new FileRename(context.Document.Path, path)));
        }
    }

    /// <summary>Only where nothing refers to the resource by the name that it has, and the service takes the file's.</summary>
    private static IEnumerable<CodeFix> RenameResource(RuleContext context, BoundScalar name, string fileName)
    {
        var changes = context.Edits.SetText(name, fileName);
        if (!changes.IsEmpty && NameGrammar.Of(context.Kind).FindMistake(fileName) is null && !context.Factory.IsReferenced(context.Kind, name.Text) && !context.Factory.Has(context.Kind, fileName))
        {
            yield return new CodeFix($"Name it '{fileName}'", changes);
        }
    }
}
