using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Connections;

/// <summary>One part of a connection string.</summary>
/// <param name="Name">As written, without the spaces around it.</param>
/// <param name="Key">The name in lower case and without spaces, as <c>userid</c>.</param>
/// <param name="Value">Without quotes.</param>
/// <param name="Span">Of the name, in the connection string.</param>
/// <param name="Whole">From the end of the part before to its own end, the semicolon behind it included.</param>
internal sealed record ConnectionStringPart(string Name, string Key, string Value, TextSpan Span, TextSpan Whole);

/// <summary>The parts of a connection string: names and values with <c>=</c> between them and <c>;</c> after them. A value in quotes or braces may hold both.</summary>
internal static class ConnectionStringParts
{
    /// <summary>Text that is no part is left out.</summary>
    public static ImmutableArray<ConnectionStringPart> Parse(string text)
    {
        var parts = ImmutableArray.CreateBuilder<ConnectionStringPart>();
        for (var start = 0; start < text.Length;)
        {
            var end = FindEnd(text, start);
            var equals = text.IndexOf('=', start, end - start);
            if (equals > start)
            {
                var name = text[start..equals];
                var first = start + (name.Length - name.TrimStart().Length);
                var key = new StringBuilder(name).Replace(" ", "").Replace("_", "").ToString().ToLowerInvariant();
                parts.Add(new ConnectionStringPart(name.Trim(), key, text[(equals + 1)..end].Trim().Trim('"', '\'', '{', '}'), new TextSpan(first, name.Trim().Length), TextSpan.FromBounds(start, Math.Min(end + 1, text.Length))));
            }

            start = end + 1;
        }

        return parts.ToImmutable();
    }

    private static int FindEnd(string text, int start)
    {
        var close = '\0';
        for (var i = start; i < text.Length; i++)
        {
            if (close != '\0')
            {
                close = text[i] == close ? '\0' : close;
            }
            else if (text[i] == ';')
            {
                return i;
            }
            else if (i > start && text[i - 1] == '=' && text[i] is '"' or '\'' or '{')
            {
                close = text[i] == '{' ? '}' : text[i];
            }
        }

        return text.Length;
    }
}
