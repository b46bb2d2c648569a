using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

/// <summary>A path of a blob trigger has a star in it. Paths are compared by their beginning and end, without wildcards (Microsoft's documentation).</summary>
internal sealed class BlobWildcardRule() : Rule(new("PW4321", DiagnosticSeverity.Warning, "Wildcard in the path of a blob trigger"))
{
    private static readonly string[] Paths = ["blobPathBeginsWith", "blobPathEndsWith"];

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        var filter = TriggerParts.Find(context, TriggerParts.BlobEvents);
        return Paths.Select(name => filter?.FindValue(name) as BoundScalar)
            .Where(p => TriggerParts.TextOf(p)?.Contains('*', StringComparison.Ordinal) == true)
            .Select(p => Descriptor.At(p!.Span, "A path knows no wildcards: a star stands for a star. Write how paths begin and how they end.", [.. FindFixes(context, filter!, p)]));
    }

    private static IEnumerable<CodeFix> FindFixes(RuleContext context, BoundObject filter, BoundScalar path)
    {
        var stars = path.Text.Count(c => c == '*');
        var star = path.Text.IndexOf('*', StringComparison.Ordinal);
        var isBeginning = (path.Parent as BoundProperty)?.Name.Equals("blobPathBeginsWith", StringComparison.OrdinalIgnoreCase) == true;
        var (before, after) = (path.Text[..star], path.Text[(star + 1)..]);
        if (stars == 1 && path.Text.Length > 1 && (isBeginning ? after : before).Length == 0)
        {
            yield return new CodeFix($"Change to '{before}{after}'", context.Edits.SetText(path, before + after));
        }
        else if (stars == 1 && isBeginning && before.Length > 0 && !after.Contains('/', StringComparison.Ordinal) && filter.Find("blobPathEndsWith") is null)
        {
            yield return new CodeFix(
                $"Begin with '{before}', end with '{after}'", [.. context.Edits.SetText(path, before), .. context.Edits.SetProperty(filter, "blobPathEndsWith", new NewScalar(after))]);
        }
    }
}
