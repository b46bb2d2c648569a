// What the readers of edited texts take over of the tree before.
using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Syntax;

internal static class TakenOver
{
    /// <summary>The children before a changed one, what is in its place, and those behind it.</summary>
    /// <param name="by">How far those behind it have moved.</param>
    public static ImmutableArray<T> Join<T>(ImmutableArray<T> children, int index, ImmutableArray<T> renewed, int by)
        where T : SyntaxNode
    {
        var joined = ImmutableArray.CreateBuilder<T>(children.Length - 1 + renewed.Length);
        for (var i = 0; i < index; i++)
        {
            joined.Add((T)children[i].Moved(0));
        }

        joined.AddRange(renewed);
        for (var i = index + 1; i < children.Length; i++)
        {
            joined.Add((T)children[i].Moved(by));
        }

        return joined.MoveToImmutable();
    }

    /// <summary>An entry with another value, which begins where the one before did.</summary>
    public static MappingEntrySyntax Renew(MappingEntrySyntax entry, SyntaxNode value) =>
        new(TextSpan.FromBounds(entry.Span.Start, value.Span.End), entry.Key.Moved(0), entry.Separator, value);
}
