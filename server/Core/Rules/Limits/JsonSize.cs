using System.Text;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Rules.Limits;

/// <summary>How large a resource is when it is deployed.</summary>
internal static class JsonSize
{
    /// <summary>The bytes of a value as compact JSON in UTF-8. Duplicates of a key count; a string's escapes are taken to be the shortest.</summary>
    public static long Of(BoundNode node) => node switch
    {
        BoundObject value => 2 + Math.Max(0, value.Properties.Length - 1) + value.Properties.Sum(p => OfString(p.Name) + 1 + Of(p.Value)),
        BoundArray array => 2 + Math.Max(0, array.Items.Length - 1) + array.Items.Sum(Of),
        BoundScalar { Kind: ScalarKind.String } scalar => OfString(scalar.Text),
        BoundScalar scalar => scalar.Text.Length,
        _ => 0,
    };

    private static long OfString(string text) => 2 + Encoding.UTF8.GetByteCount(text) + text.Count(c => c is '"' or '\\' or '\n' or '\r' or '\t');
}
