using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Names;

/// <summary>The folder that Studio shows a resource in has an empty part in its path: <c>/</c> at an end, or two in a row. Sub-folders are parted by <c>/</c>.</summary>
internal sealed class FolderNameRule() : Rule(new("PW5023", DiagnosticSeverity.Warning, "Path of a folder"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        if ((context.Properties?.FindValue("folder") as BoundObject)?.FindValue("name") is not BoundScalar { Kind: ScalarKind.String, Text: { Length: > 0 } text } name)
        {
            yield break;
        }

        var mended = string.Join('/', text.Split('/', '\\').Select(p => p.Trim()).Where(p => p.Length > 0));
        if (mended != text)
        {
            yield return Descriptor.At(
                name.Span, $"'{text}' is no path of folders: names with one '/' between them, and none around them.",
                mended.Length == 0 ? [] : [new CodeFix($"Change to '{mended}'", context.Edits.SetText(name, mended))]);
        }
    }
}
