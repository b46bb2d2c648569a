// Places that can be typed in at once, because they are one name.
using System.Collections.Immutable;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Features;

internal static class LinkedNames
{
    /// <summary>
    /// All places of the name at an offset, in text order; none where typing in one would not do for the others: names that other files have too, places that
    /// write the name in another way, names that two things have, texts with syntax errors.
    /// </summary>
    public static ImmutableArray<TextSpan> Find(FactorySnapshot factory, ResourceDocument document, int offset)
    {
        if (document.HasSyntaxErrors || SymbolUses.FindAt(factory, document, offset) is not { Symbol: { Path: not null } symbol })
        {
            return [];
        }

        var uses = SymbolUses.FindIn(factory, symbol, document).Select(u => u.Span).Distinct().ToImmutableArray();
        var isOne = document.Names.Count(n => n.Kind == symbol.Kind && n.Name.Equals(symbol.Name, StringComparison.OrdinalIgnoreCase)) == 1;
        return isOne && uses.Length > 1 && uses.All(u => document.Text.AsSpan(u).SequenceEqual(symbol.Name)) ? uses : [];
    }
}
